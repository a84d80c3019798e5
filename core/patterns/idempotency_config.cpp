// SPDX-License-Identifier: MIT
#include "core/patterns/idempotency_config.h"

#include "core/config_text.h"

namespace resilience {

std::optional<ConfigError> IdempotencyConfig::validate() const
{
    if (capacity < 1 || capacity > 1'000'000)
        return ConfigError{"capacity", std::to_string(capacity), "1 to 1000000"};
    if (keepAnswers <= Duration::zero())
        return ConfigError{"keep_answers", secondsText(keepAnswers), "more than 0 s"};
    if (maxInProgress < Duration::zero())
        return ConfigError{"max_in_progress", secondsText(maxInProgress), "0 s (for ever) or more"};
    return std::nullopt;
}

} // namespace resilience
