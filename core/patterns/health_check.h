// SPDX-License-Identifier: MIT
#pragma once

#include "core/config_error.h"
#include "core/decision.h"
#include "core/names.h"
#include "core/patterns/health_check_config.h"
#include "core/time.h"

#include <array>
#include <cstdint>
#include <optional>

namespace resilience {

/// What a probe asks for. Each kind has its own results, and runs by itself.
enum class Probe : uint8_t {
    Startup, // has it come up? one success, ever; once asked, liveness failures do not count until then
    Liveness, // is the process itself stuck? must ask no other service: restarting cures only what is its own
    Readiness, // should it get traffic? may ask the services it needs
};
template <> struct Names<Probe> {
    static constexpr std::array all{"startup", "liveness", "readiness"};
};
inline constexpr size_t kProbeKinds = 3;

enum class Health : uint8_t {
    Unknown, // no readiness probe has had a result
    Healthy,
    Degraded, // works, slowly: still gets traffic
    Unhealthy,
};
template <> struct Names<Health> {
    static constexpr std::array all{"unknown", "healthy", "degraded", "unhealthy"};
};

struct ProbeView {
    bool running = false;
    std::optional<Time> deadline; // running: it has failed by then
    uint64_t succeededInARow = 0; // not too slow
    uint64_t failedInARow = 0; // failed, timed out or too slow
    uint64_t succeeded = 0; // ever
    uint64_t failed = 0; // ever, timeouts among them
    uint64_t timedOut = 0; // ever
    uint64_t late = 0; // ever: results of probes that had timed out

    bool operator==(const ProbeView &) const = default;
};

struct HealthView {
    Health status = Health::Unknown;
    bool ready = false; // healthy or degraded
    bool live = true; // until liveness probes say otherwise
    bool started = false; // a probe has succeeded, of whatever kind
    bool awaitsStart = false; // it is asked whether it has started, and has not: liveness failures do not count yet
    uint64_t fastInARow = 0; // readiness probes that were not slow
    std::array<ProbeView, kProbeKinds> probes; // by kind

    const ProbeView &of(Probe kind) const { return probes[static_cast<size_t>(kind)]; }
    bool operator==(const HealthView &) const = default;
};

/// The health check: turns probe results into a status that does not flap.
///
/// A regular value: copying one is a checkpoint. Every call takes `now`; a `now` before the latest one counts as that
/// one. A probe whose time is up at t has failed before anything else happens at t. Everything is O(1) and allocates
/// nothing. Not thread-safe by itself. When to probe, and which kinds, is the caller's business.
///
/// Rules and where they come from. Three questions kept apart, as in Kubernetes: liveness fails after
/// failuresToUnhealthy in a row and recovers with one success; it counts from the start, unless start-up is probed too:
/// then from the first success on, from zero. Readiness never counts against it, so that a failing dependency restarts
/// nobody. Readiness: if the first result ever is a success it makes healthy at once, so that starting is quick; if a
/// failure, unhealthy, for nothing has shown that it works (Envoy); then failuresToUnhealthy and successesToHealthy
/// results in a row, so that one lucky success among failures brings no traffic. Levels: one slow probe
/// makes degraded at once, which costs no traffic; back to healthy takes successesToHealthy fast ones in a row. A probe
/// slower than unhealthyLatency counts as a failure, and as slow. A probe never overlaps the one before it.
class HealthCheck {
public:
    /// Throws InvalidConfig; nothing else here but reconfigure() throws.
    explicit HealthCheck(const HealthCheckConfig &config = {});

    /// Begins a probe. Rejected as ProbeRunning while one of its kind is out; retryAfter = until that one times out.
    Decision tryAcquire(Probe kind, Time now);
    /// `latency` = how long the probe took. At or above the timeout it is a failure. Ignored and cancelled probes leave
    /// the status as it is. Late when the permit is not that of the probe running: it had timed out, or was reported.
    Recorded onResult(Probe kind, Permit permit, Outcome outcome, GivenDuration latency, Time now);

    /// When the next running probe times out; none without one that does.
    std::optional<Time> nextDeadline() const;
    void onDeadline(Time now);

    /// All there is to see at `now`, probes whose time is up by then already failed. Changes nothing.
    HealthView view(Time now) const;

    /// New settings, from the next result on: counts are kept, a running probe keeps the time it has. Throws
    /// InvalidConfig and then changes nothing.
    void reconfigure(const HealthCheckConfig &config, Time now);

    const HealthCheckConfig &config() const { return m_config; }
    Health status() const { return m_view.status; }
    bool operator==(const HealthCheck &) const = default;

private:
    void advance(Time now);
    void record(Probe kind, bool success, bool fast);
    void judgeReadiness(bool success, bool fast);
    ProbeView &probe(Probe kind) { return m_view.probes[static_cast<size_t>(kind)]; }

    HealthCheckConfig m_config;
    HealthView m_view; // as of the latest call
    std::array<uint64_t, kProbeKinds> m_serial{}; // of the latest probe of each kind
    Time m_now = Time::min();
};

} // namespace resilience
