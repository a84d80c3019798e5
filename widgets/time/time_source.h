// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/measure/history.h"
#include "core/sim/run/snapshot.h"
#include "core/sim/sweep/run_band.h"

#include <QString>
#include <QStringList>

#include <memory>
#include <optional>
#include <vector>

namespace widgets {

// What lanes and charts are drawn from: their part of a snapshot and a history, without the log. Bounded, as those are.
struct TimeSource {
    resilience::Time now;
    resilience::Time frontier; // the furthest moment played
    resilience::Duration until{};
    double usual = 0; // calls a second that the scenario has come by itself
    std::vector<resilience::sim::Component> components; // what faults are put on
    resilience::sim::OutcomeSeries outcomes; // of all clients together
    std::vector<resilience::sim::Side> sides; // that are compared; empty = nothing is
    std::vector<resilience::sim::OutcomeSeries> outcomesOf; // each side
    resilience::sim::LevelSeries levels;
    QStringList gaugeOwners; // one for each of levels.gauges(): a client or a service; "" where it belongs to nobody
    std::vector<std::optional<size_t>> gaugeSides; // one for each of levels.gauges(): whose it is, where it is one's
    QStringList breakers; // whose: of every pipeline that knows a circuit breaker, in use or not
    std::vector<std::vector<resilience::sim::StateSpan>> states; // one for each of `breakers`
    std::vector<resilience::sim::FaultSpan> faults;
    std::vector<resilience::sim::KnobMark> knobMarks;
    QStringList knobOwners; // one for each of knobMarks: whose it was turned; "" for all
    // The run that this one is held against, where it is one: drawn grey and dashed, and named so.
    struct Beside {
        std::shared_ptr<const TimeSource> run; // never null
        QString name;
        std::optional<resilience::Time> firstDifference;
        bool operator==(const Beside &) const = default;
    };
    std::optional<Beside> beside;
    std::shared_ptr<const resilience::sim::RunBand> many; // runs of the same with other seeds; null = none
    bool operator==(const TimeSource &) const = default;
};

// `frontier` counts where it is after the snapshot's moment and the history's last event.
TimeSource timeSourceOf(const resilience::sim::Snapshot &snapshot, const resilience::sim::History &history,
                        resilience::Time frontier = resilience::kTimeZero);

} // namespace widgets
