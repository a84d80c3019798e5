// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/goal_book.h"
#include "app/run/prepared_run.h"
#include "core/io/scenario/summary_json.h"
#include "core/sim/run/timeline.h"

#include <functional>

namespace app {

// A run played from its start to its end, with everything counted that a summary tells.
class HeadlessRun {
public:
    using Listener = std::function<void(const resilience::sim::Event &)>;

    // `keeps`: whether pictures will be made of it, or only its events matter.
    HeadlessRun(const PreparedRun &run, resilience::sim::History::Keeps keeps);

    // Plays on by at most so many turns, telling the listener (if there is one) of every event. True at the end.
    bool playOn(uint64_t turns, const Listener &listener = {});

    // The same up to a moment, in one go.
    void playTo(resilience::Time t, const Listener &listener = {});

    const resilience::sim::Timeline &timeline() const { return m_timeline; }
    const resilience::labs::Lab &lab() const { return *m_lab; }
    resilience::Duration until() const { return m_until; }
    resilience::io::RunSummary summary() const;

private:
    void hear(const Listener &listener);

    const resilience::labs::Lab *m_lab;
    resilience::sim::Timeline m_timeline;
    resilience::Duration m_until;
    GoalBook m_goals;
    resilience::io::RunCounters m_counters;
    uint64_t m_heard = 0; // number of the last event that was counted
};

} // namespace app
