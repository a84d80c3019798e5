// SPDX-License-Identifier: MIT
#pragma once

#include "core/fingerprint.h"
#include "core/sim/engine/event.h"
#include "core/sim/engine/event_digest.h"
#include "core/sim/engine/event_queue.h"
#include "core/sim/engine/network.h"
#include "core/sim/engine/workspace.h"
#include "core/time.h"

#include <vector>

namespace resilience::sim {

/// What a part of the world may do while something happens to it: schedule what is to come, record events, and turn to
/// another part.
struct StepContext {
    Time now;
    EventQueue &queue;
    Fingerprint &fingerprint;
    uint64_t &lastNumber; // of the events of the run
    std::vector<Event> &out;
    PartReferences parts;
    Network &network;
    Workspace &workspace;

    void record(const Event &event)
    {
        draft(event);
        recordDrafts(out.size() - 1);
    }
    /// Puts an event down that is still going to be changed. Nothing else may be recorded until recordDrafts() has been
    /// called with the size that `out` had before the first of them.
    Event &draft(const Event &event)
    {
        out.push_back(event);
        out.back().at = now;
        return out.back();
    }
    void recordDrafts(size_t first)
    {
        for (size_t i = first; i < out.size(); ++i) {
            out[i].number = ++lastNumber;
            digest(fingerprint, out[i]);
        }
    }
    /// Of `what` the moment, the kind, its rank and the part are filled in.
    template <typename P> void schedule(Time at, typename P::Kind kind, Pending what)
    {
        what.at = at;
        what.kind = static_cast<uint8_t>(kind);
        what.rank = P::rankOf(kind);
        what.part = kPartIndex<P>;
        queue.push(what);
    }
    /// The same thing again, now.
    void reschedule(Pending pending)
    {
        pending.at = now;
        queue.push(pending);
    }
    template <typename P> P &part() const { return std::get<P &>(parts); }
};

} // namespace resilience::sim
