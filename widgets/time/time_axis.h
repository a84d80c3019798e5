// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/look/time_text.h"

#include <QString>

#include <vector>

namespace widgets {

using resilience::Duration;
using resilience::Time;

// The smallest of 1, 2, 5 x 10^n that is not below `atLeast`; 1 for a value that is not above 0.
double niceStep(double atLeast);

// Where the time axis ends by default: at `until`, or, when the run was played further, at `until` grown by quarters
// until it holds `frontier`. So the axis stands still between two such moments instead of creeping.
Time visibleEnd(Duration until, Time frontier);

struct TimeTick {
    Time at;
    double x = 0;
    QString label;
    bool operator==(const TimeTick &) const = default;
};

// Time on the x axis, for everything stacked on it: [from, to] lies over [left, right], linearly. An empty or backward
// range counts as one nanosecond, an empty width as one pixel.
class TimeAxis {
public:
    TimeAxis() = default;
    TimeAxis(Time from, Time to, double left, double right);

    Time from() const { return m_from; }
    Time to() const { return m_to; }
    Duration span() const { return m_to - m_from; }
    double left() const { return m_left; }
    double right() const { return m_right; }
    double width() const { return m_right - m_left; }

    // Times outside the range lie outside [left, right].
    double x(Time t) const;
    // Stays within the range.
    Time timeAt(double x) const;
    // x(t) within [left, right].
    double clampedX(Time t) const;

    // Ticks at round times (1, 2, 5 x 10^n), at least `spacing` pixels apart, the first not before from(). A label
    // tells its unit.
    std::vector<TimeTick> ticks(double spacing) const;

    bool operator==(const TimeAxis &) const = default;

private:
    Time m_from = resilience::kTimeZero;
    Time m_to = resilience::at(std::chrono::seconds{1});
    double m_left = 0;
    double m_right = 1;
};

} // namespace widgets
