// SPDX-License-Identifier: MIT
#include "core/sim/world/knobs.h"

#include <algorithm>

namespace resilience::sim {

namespace {

uint32_t countOf(KnobOwner owner, const World &world)
{
    switch (owner) {
    case KnobOwner::Client:
        return uint32_t(world.clients().size());
    case KnobOwner::Service:
        return uint32_t(world.services().size());
    case KnobOwner::Pipeline:
        return uint32_t(world.pipelines().size());
    default:
        return 1;
    }
}

// Those of the target that have the setting, in their order, until `visit` answers false. True when all did.
template <typename Visit>
bool everyOwner(const KnobSpec &knob, const World &world, const KnobTarget &target, Visit visit)
{
    const auto kind = targetKindOf(knob.owner);
    if (!target.isAll() && target.kind != kind)
        return true;
    const uint32_t count = countOf(knob.owner, world);
    const uint32_t from = target.isAll() ? 0 : std::min(target.index, count);
    const uint32_t to = target.isAll() ? count : std::min(target.index + 1, count);
    for (uint32_t i = from; i < to; ++i)
        if (knob.isThere({world, i}) && !visit(i))
            return false;
    return true;
}

} // namespace

bool KnobSpec::applies(const World &world, KnobTarget target) const
{
    return !everyOwner(*this, world, target, [](uint32_t) { return false; });
}

double KnobSpec::get(const World &world, KnobTarget target) const
{
    double value = 0;
    everyOwner(*this, world, target, [&](uint32_t owner) {
        value = valueOf({world, owner});
        return false;
    });
    return value;
}

bool KnobSpec::isEverywhere(double value, const World &world, KnobTarget target) const
{
    if (forAll == ForAll::InProportion)
        return get(world, target) == value;
    return everyOwner(*this, world, target, [&](uint32_t owner) { return valueOf({world, owner}) == value; });
}

void KnobSpec::set(World &world, double value, StepContext &context, KnobTarget target) const
{
    const bool scales = forAll == ForAll::InProportion && target.isAll();
    const double factor = scales ? value / get(world) : 1;
    bool first = true;
    everyOwner(*this, world, target, [&](uint32_t owner) {
        const KnobHand hand{world, owner, context};
        turn(hand, scales && !first ? valueOf(hand) * factor : value);
        first = false;
        return true;
    });
}

bool KnobSpec::matters(const World &world, KnobTarget target) const
{
    return !everyOwner(*this, world, target, [&](uint32_t owner) { return isUsed && !isUsed({world, owner}); });
}

} // namespace resilience::sim
