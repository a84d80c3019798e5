// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/time/time_bands.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace widgets {

using resilience::BreakerState;
using resilience::Time;
namespace sim = resilience::sim;

namespace {

// Gathers spans narrower than a pixel until their pixel is over.
class Crumbs {
public:
    void add(BreakerState state, double left, double right)
    {
        m_pixel = std::floor(left);
        m_taken[static_cast<size_t>(state)] += right - left;
        m_empty = false;
    }
    bool fits(double left) const { return m_empty || std::floor(left) == m_pixel; }
    void flushInto(std::vector<StateBand> &bands, double axisRight)
    {
        if (m_empty)
            return;
        const auto most = std::max_element(m_taken.begin(), m_taken.end());
        const auto state = static_cast<BreakerState>(most - m_taken.begin());
        const double left = bands.empty() ? m_pixel : std::max(m_pixel, bands.back().right);
        const double right = std::min(axisRight, std::max(m_pixel + 1, left + 1));
        if (!bands.empty() && bands.back().state == state)
            bands.back().right = right;
        else if (right > left)
            bands.push_back({state, left, right});
        *this = {};
    }

private:
    std::array<double, resilience::kBreakerStates.size()> m_taken{};
    double m_pixel = 0;
    bool m_empty = true;
};

void append(std::vector<StateBand> &bands, BreakerState state, double left, double right)
{
    if (!bands.empty())
        left = std::max(left, bands.back().right);
    if (right <= left)
        return;
    if (!bands.empty() && bands.back().state == state && left - bands.back().right < 1e-6)
        bands.back().right = right;
    else
        bands.push_back({state, left, right});
}

} // namespace

std::vector<StateBand> stateBands(const std::vector<sim::StateSpan> &spans, const TimeAxis &axis, Time frontier)
{
    std::vector<StateBand> bands;
    Crumbs crumbs;
    const Time end = std::min(frontier, axis.to());
    for (size_t i = 0; i < spans.size(); ++i) {
        const Time from = std::max(spans[i].from, axis.from());
        const Time to = std::min(i + 1 < spans.size() ? spans[i + 1].from : end, end);
        if (to <= from)
            continue;
        const double left = axis.x(from);
        const double right = axis.x(to);
        if (right - left < 1 && !crumbs.fits(left))
            crumbs.flushInto(bands, axis.right());
        if (right - left < 1) {
            crumbs.add(spans[i].state, left, right);
            continue;
        }
        crumbs.flushInto(bands, axis.right());
        append(bands, spans[i].state, left, right);
    }
    crumbs.flushInto(bands, axis.right());
    return bands;
}

std::vector<FaultBand> faultBands(const std::vector<sim::FaultSpan> &spans, const TimeAxis &axis, Time frontier,
                                  size_t rows)
{
    constexpr size_t kNone = static_cast<size_t>(-1);
    std::vector<FaultBand> bands;
    std::vector<size_t> lastOf; // by row: its last band
    const Time end = std::min(frontier, axis.to());
    for (const sim::FaultSpan &span : spans) {
        const Time to = span.to.value_or(end);
        if (to <= span.from || to <= axis.from() || span.from >= end)
            continue;
        FaultBand band{
            span.target, span.kind, span.value, 1, kNone, axis.clampedX(span.from), axis.clampedX(std::min(to, end)),
            !span.to};
        band.left = std::min(band.left, axis.right() - 2);
        band.right = std::max(band.right, band.left + 2);
        for (size_t row = 0; row < lastOf.size() && band.row == kNone; ++row) {
            FaultBand &last = bands[lastOf[row]];
            if (last.target == band.target && last.kind == band.kind && last.value == band.value
                && band.left <= last.right) {
                last.right = std::max(last.right, band.right); // the same again within a pixel or two
                last.lasting = band.lasting;
                band.row = row;
                band.faults = 0;
            } else if (last.right <= band.left + 0.5) {
                band.row = row;
            }
        }
        if (band.faults == 0)
            continue;
        if (band.row == kNone && lastOf.size() < std::max<size_t>(rows, 1)) {
            band.row = lastOf.size();
            lastOf.push_back(bands.size());
        } else if (band.row == kNone) {
            FaultBand &last = bands[lastOf.back()];
            last.right = std::max(last.right, band.right);
            last.lasting = last.lasting || band.lasting;
            ++last.faults;
            continue;
        }
        lastOf[band.row] = bands.size();
        bands.push_back(band);
    }
    return bands;
}

std::vector<double> knobMarks(const std::vector<sim::KnobMark> &marks, const TimeAxis &axis)
{
    std::vector<double> found;
    for (const sim::KnobMark &mark : marks) {
        if (mark.at < axis.from() || mark.at > axis.to())
            continue;
        const double x = std::floor(axis.x(mark.at));
        if (found.empty() || x > found.back())
            found.push_back(x);
    }
    return found;
}

} // namespace widgets
