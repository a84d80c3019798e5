// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/run/snapshot.h"

#include <optional>
#include <vector>

namespace widgets {

// What one limiter did to its calls lately, from the log.
struct LimiterStory {
    struct Mark { // a call that was let through, or turned away
        resilience::Time at{};
        bool passed = false;
        uint64_t event = 0; // its number
    };
    struct Step { // from then on so many waited for their turn
        resilience::Time at{};
        uint64_t waiting = 0;
        uint64_t event = 0;
    };
    std::vector<Mark> marks{}; // by time
    std::vector<Step> queue{}; // by time; empty when nobody waited
    uint64_t waitingBefore = 0; // when the log begins

    // Calls let through in (from, to].
    uint64_t passedWithin(resilience::Time from, resilience::Time to) const;
};

LimiterStory storyOf(const resilience::sim::Snapshot &snapshot, uint32_t client);
// Since when the snapshot holds every event.
resilience::Time toldSince(const resilience::sim::Snapshot &snapshot);

// What the rule allows within one window: a bucket refills while it is emptied, so that it may pass twice its capacity;
// a window means what it says.
uint64_t boundWithin(const resilience::AnyLimiterConfig &config);

// The most calls that passed within a window's length.
struct LimiterCrowd {
    resilience::Time first{};
    resilience::Time last{};
    uint64_t count = 0;
};
LimiterCrowd largestCrowd(const LimiterStory &story, resilience::Duration window);

} // namespace widgets
