// SPDX-License-Identifier: MIT
#pragma once

#include "core/sim/run/timeline.h"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>

namespace resilience::sim {

/// Whether the event tells what somebody did to the run, and not what the run made of it.
bool isIntervention(const Event &event);
/// Whether two events tell the same, whatever their numbers are.
bool tellTheSame(const Event &a, const Event &b);

/// Where two runs part: the first event, in the order of the log, that is not the same in both. Interventions are left
/// out: they are the cause.
struct FirstDifference {
    Time at{}; // of the earlier of the two
    std::optional<Event> ours{}; // none: nothing happens there any more, as far as both were played
    std::optional<Event> other{}; // likewise
    bool operator==(const FirstDifference &) const = default;
};

/// Finds it, and goes on from where it stopped while the runs play. What a log has forgotten already is played again.
class DifferenceFinder {
public:
    /// As far as both have been played; in that stretch it is found once done() says so. Takes at most about
    /// `maxEvents`, so that a frame stays bounded.
    const std::optional<FirstDifference> &find(const Timeline &ours, const Timeline &other,
                                               uint64_t maxEvents = UINT64_MAX);
    /// Whether all that both have played was compared, or the difference found.
    bool done() const { return m_done; }

private:
    // One of the two: how far its events were read.
    struct Reader {
        std::shared_ptr<const Timeline::Branch> branch{};
        uint64_t read = 0; // number of the last event
        std::optional<Timeline> again{}; // plays what the log has forgotten

        const Event *next(const Timeline &run);
        void start(const Timeline &run);
    };

    std::array<Reader, 2> m_readers;
    std::optional<FirstDifference> m_found;
    bool m_done = false;
};

} // namespace resilience::sim
