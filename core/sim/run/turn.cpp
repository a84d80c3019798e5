// SPDX-License-Identifier: MIT
#include "core/sim/run/turn.h"

namespace resilience::sim {

bool journalIsNext(const Journal &journal, size_t done, const World &world)
{
    if (done >= journal.entries().size())
        return false;
    const JournalEntry &entry = journal.entries()[done];
    const auto pending = world.next();
    if (!pending || entry.at != pending->at)
        return !pending || entry.at < pending->at;
    return entry.order <= (world.now() == entry.at ? world.stepsThisInstant() : 0);
}

std::optional<Time> nextTime(const Journal &journal, size_t done, const World &world)
{
    if (journalIsNext(journal, done, world))
        return journal.entries()[done].at;
    const auto pending = world.next();
    return pending ? std::optional{pending->at} : std::nullopt;
}

std::optional<ConfigError> takeTurn(const Journal &journal, size_t &done, World &world, std::vector<Event> &out)
{
    if (journalIsNext(journal, done, world)) {
        const JournalEntry &entry = journal.entries()[done++];
        world.idleTo(entry.at);
        return world.apply(entry.what, out);
    }
    world.step(out);
    return std::nullopt;
}

} // namespace resilience::sim
