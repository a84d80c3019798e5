// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/time/time_axis.h"

#include <algorithm>
#include <cmath>

namespace widgets {

using resilience::at;
using resilience::saturatingAdd;

double niceStep(double atLeast)
{
    if (!(atLeast > 0) || std::isinf(atLeast))
        return 1;
    const double decade = std::pow(10.0, std::floor(std::log10(atLeast)));
    for (const double factor : {1.0, 2.0, 5.0, 10.0})
        if (factor * decade >= atLeast * (1 - 1e-9))
            return factor * decade;
    return 10 * decade;
}

Time visibleEnd(Duration until, Time frontier)
{
    Duration end = std::max(until, Duration{1});
    while (at(end) < frontier && end < resilience::kDurationMax / 2)
        end += std::max(end / 4, Duration{1});
    return std::max(at(end), frontier);
}

TimeAxis::TimeAxis(Time from, Time to, double left, double right)
    : m_from(from), m_to(std::max(to, saturatingAdd(from, Duration{1}))), m_left(left),
      m_right(std::max(right, left + 1))
{
}

double TimeAxis::x(Time t) const
{
    const auto share = static_cast<double>((t - m_from).count()) / static_cast<double>(span().count());
    return m_left + share * width();
}

Time TimeAxis::timeAt(double x) const
{
    const double share = std::clamp((x - m_left) / width(), 0.0, 1.0);
    // At the right end exactly `to`: a product of doubles would miss it by some ns in a long run.
    if (share >= 1.0)
        return m_to;
    return std::min(m_to, m_from + Duration{std::llround(share * static_cast<double>(span().count()))});
}

double TimeAxis::clampedX(Time t) const { return std::clamp(x(t), m_left, m_right); }

std::vector<TimeTick> TimeAxis::ticks(double spacing) const
{
    const auto spanNs = static_cast<double>(span().count());
    const int64_t step = std::max<int64_t>(1, std::llround(niceStep(spanNs * std::max(spacing, 1.0) / width())));
    const int64_t first = m_from.time_since_epoch().count();
    const int64_t last = m_to.time_since_epoch().count();
    int64_t tick = first / step * step;
    if (tick < first)
        tick += step;
    std::vector<TimeTick> found;
    for (; tick <= last; tick += step) {
        const Time t = at(Duration{tick});
        found.push_back({t, x(t), timeText(t, m_to.time_since_epoch(), Duration{step})});
        if (last - tick < step) // the sum must not overflow
            break;
    }
    return found;
}

} // namespace widgets
