// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sim/lock_samples.h"

namespace tests {

using namespace resilience;
using namespace std::chrono_literals;

sim::Scenario lockScenario()
{
    sim::Scenario scenario;
    scenario.step = "distributed-lock";
    scenario.name = "sample";
    scenario.until = 30s;
    scenario.networkLatency = 200ms;
    sim::LockScenario &lock = scenario.lock;
    lock.lock.requestTimeout = 1s;
    lock.lock.minRetryWait = 1s;
    lock.lock.maxRetryWait = 1500ms;
    for (const char *name : {"n1", "n2", "n3", "n4", "n5"})
        lock.nodes.push_back({name, 0});
    lock.holders = {{.name = "A", .start = 1s, .work = 3s, .rest = 4s},
                    {.name = "B", .start = 3s, .work = 2s, .rest = 4s}};
    return scenario;
}

sim::Scenario pausedHolderScenario()
{
    sim::Scenario scenario = lockScenario();
    constexpr uint32_t a = 5; // after the nodes
    scenario.script.insert({at(4650ms), 0, sim::SetFault{a, sim::FaultKind::Pause, 1}});
    scenario.script.insert({at(18650ms), 0, sim::ClearFault{a, sim::FaultKind::Pause}});
    return scenario;
}

sim::Timeline played(sim::Scenario scenario, uint64_t seed)
{
    const auto shared = std::make_shared<const sim::Scenario>(std::move(scenario));
    sim::Timeline timeline(shared, seed, shared->script);
    timeline.runTo(at(shared->until));
    return timeline;
}

} // namespace tests
