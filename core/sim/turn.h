// SPDX-License-Identifier: MIT
#pragma once

#include "core/fingerprint.h"
#include "core/sim/event.h"
#include "core/sim/event_digest.h"
#include "core/sim/event_queue.h"
#include "core/time.h"

#include <vector>

namespace resilience::sim {

// What a part of the world may do while something happens to it: put things into the queue, and tell what it did.
struct Turn {
    Time now;
    EventQueue &queue;
    Fingerprint &fingerprint;
    uint64_t &lastNumber; // of the events of the run
    std::vector<Event> &out;

    void tell(Event event)
    {
        event.at = now;
        event.number = ++lastNumber;
        digest(fingerprint, event);
        out.push_back(std::move(event));
    }
    void schedule(const Pending &pending) { queue.push(pending); }
};

} // namespace resilience::sim
