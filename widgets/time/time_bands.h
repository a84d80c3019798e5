// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/measure/history.h"
#include "widgets/time/time_axis.h"

#include <vector>

// The stretches of time that lanes show and that lie behind the curves: states, faults, turned knobs; in pixels of a
// time axis, and never more of them than the axis has pixels. `frontier` is the furthest moment played: nothing lies
// after it.
namespace widgets {

struct StateBand {
    resilience::BreakerState state = resilience::BreakerState::Closed;
    double left = 0;
    double right = 0;
    bool operator==(const StateBand &) const = default;
};
// Side by side without overlap. Spans narrower than a pixel share a band one pixel wide, of the state that took most of
// it: one alone stays visible, many do not drown the others.
std::vector<StateBand> stateBands(const std::vector<resilience::sim::StateSpan> &spans, const TimeAxis &axis,
                                  resilience::Time frontier);

struct FaultBand {
    resilience::sim::Subject target{};
    resilience::sim::FaultKind kind = resilience::sim::FaultKind::Outage;
    double value = 1.0;
    uint32_t faults = 1; // more than one: there was no row left, and these overlap
    size_t row = 0;
    double left = 0;
    double right = 0; // at least 2 px from left
    bool lasting = false; // still on at the frontier
    bool operator==(const FaultBand &) const = default;
};
// In rows such that bands of one row do not overlap; at most `rows` of them, the last one then taking what is left.
std::vector<FaultBand> faultBands(const std::vector<resilience::sim::FaultSpan> &spans, const TimeAxis &axis,
                                  resilience::Time frontier, size_t rows);

// Where a knob was turned; at most one mark in a pixel.
std::vector<double> knobMarks(const std::vector<resilience::sim::KnobMark> &marks, const TimeAxis &axis);

} // namespace widgets
