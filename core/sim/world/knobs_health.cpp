// SPDX-License-Identifier: MIT
#include "core/sim/world/knob_access.h"
#include "core/sim/world/knob_families.h"

namespace resilience::sim {

namespace {

using Kind = KnobSpec::Kind;

bool hasHealth(const KnobScope &scope) { return !scope.world.health().empty(); }
const ProbingConfig &probing(const KnobScope &scope) { return scope.world.health().config(); }

template <typename Change> void change(const KnobHand &hand, Change change)
{
    KnobAccess::health(hand.world).reconfigure(change, hand.context);
}

// Slow enough to fail is never quicker than slow.
void setDegraded(const KnobHand &hand, double seconds)
{
    change(hand, [&](ProbingConfig &c) {
        c.check.degradedLatency = fromSeconds(seconds);
        c.check.unhealthyLatency = std::max(c.check.unhealthyLatency, c.check.degradedLatency);
    });
}

void setUnhealthy(const KnobHand &hand, double seconds)
{
    change(hand, [&](ProbingConfig &c) {
        c.check.unhealthyLatency = fromSeconds(seconds);
        c.check.degradedLatency = std::min(c.check.degradedLatency, c.check.unhealthyLatency);
    });
}

} // namespace

std::vector<KnobSpec> healthKnobs()
{
    // clang-format off
    return {
        {"probe_interval", "Probe interval", "s", Kind::Real, 0.1, 60, 0.1, true, {}, false,
         [](const KnobScope &w) { return toSeconds(probing(w).interval); },
         [](const KnobHand &w, double v) { change(w, [&](auto &c) { c.interval = fromSeconds(v); }); }, hasHealth},
        {"probe_timeout", "Probe timeout", "s", Kind::Real, 0.05, 60, 0.1, true, {}, false,
         [](const KnobScope &w) { return toSeconds(probing(w).check.probeTimeout()); },
         [](const KnobHand &w, double v) { change(w, [&](auto &c) { c.check.timeout = fromSeconds(v); }); }, hasHealth},
        {"failures_to_unhealthy", "Failures to unhealthy", "", Kind::Whole, 1, 10, 1, false, {}, false,
         [](const KnobScope &w) { return double(probing(w).check.failuresToUnhealthy); },
         [](const KnobHand &w, double v) { change(w, [&](auto &c) { c.check.failuresToUnhealthy = uint32_t(v); }); }, hasHealth},
        {"successes_to_healthy", "Successes to healthy", "", Kind::Whole, 1, 10, 1, false, {}, false,
         [](const KnobScope &w) { return double(probing(w).check.successesToHealthy); },
         [](const KnobHand &w, double v) { change(w, [&](auto &c) { c.check.successesToHealthy = uint32_t(v); }); }, hasHealth},
        {"degraded_latency", "Degraded above", "s", Kind::Real, 0.01, 60, 0.1, true, {}, false,
         [](const KnobScope &w) { return toSeconds(probing(w).check.degradedLatency); }, setDegraded, hasHealth},
        {"unhealthy_latency", "Unhealthy above", "s", Kind::Real, 0.01, 60, 0.1, true, {}, false,
         [](const KnobScope &w) { return toSeconds(probing(w).check.unhealthyLatency); }, setUnhealthy, hasHealth},
        {"liveness", "Liveness probes and restarts", "", Kind::Toggle, 0, 1, 1, false, {}, false,
         [](const KnobScope &w) { return double(probing(w).liveness); },
         [](const KnobHand &w, double v) { change(w, [&](auto &c) { c.liveness = v != 0; }); }, hasHealth},
        {"broken_liveness_asks_dependencies", "Liveness asks dependencies", "", Kind::Toggle, 0, 1, 1, false, {}, true,
         [](const KnobScope &w) { return double(probing(w).livenessAsksDependencies); },
         [](const KnobHand &w, double v) { change(w, [&](auto &c) { c.livenessAsksDependencies = v != 0; }); }, hasHealth},
    };
    // clang-format on
}

} // namespace resilience::sim
