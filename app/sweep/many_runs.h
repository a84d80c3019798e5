// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sweep/sweep_work.h"
#include "core/sim/run/timeline.h"
#include "core/sim/sweep/run_band.h"
#include "core/sim/sweep/sweep.h"

#include <atomic>
#include <memory>
#include <optional>
#include <vector>

namespace app {

// Many runs for somebody who looks: computed in the background at low priority, in memory, with what charts need of
// each where that is asked for. Read from one thread; nothing here waits.
class ManyRuns {
public:
    struct Request {
        resilience::sim::Sweep sweep;
        // Keeps the series of each run, in such bins, so that a band can be drawn: of one cell.
        bool keepSeries = false;
        resilience::Duration binWidth = std::chrono::seconds{1};
        resilience::sim::OutcomeSeries::Durations durations = resilience::sim::OutcomeSeries::Durations::Dropped;
        std::vector<uint32_t> side{}; // clients; none = all
    };
    // Begins at once.
    ManyRuns(Request request, unsigned threads);
    ~ManyRuns(); // gives up what is under way

    const resilience::sim::Sweep &sweep() const { return m_request.sweep; }
    uint64_t done() const { return m_work->done(); }
    uint64_t all() const { return m_request.sweep.runs(); }
    bool running() const { return !m_work->finished(); }
    bool isWhole() const { return done() == all(); }
    void cancel();

    // A value of a run; none before it was played, where it had none, and where its journal was refused.
    std::optional<double> value(uint64_t run, size_t metric) const;
    // Those of a cell that are there, by seed.
    std::vector<double> valuesOf(uint64_t cell, size_t metric) const;
    // The run of a cell whose value lies at that share of all, 0 = the worst, 1 = the best; none where none has one.
    std::optional<uint64_t> runAt(uint64_t cell, size_t metric, double share) const;
    // Once nothing is computed any more, the series of those that are there; null before, and where none were kept.
    std::shared_ptr<const resilience::sim::RunBand> band();
    // The run, at its start.
    resilience::sim::Timeline timeline(uint64_t run) const;

private:
    struct Slot {
        std::atomic<bool> ready{false};
        std::vector<std::optional<double>> values;
        std::optional<resilience::sim::OutcomeSeries> series;
    };
    bool play(uint64_t run);

    Request m_request;
    std::vector<Slot> m_slots; // by run
    std::atomic<bool> m_stop{false};
    std::shared_ptr<const resilience::sim::RunBand> m_band;
    std::unique_ptr<SweepWork> m_work; // last: its threads use all of the above
};

} // namespace app
