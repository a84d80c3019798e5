// SPDX-License-Identifier: MIT
#include "core/io/config/health_check_json.h"

#include "core/io/json/seconds_json.h"
#include "core/io/json/take_json.h"

#include <algorithm>

namespace resilience::io {

OrError<HealthCheckConfig> healthCheckFromJson(const Json &value, const std::string &place)
{
    HealthCheckConfig config;
    take(value, "degraded_latency", config.degradedLatency);
    // One alone may be given: the other's default makes way.
    config.unhealthyLatency = std::max(config.unhealthyLatency, config.degradedLatency);
    take(value, "unhealthy_latency", config.unhealthyLatency);
    if (!value.contains("degraded_latency"))
        config.degradedLatency = std::min(config.degradedLatency, config.unhealthyLatency);
    take(value, "timeout", config.timeout);
    take(value, "failures_to_unhealthy", config.failuresToUnhealthy);
    take(value, "successes_to_healthy", config.successesToHealthy);
    if (const auto error = config.validate())
        return located(*error, place);
    return config;
}

void addHealthCheck(OrderedJson &value, const HealthCheckConfig &config)
{
    value["degraded_latency"] = secondsNumber(config.degradedLatency);
    value["unhealthy_latency"] = secondsNumber(config.unhealthyLatency);
    if (config.timeout)
        value["timeout"] = secondsNumber(*config.timeout);
    value["failures_to_unhealthy"] = config.failuresToUnhealthy;
    value["successes_to_healthy"] = config.successesToHealthy;
}

} // namespace resilience::io
