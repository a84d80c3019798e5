// SPDX-License-Identifier: MIT
#include "core/io/drive/drive_backoff.h"

#include "core/io/config/backoff_json.h"
#include "core/io/json/schema.h"
#include "core/io/json/seconds_json.h"

namespace resilience::io {

OrError<std::unique_ptr<Drive>> DriveBackoff::open(const Json &config)
{
    if (auto error = checkSchema(config, "backoff"))
        return *error;
    const auto checked = backoffFromJson(config);
    if (!checked)
        return checked.error();
    return std::unique_ptr<Drive>(new DriveBackoff(Backoff(*checked, randomFromJson(config))));
}

OrderedJson DriveBackoff::respond(const Json &request)
{
    const auto attempt = request["attempt"].get<uint64_t>();
    if (attempt == 1)
        m_previous = Duration::zero();
    m_previous = m_backoff.draw(attempt, m_previous).delay;
    return {{"delay", secondsNumber(m_previous)}};
}

} // namespace resilience::io
