// SPDX-License-Identifier: MIT
#include "core/sim/compare/counterpart.h"

namespace resilience::sim {

namespace {

bool isOfOneKind(const Event &a, const Event &b)
{
    return a.detail.index() == b.detail.index() && a.actor == b.actor && a.pipeline == b.pipeline
           && a.request == b.request && (a.request == 0 || (a.attempt == b.attempt && a.caller == b.caller));
}

// How many of its kind there are up to an event; of calls it is always the first.
uint64_t placeAmongItsKind(const EventLog &log, const Event &event)
{
    if (event.request != 0)
        return 1;
    uint64_t place = 0;
    for (uint64_t number = log.firstNumber(); number <= event.number; ++number)
        if (const Event *one = log.numbered(number); one && isOfOneKind(*one, event))
            ++place;
    return place;
}

} // namespace

std::optional<Event> counterpart(const Timeline &ours, const Event &event, const Timeline &other)
{
    uint64_t left = placeAmongItsKind(ours.history().log(), event);
    const EventLog &log = other.history().log();
    for (uint64_t number = log.firstNumber(); number <= log.lastNumber(); ++number) {
        const Event *one = log.numbered(number);
        if (one && isOfOneKind(*one, event) && --left == 0)
            return *one;
    }
    return std::nullopt;
}

} // namespace resilience::sim
