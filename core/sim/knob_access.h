// SPDX-License-Identifier: MIT
#pragma once

#include "core/sim/world.h"

namespace resilience::sim {

// How knobs reach into the world: the one door besides the world's own events. Private to core/sim.
struct KnobAccess {
    template <typename Change> static void changeRule(World &world, Change change)
    {
        CircuitBreaker &breaker = world.m_clients.front().breaker;
        CircuitBreakerConfig rule = breaker.config();
        change(rule);
        breaker.reconfigure(rule, world.m_now);
    }

    static double hold(const World &world)
    {
        switch (world.m_clients.front().breaker.state()) {
        case BreakerState::ForcedOpen: return 1;
        case BreakerState::Disabled: return 2;
        case BreakerState::MetricsOnly: return 3;
        default: return 0;
        }
    }
    static void setHold(World &world, double value)
    {
        constexpr BreakerTrigger triggers[]{BreakerTrigger::Release, BreakerTrigger::HoldOpen, BreakerTrigger::Disable,
                                            BreakerTrigger::WatchOnly};
        world.m_clients.front().breaker.force(triggers[static_cast<int>(value)], world.m_now);
    }

    static void setRate(World &world, double perSecond)
    {
        Client &client = world.m_clients.front();
        const uint64_t ticket = client.ticket();
        client.setRate(perSecond);
        if (client.ticket() != ticket)
            world.scheduleArrival(0, world.m_now);
    }
    static void setTimeout(World &world, double seconds) { world.m_clients.front().setTimeout(fromSeconds(seconds)); }
    static void setServiceLatency(World &world, double seconds)
    {
        world.m_services.front().setLatency(fromSeconds(seconds));
    }
};

} // namespace resilience::sim
