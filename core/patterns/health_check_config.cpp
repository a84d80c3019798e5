// SPDX-License-Identifier: MIT
#include "core/patterns/health_check_config.h"

#include "core/config_text.h"

#include <algorithm>

namespace resilience {

Duration HealthCheckConfig::probeTimeout() const
{
    const Duration usual = std::chrono::seconds{5};
    return timeout.value_or(std::max(usual, saturatingAdd(unhealthyLatency, unhealthyLatency)));
}

std::optional<ConfigError> HealthCheckConfig::validate() const
{
    constexpr uint32_t most = 1'000'000;
    if (degradedLatency <= Duration::zero())
        return ConfigError{"degraded_latency", secondsText(degradedLatency), "more than 0 s"};
    if (unhealthyLatency < degradedLatency)
        return ConfigError{"unhealthy_latency", secondsText(unhealthyLatency),
                           "at least degraded_latency, " + secondsText(degradedLatency)};
    if (timeout && *timeout <= Duration::zero())
        return ConfigError{"timeout", secondsText(*timeout), "more than 0 s"};
    if (failuresToUnhealthy < 1 || failuresToUnhealthy > most)
        return ConfigError{"failures_to_unhealthy", std::to_string(failuresToUnhealthy), "1 to 1000000"};
    if (successesToHealthy < 1 || successesToHealthy > most)
        return ConfigError{"successes_to_healthy", std::to_string(successesToHealthy), "1 to 1000000"};
    return std::nullopt;
}

} // namespace resilience
