// SPDX-License-Identifier: MIT
#include "core/sim/compare/journal_difference.h"

#include <algorithm>
#include <tuple>

namespace resilience::sim {

namespace {

auto placeOfEntry(const JournalEntry &entry) { return std::tuple(entry.at, entry.order); }

// Whether both set the same thing, be it to something else.
bool setsTheSame(const Intervention &a, const Intervention &b)
{
    if (a.index() != b.index())
        return false;
    if (const auto *fault = std::get_if<SetFault>(&a)) {
        const auto &other = std::get<SetFault>(b);
        return fault->target == other.target && fault->kind == other.kind;
    }
    if (const auto *turn = std::get_if<TurnKnob>(&a)) {
        const auto &other = std::get<TurnKnob>(b);
        return turn->knob == other.knob && turn->target == other.target;
    }
    if (const auto *policies = std::get_if<SetPolicies>(&a))
        return policies->pipeline == std::get<SetPolicies>(b).pipeline;
    return a == b;
}

using EntryList = std::vector<JournalEntry>;

// What `some` has more often than `others`.
EntryList without(const EntryList &some, EntryList others)
{
    EntryList left;
    for (const JournalEntry &entry : some) {
        const auto same = std::find(others.begin(), others.end(), entry);
        if (same == others.end())
            left.push_back(entry);
        else
            others.erase(same);
    }
    return left;
}

} // namespace

std::vector<JournalChange> journalDifference(const Journal &ours, const Journal &other)
{
    std::vector<JournalChange> changes;
    EntryList theirs = without(other.entries(), ours.entries());
    for (const JournalEntry &entry : without(ours.entries(), other.entries())) {
        const auto pair = std::find_if(theirs.begin(), theirs.end(), [&](const JournalEntry &one) {
            return placeOfEntry(one) == placeOfEntry(entry) && setsTheSame(one.what, entry.what);
        });
        changes.push_back({entry, pair == theirs.end() ? std::nullopt : std::optional(*pair)});
        if (pair != theirs.end())
            theirs.erase(pair);
    }
    for (const JournalEntry &entry : theirs)
        changes.push_back({std::nullopt, entry});
    std::stable_sort(changes.begin(), changes.end(), [](const JournalChange &a, const JournalChange &b) {
        return placeOfEntry(a.entry()) < placeOfEntry(b.entry());
    });
    return changes;
}

Journal takenBack(const Journal &ours, const JournalChange &change)
{
    Journal journal;
    bool dropped = !change.ours;
    for (const JournalEntry &entry : ours.entries()) {
        if (!dropped && entry == *change.ours)
            dropped = true;
        else
            journal.insert(entry);
    }
    if (change.other)
        journal.insert(*change.other);
    return journal;
}

std::optional<double> turnedBefore(const Journal &journal, const JournalEntry &entry)
{
    const auto *turn = std::get_if<TurnKnob>(&entry.what);
    std::optional<double> value;
    if (!turn)
        return value;
    for (const JournalEntry &earlier : journal.entries()) {
        if (placeOfEntry(earlier) >= placeOfEntry(entry))
            break;
        const auto *other = std::get_if<TurnKnob>(&earlier.what);
        if (other && other->knob == turn->knob && other->target.covers(turn->target))
            value = other->value;
    }
    return value;
}

} // namespace resilience::sim
