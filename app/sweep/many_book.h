// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/session.h"
#include "app/sweep/many_runs.h"
#include "core/io/json/input_error.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>
#include <vector>

namespace app {

// Many runs of what a session has open: of the run as it stands with other seeds, and, with knobs, of each combination
// of their values. Computed in the background; changed() comes some times a second while there is more to see.
class ManyBook : public QObject {
    Q_OBJECT

public:
    static constexpr uint64_t kMostSeeds = 1000;
    static constexpr uint64_t kMostRuns = 100'000;

    explicit ManyBook(Session &session, QObject *parent = nullptr);

    // Begins with seeds 1 to `seeds` of the run as it stands, with all that was done to it; what was there before goes.
    // An error when the patterns refuse a combination, or when it is too much.
    std::optional<resilience::io::InputError> compute(std::vector<resilience::sim::SweepAxis> axes, uint64_t seeds);
    void cancel(); // what is there stays
    void clear();

    // What there is to see of it, and of the run that is open: equal where nothing of it has changed.
    struct Sight {
        uint64_t change = 0;
        uint64_t run = 0;
        const void *branch = nullptr;
        bool operator==(const Sight &) const = default;
    };
    Sight sight() const { return {m_changes, m_session.run(), m_session.timeline().branch().get()}; }

    bool isEmpty() const { return !m_plain; }
    bool running() const;
    uint64_t done() const;
    uint64_t all() const;
    // Whether the run that is open is one of those with other seeds; else it has been changed since.
    bool fits() const;

    // Null when there are none.
    const ManyRuns *plain() const { return m_plain.get(); } // as it stands; one cell
    const ManyRuns *grid() const { return m_grid.get(); }
    // The cell that the open run is one of.
    std::optional<uint64_t> openCell() const;
    // ... and the one that the scenario is without its knobs being turned.
    std::optional<uint64_t> cellAsItComes() const;

    const std::vector<const resilience::sim::MetricSpec *> &metrics() const { return m_metrics; }
    size_t metric() const { return m_metric; } // that is shown
    void setMetric(size_t metric);
    // Of the run that is open, to its end; none until it is known, and when it is none of these.
    std::optional<double> own() const;
    // What the charts show; null when there is none, or not of this run.
    std::shared_ptr<const resilience::sim::RunBand> band() const { return fits() ? m_band : nullptr; }

    // Opens that very run, at the moment that the session stands at.
    void open(const ManyRuns &of, uint64_t run);

signals:
    void changed();

private:
    ManyRuns::Request requestOf(const resilience::sim::Timeline &run, uint64_t seeds) const;
    void computePlain(const resilience::sim::Timeline &run, uint64_t seeds);
    void look();
    void follow();
    void tell();

    Session &m_session;
    QTimer m_timer;
    std::vector<const resilience::sim::MetricSpec *> m_metrics;
    size_t m_metric = 0;
    std::unique_ptr<ManyRuns> m_plain;
    std::unique_ptr<ManyRuns> m_grid;
    std::optional<ManyRuns::Request> m_gridNext; // begins when the plain ones are done
    std::unique_ptr<ManyRuns> m_own; // the open run, where its seed is none of those
    std::shared_ptr<const resilience::sim::RunBand> m_band;
    std::optional<uint64_t> m_asItComes;
    bool m_cancelled = false;
    uint64_t m_changes = 0; // told so far
};

} // namespace app
