// SPDX-License-Identifier: MIT
#include "core/sim/run/faulty_variants.h"

#include "core/sim/world/knobs.h"

namespace resilience::sim {

std::vector<uint32_t> brokenVariantsOn(const World &world)
{
    std::vector<uint32_t> on;
    for (uint32_t i = 0; i < knobs().size(); ++i)
        if (knobs()[i].faultyVariant && !knobs()[i].isEverywhere(0, world))
            on.push_back(i);
    return on;
}

Journal mended(const Scenario &scenario, uint64_t seed, const Journal &journal)
{
    Journal right;
    for (const uint32_t knob : brokenVariantsOn(World(scenario, seed)))
        right.insert({kTimeZero, 0, TurnKnob{knob, 0}});
    for (const JournalEntry &entry : journal.entries()) {
        const auto *turn = std::get_if<TurnKnob>(&entry.what);
        if (!turn || !knobs()[turn->knob].faultyVariant)
            right.insert(entry);
    }
    return right;
}

} // namespace resilience::sim
