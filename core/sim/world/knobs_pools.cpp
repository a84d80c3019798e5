// SPDX-License-Identifier: MIT
#include "core/sim/world/knob_access.h"
#include "core/sim/world/knob_families.h"

#include <cmath>

namespace resilience::sim {

namespace {

using Kind = KnobSpec::Kind;

// The same slots twice: in bulkheads that several clients share, and in two with a wall between them.
struct Hull {
    std::vector<uint32_t> shared; // indices of pipelines
    std::vector<uint32_t> own;
};

Hull hullOf(const World &world)
{
    Hull hull;
    for (uint32_t i = 0; i < world.pipelines().size(); ++i) {
        if (!world.pipelines()[i].config().configured.has(PolicyKind::Bulkhead))
            continue;
        const auto callers = std::count_if(world.clients().begin(), world.clients().end(),
                                           [i](const Client &client) { return client.pipeline() == i; });
        if (callers > 0)
            (callers > 1 ? hull.shared : hull.own).push_back(i);
    }
    return hull;
}

bool hasWall(const KnobScope &scope)
{
    const Hull hull = hullOf(scope.world);
    return !hull.shared.empty() && hull.own.size() == 2;
}

uint32_t slotsOf(const World &world, uint32_t pipeline)
{
    return world.pipelines()[pipeline].config().bulkhead.maxConcurrent;
}

double total(const KnobScope &scope) { return slotsOf(scope.world, hullOf(scope.world).shared.front()); }
double wall(const KnobScope &scope) { return slotsOf(scope.world, hullOf(scope.world).own.front()); }

void share(const KnobHand &hand, uint32_t slots, uint32_t left)
{
    const Hull hull = hullOf(hand.world);
    const auto give = [&](uint32_t pipeline, uint32_t count) {
        PipelineConfig config = hand.world.pipelines()[pipeline].config();
        config.bulkhead.maxConcurrent = count;
        KnobAccess::flow(hand.world).reconfigure(pipeline, config, hand.context);
    };
    for (const uint32_t pipeline : hull.shared)
        give(pipeline, slots);
    give(hull.own[0], left);
    give(hull.own[1], slots - left);
}

// The wall stays where it is as a share, with at least a slot on either side.
void setTotal(const KnobHand &hand, double value)
{
    const double now = wall(hand);
    const double left = std::round(now * value / (now + slotsOf(hand.world, hullOf(hand.world).own[1])));
    share(hand, uint32_t(value), uint32_t(std::clamp(left, 1.0, value - 1)));
}

void setWall(const KnobHand &hand, double value)
{
    if (value >= total(hand))
        throw InvalidConfig(
            {"wall", shortNumber(value), "less than the " + shortNumber(total(hand)) + " slots there are in all"});
    share(hand, uint32_t(total(hand)), uint32_t(value));
}

} // namespace

std::vector<KnobSpec> poolKnobs()
{
    // clang-format off
    return {
        {"total_slots", "Slots in all", "", Kind::Whole, 2, 32, 1, false, {}, false, total, setTotal, hasWall},
        {"wall", "Slots left of the wall", "", Kind::Whole, 1, 31, 1, false, {}, false, wall, setWall, hasWall},
    };
    // clang-format on
}

} // namespace resilience::sim
