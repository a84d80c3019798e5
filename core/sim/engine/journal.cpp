// SPDX-License-Identifier: MIT
#include "core/sim/engine/journal.h"

#include <algorithm>
#include <tuple>

namespace resilience::sim {

namespace {

auto place(const JournalEntry &entry) { return std::tuple(entry.at, entry.order); }

// Whether the second, at the same place, makes the first pointless. Turns are judged apart.
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
    return false;
}

} // namespace

void Journal::insert(const JournalEntry &entry)
{
    if (const auto *turn = std::get_if<TurnKnob>(&entry.what))
        dropLatestTurn(*turn, entry);
    std::erase_if(m_entries, [&](const JournalEntry &other) {
        return place(other) == place(entry) && supersedes(other.what, entry.what);
    });
    const auto after = std::upper_bound(m_entries.begin(), m_entries.end(), entry,
                                        [](const auto &a, const auto &b) { return place(a) < place(b); });
    m_entries.insert(after, entry);
}

// Not one with other turns after it: those may be right only because of it.
void Journal::dropLatestTurn(const TurnKnob &turn, const JournalEntry &where)
{
    const auto latest = std::find_if(m_entries.rbegin(), m_entries.rend(), [&](const JournalEntry &other) {
        return place(other) == place(where) && std::holds_alternative<TurnKnob>(other.what);
    });
    if (latest == m_entries.rend())
        return;
    const TurnKnob &last = std::get<TurnKnob>(latest->what);
    if (last.knob == turn.knob && last.target == turn.target)
        m_entries.erase(std::next(latest).base());
}

void Journal::dropAfter(Time at, uint64_t order)
{
    std::erase_if(m_entries, [&](const JournalEntry &entry) { return place(entry) > std::tuple(at, order); });
}

} // namespace resilience::sim
