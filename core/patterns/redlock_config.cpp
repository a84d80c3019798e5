// SPDX-License-Identifier: MIT
#include "core/patterns/redlock_config.h"

#include "core/config_text.h"
#include "core/wide.h"

namespace resilience {

Duration RedlockConfig::drift() const
{
    const Wide share = ceilDivided(static_cast<Wide>(ttl.count()) * driftFactor.parts(), Ratio::kParts);
    return saturatingAdd(Duration{static_cast<int64_t>(share)}, driftConstant);
}

Duration RedlockConfig::validity(GivenDuration elapsed) const
{
    return saturatingAdd(saturatingAdd(ttl, -drift()), -elapsed);
}

std::optional<ConfigError> RedlockConfig::validate() const
{
    if (nodes < 1 || nodes > 64)
        return ConfigError{"nodes", std::to_string(nodes), "1 to 64"};
    if (driftFactor.parts() >= Ratio::kParts)
        return ConfigError{"drift_factor", numberText(driftFactor.share()), "0 up to, not including, 1"};
    if (driftConstant < Duration::zero())
        return ConfigError{"drift_constant", secondsText(driftConstant), "0 s or more"};
    if (ttl <= Duration::zero())
        return ConfigError{"ttl", secondsText(ttl), "more than 0 s"};
    if (ttl <= drift())
        return ConfigError{"ttl", secondsText(ttl), "more than the drift allowed for it, " + secondsText(drift())};
    if (requestTimeout <= Duration::zero())
        return ConfigError{"request_timeout", secondsText(requestTimeout), "more than 0 s"};
    if (minRetryWait < Duration::zero())
        return ConfigError{"min_retry_wait", secondsText(minRetryWait), "0 s or more"};
    if (maxRetryWait < minRetryWait)
        return ConfigError{"max_retry_wait", secondsText(maxRetryWait),
                           "at least min_retry_wait, " + secondsText(minRetryWait)};
    return std::nullopt;
}

} // namespace resilience
