// SPDX-License-Identifier: MIT
#include "core/io/config/bulkhead_json.h"

#include "core/io/json/seconds_json.h"
#include "core/io/json/take_json.h"

namespace resilience::io {

OrError<BulkheadConfig> bulkheadFromJson(const Json &value, const std::string &place)
{
    BulkheadConfig config;
    take(value, "max_concurrent", config.maxConcurrent);
    take(value, "max_queue", config.maxQueue);
    take(value, "max_wait", config.maxWait);
    if (const auto error = config.validate())
        return located(*error, place);
    return config;
}

OrderedJson bulkheadToJson(const BulkheadConfig &config)
{
    return {{"max_concurrent", config.maxConcurrent},
            {"max_queue", config.maxQueue},
            {"max_wait", secondsNumber(config.maxWait)}};
}

} // namespace resilience::io
