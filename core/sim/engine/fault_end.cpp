// SPDX-License-Identifier: MIT
#include "core/sim/engine/fault_end.h"

#include <algorithm>

namespace resilience::sim {

std::optional<Journal> withFaultEnd(const Journal &journal, const Journal &script, const FaultEnd &end)
{
    const auto &entries = journal.entries();
    const auto sets = [&end](const JournalEntry &entry) {
        const auto *set = std::get_if<SetFault>(&entry.what);
        return set && set->target == end.target && set->kind == end.kind;
    };
    const auto clears = [&end](const JournalEntry &entry) {
        const auto *clear = std::get_if<ClearFault>(&entry.what);
        return clear && clear->target == end.target && clear->kind == end.kind;
    };
    const auto begin = std::find_if(entries.begin(), entries.end(),
                                    [&](const auto &entry) { return entry.at == end.from && sets(entry); });
    if (begin == entries.end() || end.to <= end.from)
        return std::nullopt;
    const auto next = std::find_if(begin + 1, entries.end(), sets);
    if (next != entries.end() && next->at <= end.to)
        return std::nullopt;
    const auto old = std::find_if(begin + 1, next, clears);
    const Time changed = old == next ? end.to : std::min(end.to, old->at);

    Journal result;
    for (auto entry = entries.begin(); entry != entries.end(); ++entry) {
        const bool planned =
            std::find(script.entries().begin(), script.entries().end(), *entry) != script.entries().end();
        if ((old == next || entry != old) && (planned || entry->at <= changed))
            result.insert(*entry);
    }
    result.insert({end.to, 0, ClearFault{end.target, end.kind}});
    return result;
}

} // namespace resilience::sim
