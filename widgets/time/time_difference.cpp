// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/time/time_difference.h"

#include <algorithm>

namespace widgets {

namespace {

// A stroke reaches this far before its first point, and so does a band's rim.
constexpr double kReach = 8;

// `wholeBand`: a band that only became longer differs from its left on, for its word moves.
template <typename Band> double bandsDifferFrom(const std::vector<Band> &a, const std::vector<Band> &b, bool wholeBand)
{
    const auto [x, y] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
    if (x == a.end() && y == b.end())
        return kNowhere;
    if (x == a.end() || y == b.end())
        return (x == a.end() ? *y : *x).left;
    if (wholeBand || x->left != y->left)
        return std::min(x->left, y->left);
    Band longer = *x;
    longer.right = y->right;
    return longer == *y ? std::min(x->right, y->right) : x->left;
}

double xOf(double seconds, const TimeAxis &axis) { return axis.x(resilience::at(resilience::fromSeconds(seconds))); }

double curveDiffersFrom(const Curve &a, const Curve &b, const TimeAxis &axis)
{
    for (size_t part = 0; part < std::max(a.parts.size(), b.parts.size()); ++part) {
        if (part >= a.parts.size() || part >= b.parts.size())
            return xOf((part < a.parts.size() ? a : b).parts[part].front().x(), axis);
        const auto &p = a.parts[part];
        const auto &q = b.parts[part];
        const auto [at, other] = std::mismatch(p.begin(), p.end(), q.begin(), q.end());
        if (at == p.end() && other == q.end())
            continue;
        return xOf(at == p.begin() ? std::min(p.front().x(), q.front().x()) : std::prev(at)->x(), axis);
    }
    return kNowhere;
}

double barsDifferFrom(const std::vector<Bar> &a, const std::vector<Bar> &b, const TimeAxis &axis)
{
    const auto [x, y] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
    double from = kNowhere;
    if (x != a.end())
        from = std::min(from, xOf(x->from, axis));
    if (y != b.end())
        from = std::min(from, xOf(y->from, axis));
    return from;
}

bool sameFrame(const TimePicture &a, const TimePicture &b) { return a.layout == b.layout && a.axis == b.axis; }

} // namespace

double lanesDifferFrom(const TimePicture &a, const TimePicture &b)
{
    if (!sameFrame(a, b) || a.lanes.states.size() != b.lanes.states.size() || a.lanes.knobs != b.lanes.knobs)
        return kFromTheStart;
    double from = bandsDifferFrom(a.lanes.faults, b.lanes.faults, true);
    for (size_t i = 0; i < a.lanes.states.size(); ++i) {
        if (a.lanes.states[i].name != b.lanes.states[i].name)
            return kFromTheStart;
        from = std::min(from, bandsDifferFrom(a.lanes.states[i].bands, b.lanes.states[i].bands, true));
    }
    if (a.lanes.faultWords != b.lanes.faultWords && from == kNowhere)
        return kFromTheStart;
    // Whether a name fits beside its band depends on where the run ends: the last band of a row before it too.
    if (a.lanes.end != b.lanes.end)
        for (const FaultBand &band : a.lanes.faults)
            if (std::none_of(a.lanes.faults.begin(), a.lanes.faults.end(),
                             [&](const FaultBand &other) { return other.row == band.row && other.left > band.left; }))
                from = std::min(from, band.left);
    return from - kReach;
}

double chartDiffersFrom(const TimePicture &a, const TimePicture &b, size_t index)
{
    if (!sameFrame(a, b) || index >= a.charts.size() || index >= b.charts.size())
        return kFromTheStart;
    const ChartData &one = a.charts[index];
    const ChartData &two = b.charts[index];
    const auto sameKind = [](const Curve &x, const Curve &y) { return x.look == y.look && x.word == y.word; };
    if (one.spec != two.spec || one.top != two.top || one.title != two.title || one.band != two.band
        || !std::equal(one.curves.begin(), one.curves.end(), two.curves.begin(), two.curves.end(), sameKind))
        return kFromTheStart;
    double from = bandsDifferFrom(a.lanes.faults, b.lanes.faults, false);
    if (!a.lanes.states.empty() && !b.lanes.states.empty())
        from = std::min(from, bandsDifferFrom(a.lanes.states.front().bands, b.lanes.states.front().bands, false));
    for (size_t i = 0; i < one.curves.size(); ++i)
        from = std::min(from, curveDiffersFrom(one.curves[i], two.curves[i], a.axis));
    from = std::min(from, barsDifferFrom(one.bars, two.bars, a.axis));
    return from - kReach;
}

} // namespace widgets
