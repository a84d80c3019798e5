// SPDX-License-Identifier: MIT
#include "core/patterns/health_check.h"

#include <algorithm>

namespace resilience {

HealthCheck::HealthCheck(const HealthCheckConfig &config) : m_config(config)
{
    if (auto error = config.validate())
        throw InvalidConfig(*error);
}

Decision HealthCheck::tryAcquire(Probe kind, Time now)
{
    advance(now);
    ProbeView &one = probe(kind);
    if (one.running) {
        // A timeout beyond the end of time never comes.
        const bool ends = *one.deadline < kTimeMax;
        return {
            {}, Rejection::ProbeRunning, ends ? std::optional{saturatingSince(*one.deadline, m_now)} : std::nullopt};
    }
    one.running = true;
    one.deadline = saturatingAdd(m_now, m_config.probeTimeout());
    m_view.awaitsStart |= kind == Probe::Startup && !m_view.started;
    return {{++m_serial[static_cast<size_t>(kind)], false}, Rejection::None, std::nullopt};
}

Recorded HealthCheck::onResult(Probe kind, Permit permit, Outcome outcome, GivenDuration latency, Time now)
{
    advance(now);
    ProbeView &one = probe(kind);
    if (!one.running || permit.generation != m_serial[static_cast<size_t>(kind)]) {
        ++one.late;
        return Recorded::Late;
    }
    one.running = false;
    one.deadline.reset();
    if (isNeutral(outcome))
        return Recorded::Neutral;
    const bool timedOut = latency >= m_config.probeTimeout();
    one.timedOut += timedOut;
    const bool answered = outcome == Outcome::Success && !timedOut;
    record(kind, answered && latency <= m_config.unhealthyLatency, answered && latency <= m_config.degradedLatency);
    // It answered, if too late to be of use: the failure counts, and the slowness shows at once.
    if (kind == Probe::Readiness && answered && latency > m_config.unhealthyLatency && m_view.status == Health::Healthy
        && m_config.unhealthyLatency > m_config.degradedLatency)
        m_view.status = Health::Degraded;
    return Recorded::Counted;
}

std::optional<Time> HealthCheck::nextDeadline() const
{
    std::optional<Time> next;
    for (const ProbeView &one : m_view.probes)
        if (one.running && *one.deadline < kTimeMax)
            next = std::min(next.value_or(kTimeMax), *one.deadline);
    return next;
}

void HealthCheck::onDeadline(Time now) { advance(now); }

HealthView HealthCheck::view(Time now) const
{
    HealthCheck settled = *this;
    settled.advance(now);
    return settled.m_view;
}

void HealthCheck::reconfigure(const HealthCheckConfig &config, Time now)
{
    if (auto error = config.validate())
        throw InvalidConfig(*error);
    advance(now);
    m_config = config;
}

// Clamps time to run forwards only, and fails the probes whose time is up: the order does not matter, for a timeout
// starts nothing and each kind has its own counts.
void HealthCheck::advance(Time now)
{
    m_now = std::max(m_now, now);
    for (const Probe kind : {Probe::Startup, Probe::Liveness, Probe::Readiness}) {
        ProbeView &one = probe(kind);
        if (!one.running || *one.deadline > m_now || *one.deadline == kTimeMax)
            continue;
        one.running = false;
        one.deadline.reset();
        ++one.timedOut;
        record(kind, false, false);
    }
}

void HealthCheck::record(Probe kind, bool success, bool fast)
{
    ProbeView &one = probe(kind);
    if (success) {
        ++one.succeeded;
        ++one.succeededInARow;
        one.failedInARow = 0;
    } else {
        ++one.failed;
        one.succeededInARow = 0;
        if (kind != Probe::Liveness || !m_view.awaitsStart)
            ++one.failedInARow;
    }
    m_view.started |= success;
    if (success && m_view.awaitsStart) {
        m_view.awaitsStart = false;
        probe(Probe::Liveness).failedInARow = 0;
    }
    switch (kind) {
    case Probe::Startup:
        break;
    case Probe::Liveness:
        m_view.live = success || (m_view.live && one.failedInARow < m_config.failuresToUnhealthy);
        break;
    case Probe::Readiness:
        m_view.fastInARow = fast ? m_view.fastInARow + 1 : 0;
        judgeReadiness(success, fast);
        m_view.ready = m_view.status == Health::Healthy || m_view.status == Health::Degraded;
        break;
    }
}

void HealthCheck::judgeReadiness(bool success, bool fast)
{
    const ProbeView &readiness = m_view.of(Probe::Readiness);
    Health &status = m_view.status;
    if (!success) {
        if (status == Health::Unknown || readiness.failedInARow >= m_config.failuresToUnhealthy)
            status = Health::Unhealthy;
        return;
    }
    const bool firstResult = readiness.succeeded + readiness.failed == 1;
    const bool fastEnough = m_view.fastInARow >= m_config.successesToHealthy;
    if (firstResult)
        status = fast ? Health::Healthy : Health::Degraded;
    else if (status == Health::Unhealthy && readiness.succeededInARow >= m_config.successesToHealthy)
        status = fastEnough ? Health::Healthy : Health::Degraded;
    else if (status == Health::Healthy && !fast)
        status = Health::Degraded;
    else if (status == Health::Degraded && fastEnough)
        status = Health::Healthy;
}

} // namespace resilience
