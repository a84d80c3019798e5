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

using Entries = std::vector<JournalEntry>::iterator;

// Not one with other turns after it: those may be right only because of it.
Entries latestTurn(Entries first, Entries end)
{
    for (auto entry = end; entry != first;)
        if (std::holds_alternative<TurnKnob>((--entry)->what))
            return entry;
    return end;
}

bool isOfSame(const TurnKnob &turn, const JournalEntry &entry)
{
    const auto &other = std::get<TurnKnob>(entry.what);
    return other.knob == turn.knob && other.target == turn.target;
}

} // namespace

// Of the entries that take effect at the same place only: there may be a million in all.
void Journal::insert(const JournalEntry &entry)
{
    const auto isBefore = [](const JournalEntry &a, const JournalEntry &b) { return place(a) < place(b); };
    const auto [first, last] = std::equal_range(m_entries.begin(), m_entries.end(), entry, isBefore);
    auto end = last;
    if (const auto *turn = std::get_if<TurnKnob>(&entry.what))
        if (const auto latest = latestTurn(first, end); latest != end && isOfSame(*turn, *latest))
            end = std::rotate(latest, std::next(latest), end);
    end = std::remove_if(first, end, [&](const JournalEntry &other) { return supersedes(other.what, entry.what); });
    m_entries.insert(m_entries.erase(end, last), entry);
}

void Journal::dropAfter(Time at, uint64_t order)
{
    std::erase_if(m_entries, [&](const JournalEntry &entry) { return place(entry) > std::tuple(at, order); });
}

} // namespace resilience::sim
