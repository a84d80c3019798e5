// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/run/timeline.h"

#include <memory>
#include <vector>

// Scenarios and runs that the simulation's tests share.
namespace tests {

// Two calls a second to one service, breaker with threshold 3, open for 5 s, 3 trials; nothing scripted.
resilience::sim::Scenario calmScenario();
// The same with an outage from 5 s to 13 s.
std::shared_ptr<const resilience::sim::Scenario> outageScenario();

// Whatever people may do to the services and policies of this world, drawn by rapidcheck. A turn may be refused for its
// value, nothing else is.
resilience::sim::Intervention anyIntervention(const resilience::sim::World &world);

// Lets it run to that moment; what happened.
std::vector<resilience::sim::Event> play(resilience::sim::World &world, resilience::Time until);
template <typename Detail> std::vector<resilience::sim::Event> ofKind(const std::vector<resilience::sim::Event> &events)
{
    std::vector<resilience::sim::Event> found;
    for (const resilience::sim::Event &event : events)
        if (event.as<Detail>())
            found.push_back(event);
    return found;
}
// The six outcomes and those in flight: as many as were offered.
uint64_t accountedFor(const resilience::sim::Totals &totals);

// Every event number up to the present, with its whole content.
std::vector<resilience::sim::Event> eventsSoFar(const resilience::sim::Timeline &timeline);

} // namespace tests
