// SPDX-License-Identifier: MIT
#include "core/io/drive_health_check.h"

#include "core/io/schema.h"
#include "core/io/seconds_json.h"

#include <algorithm>

namespace resilience::io {

namespace {

const char *nameOf(Health status)
{
    switch (status) {
    case Health::Unknown:
        break;
    case Health::Healthy:
        return "healthy";
    case Health::Degraded:
        return "degraded";
    case Health::Unhealthy:
        return "unhealthy";
    }
    return "unknown";
}

Probe kindOf(const std::string &name)
{
    return name == "startup" ? Probe::Startup : name == "liveness" ? Probe::Liveness : Probe::Readiness;
}

} // namespace

OrError<std::unique_ptr<Drive>> DriveHealthCheck::open(const Json &config)
{
    if (auto error = checkSchema(config, "health-check"))
        return *error;
    HealthCheckConfig wanted;
    const auto seconds = [&config](const char *key, Duration otherwise) {
        return config.contains(key) ? fromSeconds(config[key].get<double>()) : otherwise;
    };
    wanted.degradedLatency = seconds("degraded_latency", wanted.degradedLatency);
    // One alone may be given: the other's default makes way.
    wanted.unhealthyLatency = seconds("unhealthy_latency", std::max(wanted.unhealthyLatency, wanted.degradedLatency));
    if (!config.contains("degraded_latency"))
        wanted.degradedLatency = std::min(wanted.degradedLatency, wanted.unhealthyLatency);
    if (config.contains("timeout"))
        wanted.timeout = seconds("timeout", {});
    wanted.failuresToUnhealthy = config.value("failures_to_unhealthy", wanted.failuresToUnhealthy);
    wanted.successesToHealthy = config.value("successes_to_healthy", wanted.successesToHealthy);
    if (const auto error = wanted.validate())
        return InputError{"", "/" + error->field, error->found, error->expected, ""};
    return std::unique_ptr<Drive>(new DriveHealthCheck(wanted));
}

OrderedJson DriveHealthCheck::respond(const Json &request)
{
    const Time now = timeOf(request);
    if (request["op"] == "probe")
        probe(request, now);
    const HealthView view = m_check.view(now);
    return {{"t", secondsNumber(now)}, {"status", nameOf(view.status)}, {"ready", view.ready}, {"live", view.live}};
}

void DriveHealthCheck::probe(const Json &request, Time now)
{
    passTo(now);
    const Probe kind = kindOf(request.value("kind", ""));
    const Decision decision = m_check.tryAcquire(kind, now);
    const Duration latency =
        request["outcome"] == "timeout" ? m_check.config().probeTimeout() : fromSeconds(request.value("latency", 0.0));
    m_check.onResult(kind, decision.permit, request["outcome"] == "success" ? Outcome::Success : Outcome::Failure,
                     latency, now);
}

} // namespace resilience::io
