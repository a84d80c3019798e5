// SPDX-License-Identifier: MIT
#include "core/patterns/hedging_config.h"

#include "core/config_text.h"

namespace resilience {

std::optional<ConfigError> HedgingConfig::validate() const
{
    if (maxAttempts < 1 || maxAttempts > kMostHedgedAttempts)
        return ConfigError{"max_attempts", std::to_string(maxAttempts), "1 to " + std::to_string(kMostHedgedAttempts)};
    if (delay && *delay < Duration::zero())
        return ConfigError{"delay", secondsText(*delay), "0 s (all at once) or more"};
    return std::nullopt;
}

} // namespace resilience
