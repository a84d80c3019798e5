// SPDX-License-Identifier: MIT
#include "core/patterns/bulkhead_config.h"

#include "core/config_text.h"

namespace resilience {

std::optional<ConfigError> BulkheadConfig::validate() const
{
    constexpr uint32_t most = 1'000'000;
    if (maxConcurrent < 1 || maxConcurrent > most)
        return ConfigError{"max_concurrent", std::to_string(maxConcurrent), "1 to 1000000"};
    if (maxQueue > most)
        return ConfigError{"max_queue", std::to_string(maxQueue), "0 to 1000000"};
    if (maxWait < Duration::zero())
        return ConfigError{"max_wait", secondsText(maxWait), "0 s (for ever) or more"};
    return std::nullopt;
}

} // namespace resilience
