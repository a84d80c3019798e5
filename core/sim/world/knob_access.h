// SPDX-License-Identifier: MIT
#pragma once

#include "core/sim/world/knobs.h"
#include "core/sim/world/world.h"

#include <algorithm>

namespace resilience::sim {

/// How knobs reach into the world: the one door besides the world's own events. Private to core/sim. Each function is
/// about the one owner of its scope.
struct KnobAccess {
    static CallFlow &flow(World &world) { return std::get<CallFlow>(world.m_parts); }
    static Prober &health(World &world) { return std::get<Prober>(world.m_parts); }
    static LockSimulation &lock(World &world) { return std::get<LockSimulation>(world.m_parts); }

    static const Pipeline &pipeline(const KnobScope &scope) { return scope.world.pipelines()[scope.owner]; }
    static const Client &client(const KnobScope &scope) { return scope.world.clients()[scope.owner]; }
    static const ServiceConfig &service(const KnobScope &scope) { return scope.world.services()[scope.owner].config(); }

    /// Whether the pipeline is meant to have that policy, in use or not.
    template <PolicyKind kind> static bool has(const KnobScope &scope)
    {
        return pipeline(scope).config().configured.has(kind);
    }
    template <typename Change> static void changePipeline(const KnobHand &hand, Change change)
    {
        PipelineConfig config = pipeline(hand).config();
        change(config);
        flow(hand.world).reconfigure(hand.owner, config, hand.context);
    }
    template <typename Change> static void changeService(const KnobHand &hand, Change change)
    {
        ServiceConfig config = service(hand);
        change(config);
        flow(hand.world).reconfigureService(hand.owner, config);
    }
    /// Switches that policy on and off.
    template <PolicyKind kind> static KnobSpec useKnob(const char *id, const char *label)
    {
        const auto inUse = [](const KnobScope &scope) { return double(pipeline(scope).config().order.has(kind)); };
        const auto setInUse = [](const KnobHand &hand, double value) {
            changePipeline(hand, [&](PipelineConfig &config) {
                if (value != 0)
                    config.order.insertAsIn(config.configured, kind);
                else
                    config.order.remove(kind);
            });
        };
        return {id, label, "", KnobSpec::Kind::Toggle, 0, 1, 1, false, {}, false, inUse, setInUse, &has<kind>};
    }
};

} // namespace resilience::sim
