// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stages/combining/combining_tail.h"

#include <algorithm>
#include <vector>

namespace widgets {

using resilience::Duration;
using resilience::sim::ClientView;
using resilience::sim::Event;
using resilience::sim::Offered;
using resilience::sim::RequestOutcome;
using resilience::sim::Snapshot;

namespace {

// Calls still out that were offered no longer ago than that, as far as the recent events go back.
uint64_t outSince(const Snapshot &snapshot, uint32_t client, Duration age)
{
    std::vector<uint64_t> out;
    for (const Event &event : snapshot.events) {
        if (event.actor != resilience::sim::Subject::client(client) || event.request == 0)
            continue;
        if (event.as<Offered>() && snapshot.now - event.at <= age)
            out.push_back(event.request);
        if (event.ends)
            std::erase(out, event.request);
    }
    return out.size();
}

} // namespace

std::optional<Duration> settledTail(const Snapshot &snapshot, uint32_t client)
{
    const ClientView &view = snapshot.clients[client];
    if (!view.p99Success || view.totals.offered < kTailCalls)
        return std::nullopt;
    const uint64_t young = std::min(outSince(snapshot, client, *view.p99Success), view.totals.inFlight);
    const uint64_t longer = view.totals.inFlight - young;
    if (longer * 100 > view.totals.of(RequestOutcome::Succeeded) + longer)
        return std::nullopt;
    return view.p99Success;
}

} // namespace widgets
