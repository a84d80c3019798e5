// SPDX-License-Identifier: MIT
#include "core/sim/journal.h"

#include <algorithm>
#include <tuple>

namespace resilience::sim {

namespace {

auto place(const JournalEntry &entry) { return std::tuple(entry.at, entry.order); }

// Whether the second, at the same place, makes the first pointless.
bool supersedes(const Intervention &first, const Intervention &second)
{
    const auto fault = [](const Intervention &what) -> std::optional<std::pair<uint32_t, FaultKind>> {
        if (const auto *set = std::get_if<SetFault>(&what))
            return std::pair{set->target, set->kind};
        if (const auto *clear = std::get_if<ClearFault>(&what))
            return std::pair{clear->target, clear->kind};
        return std::nullopt;
    };
    if (const auto a = fault(first))
        return a == fault(second);
    if (const auto *policies = std::get_if<SetPolicies>(&first)) {
        const auto *others = std::get_if<SetPolicies>(&second);
        return others && others->pipeline == policies->pipeline;
    }
    const auto *a = std::get_if<TurnKnob>(&first);
    const auto *b = std::get_if<TurnKnob>(&second);
    return a && b && a->knob == b->knob;
}

} // namespace

void Journal::insert(const JournalEntry &entry)
{
    std::erase_if(m_entries, [&](const JournalEntry &other) {
        return place(other) == place(entry) && supersedes(other.what, entry.what);
    });
    const auto after = std::upper_bound(m_entries.begin(), m_entries.end(), entry,
                                        [](const auto &a, const auto &b) { return place(a) < place(b); });
    m_entries.insert(after, entry);
}

void Journal::dropAfter(Time at, uint64_t order)
{
    std::erase_if(m_entries, [&](const JournalEntry &entry) { return place(entry) > std::tuple(at, order); });
}

} // namespace resilience::sim
