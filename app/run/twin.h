// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/compare/first_difference.h"
#include "core/sim/run/snapshot.h"
#include "core/sim/run/timeline.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace app {

// A run that was kept: enough to play it again.
struct KeptRun {
    std::string name;
    std::shared_ptr<const resilience::sim::Scenario> scenario;
    uint64_t seed = 1;
    resilience::sim::Journal journal;
    bool operator==(const KeptRun &) const = default;
};

// Whether it is that run, wherever it is in it.
bool isThat(const resilience::sim::Timeline &run, const KeptRun &kept);

// What there is beside the present run: a value that an undo can bring back.
struct KeptRuns {
    static constexpr size_t kMost = 8;

    std::string ourName; // of the present run
    std::vector<KeptRun> runs; // oldest first
    std::optional<size_t> beside; // the one it is compared with
    bool oursRight = false; // on which side the present run is shown, so that a run keeps its place when it is swapped
    bool operator==(const KeptRuns &) const = default;
};

// The runs that are kept beside the present one, and the one of them that is played along with it, always at the same
// moment.
class Twin {
public:
    using Shared = std::shared_ptr<const KeptRuns>; // never null

    const Shared &kept() const { return m_kept; }
    // Another set of them. The one beside is played from its start when it is another run than before.
    void set(KeptRuns kept);
    void set(Shared kept);
    // ... and this is the one beside, played already.
    void set(KeptRuns kept, resilience::sim::Timeline other);

    // The same runs under other names, or without some that are not beside.
    void rename(KeptRuns kept) { m_kept = std::make_shared<const KeptRuns>(std::move(kept)); }

    bool isOn() const { return m_other.has_value(); }
    const resilience::sim::Timeline &other() const { return *m_other; } // precondition: isOn()
    // From its start again, so that its log has it.
    void playAgain();
    // Takes it, to be set again: the one beside becomes the present run.
    resilience::sim::Timeline takeOther();

    // Plays the other to where the present run is, in at most so many turns, and reads on in both. True once there.
    bool follow(const resilience::sim::Timeline &ours, uint64_t maxTurns);
    bool isBehind() const { return isOn() && m_behind; }
    const std::optional<resilience::sim::FirstDifference> &firstDifference() const { return m_difference; }
    // One for each moment, made when it is first asked for; precondition: isOn(). Speed and length are those of `ours`.
    const resilience::sim::SharedSnapshot &frame(const resilience::sim::Snapshot &ours) const;

private:
    void forget();

    Shared m_kept = std::make_shared<const KeptRuns>();
    std::optional<resilience::sim::Timeline> m_other;
    bool m_behind = false;
    resilience::sim::DifferenceFinder m_finder;
    std::optional<resilience::sim::FirstDifference> m_difference;
    mutable resilience::sim::SharedSnapshot m_frame;
    mutable resilience::sim::SnapshotMaker m_snapshots;
};

} // namespace app
