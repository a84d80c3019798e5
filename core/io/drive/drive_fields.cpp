// SPDX-License-Identifier: MIT
#include "core/io/drive/drive_fields.h"

#include "core/io/json/seconds_json.h"

#include <cmath>
#include <cstdint>

namespace resilience::io {

std::string callId(const Json &id)
{
    if (id.is_number_float()) {
        const auto number = id.get<double>();
        if (std::trunc(number) == number && std::abs(number) < 9e15)
            return std::to_string(static_cast<int64_t>(number));
    }
    return id.dump();
}

std::string shownId(const std::string &callId)
{
    const Json id = Json::parse(callId);
    return id.is_string() ? inQuotes(id.get_ref<const std::string &>()) : callId;
}

OrderedJson answerAt(Time now) { return {{"t", secondsNumber(now)}}; }

} // namespace resilience::io
