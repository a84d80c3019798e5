// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/time_source.h"

#include <algorithm>

namespace widgets {

namespace sim = resilience::sim;

TimeSource timeSourceOf(const sim::Snapshot &snapshot, const sim::History &history, resilience::Time frontier)
{
    TimeSource source;
    const sim::Event *last = history.log().numbered(history.log().lastNumber());
    source.now = snapshot.now;
    source.frontier = std::max({snapshot.now, frontier, last ? last->at : resilience::kTimeZero});
    source.until = snapshot.until;
    for (uint32_t i = 0; i < snapshot.clients.size(); ++i) {
        const sim::ClientView &client = snapshot.clients[i];
        if (client.arrivals != sim::ArrivalConfig::Kind::Script)
            source.callsPerSecond += client.rate;
        source.clients << QString::fromStdString(client.name);
        source.states.push_back(history.states(i));
    }
    // A fault names whatever there is: services, lock nodes, lock holders.
    for (const sim::Component &component : snapshot.components)
        source.services << QString::fromStdString(component.name);
    source.outcomes = history.outcomes();
    source.faults = history.faults();
    source.knobMarks = history.knobMarks();
    return source;
}

} // namespace widgets
