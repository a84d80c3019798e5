// SPDX-License-Identifier: MIT
#include "core/io/drive/drive_health_check.h"

#include "core/io/config/health_check_json.h"
#include "core/io/json/schema.h"
#include "core/io/json/seconds_json.h"

namespace resilience::io {

namespace {

Probe kindOf(const std::string &name)
{
    return name == "startup" ? Probe::Startup : name == "liveness" ? Probe::Liveness : Probe::Readiness;
}

} // namespace

OrError<std::unique_ptr<Drive>> DriveHealthCheck::open(const Json &config)
{
    if (auto error = checkSchema(config, "health-check"))
        return *error;
    const auto wanted = healthCheckFromJson(config);
    if (!wanted)
        return wanted.error();
    return std::unique_ptr<Drive>(new DriveHealthCheck(*wanted));
}

OrderedJson DriveHealthCheck::respond(const Json &request)
{
    const Time now = timeOf(request);
    if (request["op"] == "probe")
        probe(request, now);
    const HealthView view = m_check.view(now);
    return {{"t", secondsNumber(now)}, {"status", name(view.status)}, {"ready", view.ready}, {"live", view.live}};
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
