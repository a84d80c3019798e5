// SPDX-License-Identifier: MIT
#pragma once

#include "core/sim/parts/lock/lock_view.h"
#include "core/sim/run/log_place.h"
#include "core/time.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace resilience::sim {

/// A lease that a holder was granted, and how long it went by it.
struct LockLease {
    uint64_t event = 0; // number of the LockDecided that granted it
    Time from{}; // when the vote was won
    Time until{}; // by its holder's clock, as it was last renewed
    std::optional<Time> trustedUntil{}; // when its holder stopped taking it for its own; none = it still does
    uint64_t token = 0;
    bool operator==(const LockLease &) const = default;
};
/// A holder that stands still.
struct LockPause {
    uint64_t event = 0; // number of the FaultSet
    Time from{};
    std::optional<Time> to{}; // none = it is paused now
    std::optional<Time> planned{}; // when that one will end, if anything is to end it
    bool operator==(const LockPause &) const = default;
};
/// A vote that was lost.
struct LockRefusal {
    uint64_t event = 0; // number of the LockDecided
    Time at{};
    uint32_t votes = 0;
    bool operator==(const LockRefusal &) const = default;
};
struct HolderStory {
    std::vector<LockLease> leases;
    std::vector<LockPause> pauses;
    std::vector<LockRefusal> refusals;
    bool operator==(const HolderStory &) const = default;
};
/// A write as the guarded resource saw it.
struct LockWriteStory {
    LockWriteView write{};
    uint64_t largestBefore = 0; // token that it had accepted by then; 0 = none
    bool operator==(const LockWriteStory &) const = default;
};

/// How a lock came to stand as it does: what the log says up to the present, as spans and moments, oldest first.
struct LockStory {
    Time from{}; // nothing is known from before
    std::vector<HolderStory> holders;
    std::vector<LockWriteStory> writes;

    static constexpr uint64_t kEvents = 30'000; // of the log; it reaches back no further
    static constexpr uint64_t kStep = 10'000; // events by which its beginning moves on, once there are more
    bool operator==(const LockStory &) const = default;
};

/// Empty for a run without a lock.
LockStory lockStoryOf(const Timeline &timeline);

/// The same for one moment of a run after the other: where it has gone on since the last one, only what has come is
/// read.
class LockStoryReader {
public:
    LockStory read(const Timeline &timeline);

private:
    void begin(const Timeline &timeline, uint64_t first);
    void add(const Event &event, const LockSimulation &lock);
    void decide(const Event &event);
    void letGo(uint32_t holder, Time at);
    HolderStory *holderOf(const Subject &subject);

    LogPlace m_place;
    LockStory m_story; // what the log alone tells
    uint64_t m_first = 0; // number of the event that it begins with
    bool m_checks = false; // before each write, as far as was read
    uint64_t m_largest = 0; // token accepted so far
};

} // namespace resilience::sim
