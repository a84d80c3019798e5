// SPDX-License-Identifier: MIT
#pragma once

#include "core/duration_histogram.h"
#include "core/sim/engine/scenario.h"
#include "core/sim/measure/history.h"
#include "core/time.h"

#include <cstdint>

namespace resilience::sim {

/// What came in the last few seconds before a moment, and what became of it: whether the system does its work. All zero
/// in the first two seconds of a run, when nothing has had time to end.
struct Goodput {
    static constexpr Duration kOver = std::chrono::seconds{5};
    static constexpr Duration kAtLeast = std::chrono::seconds{2};
    static constexpr double kDown = 0.3; // below it the system is down
    static constexpr double kUp = 0.9; // from it on it is up
    static constexpr double kCrowded = 1.25; // times the usual load; above it there is a rush

    Duration span{}; // that it is measured over, up to kOver; 0 = too early
    uint64_t offered = 0; // originals
    uint64_t judged = 0; // what the share is of: what was offered; at the start of a run, when the first are still on
                         // their way, what has ended
    uint64_t succeeded = 0; // of those that ended meanwhile
    uint64_t fellBack = 0; // likewise: answered by a client's fallback
    uint64_t sent = 0; // attempts of originals
    double usual = 0; // originals a second that the scenario has come by itself
    bool faulty = false; // a fault was on at some time in the span

    bool known() const { return span > Duration{0} && judged > 0; }
    /// Of what was offered, what succeeded; at most 1.
    double share() const;
    double offeredPerSecond() const { return span > Duration{0} ? static_cast<double>(offered) / toSeconds(span) : 0; }
    double succeededPerSecond() const
    {
        return span > Duration{0} ? static_cast<double>(succeeded) / toSeconds(span) : 0;
    }
    double amplification() const { return attemptsPerCall(sent, offered); }
    bool up() const { return known() && share() >= kUp; }
    bool down() const { return known() && share() < kDown; }
    bool crowded() const { return offeredPerSecond() > usual * kCrowded; }
    /// Down although nothing is wrong any more: no fault in the whole span, and no more load than usual. What keeps it
    /// down is its own state (Bronson et al., "Metastable failures in distributed systems", 2021).
    bool metastable() const { return span == kOver && down() && !faulty && !crowded(); }

    bool operator==(const Goodput &) const = default;
};

/// `until` is not after the furthest moment that the history knows. Bins that are not wholly over by then are left out.
Goodput goodputAt(const History &history, const Scenario &scenario, Time until);
/// How long the originals took that ended in the same span; refusals that sent no attempt have no duration.
DurationHistogram recentDurations(const History &history, Time until);

} // namespace resilience::sim
