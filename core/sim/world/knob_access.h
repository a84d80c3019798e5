// SPDX-License-Identifier: MIT
#pragma once

#include "core/sim/world/knobs.h"
#include "core/sim/world/world.h"

#include <algorithm>

namespace resilience::sim {

/// How knobs reach into the world: the one door besides the world's own events. Private to core/sim. A knob turns its
/// setting wherever there is such a thing, and shows that of the first.
struct KnobAccess {
    static CallFlow &flow(World &world) { return std::get<CallFlow>(world.m_parts); }
    static Prober &health(World &world) { return std::get<Prober>(world.m_parts); }
    static LockSimulation &lock(World &world) { return std::get<LockSimulation>(world.m_parts); }

    /// The first pipeline that policy is meant for; null = none.
    static const Pipeline *firstWith(const World &world, PolicyKind kind)
    {
        for (const Pipeline &pipeline : world.pipelines())
            if (pipeline.config().configured.has(kind))
                return &pipeline;
        return nullptr;
    }
    template <PolicyKind kind> static bool has(const World &world) { return firstWith(world, kind) != nullptr; }
    template <PolicyKind kind> static const PipelineConfig &of(const World &world)
    {
        return firstWith(world, kind)->config();
    }

    template <PolicyKind kind, typename Change> static void change(World &world, StepContext &context, Change change)
    {
        for (uint32_t i = 0; i < world.pipelines().size(); ++i) {
            PipelineConfig config = world.pipelines()[i].config();
            if (!config.configured.has(kind))
                continue;
            change(config);
            flow(world).reconfigure(i, config, context);
        }
    }
    /// Switches that policy on and off.
    template <PolicyKind kind> static KnobSpec useKnob(const char *id, const char *label)
    {
        const auto inUse = [](const World &world) { return double(of<kind>(world).order.has(kind)); };
        const auto setInUse = [](World &world, double value, StepContext &context) {
            change<kind>(world, context, [&](PipelineConfig &config) {
                if (value != 0)
                    config.order.insertAsIn(config.configured, kind);
                else
                    config.order.remove(kind);
            });
        };
        return {id, label, "", KnobSpec::Kind::Toggle, 0, 1, 1, false, {}, false, inUse, setInUse, &has<kind>};
    }
    template <typename Change> static void changeServices(World &world, Change change)
    {
        for (uint32_t i = 0; i < world.services().size(); ++i) {
            ServiceConfig config = world.services()[i].config();
            change(config);
            flow(world).reconfigureService(i, config);
        }
    }
};

} // namespace resilience::sim
