// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chart_data.h"

#include "widgets/chart_levels.h"
#include "widgets/time_source.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <limits>

namespace widgets {

using resilience::at;
using resilience::kTimeZero;
using resilience::toSeconds;

namespace {

void mergeCounts(Column &into, const sim::OutcomeBin &bin)
{
    for (size_t i = 0; i < sim::kOutcomeCount; ++i)
        into.ended[i] += bin.ended[i];
    into.offered += bin.offered;
    into.sent += bin.sent;
    into.arrived += bin.arrived;
}

void merge(Column &into, const sim::OutcomeBin &bin)
{
    mergeCounts(into, bin);
    into.timed += bin.timed;
    into.durationSum += bin.durationSum;
    into.durationMax = std::max(into.durationMax, bin.durationMax);
    into.durations.merge(bin.durations);
}

// Leaves out the points that lie on the line between their neighbours, to within `tolerance`: most of a curve is flat
// or straight, and every point left costs when drawn. Keeps to points that were there.
std::vector<QPointF> straightened(const std::vector<QPointF> &points, double tolerance)
{
    if (points.size() < 3)
        return points;
    std::vector<QPointF> kept{points.front()};
    constexpr double infinity = std::numeric_limits<double>::infinity();
    double low = -infinity;
    double high = infinity;
    for (size_t i = 1; i < points.size(); ++i) {
        const auto rise = [&](double y) { return (y - kept.back().y()) / (points[i].x() - kept.back().x()); };
        if (const double slope = rise(points[i].y()); slope < low || slope > high) {
            kept.push_back(points[i - 1]);
            low = -infinity;
            high = infinity;
        }
        low = std::max(low, rise(points[i].y() - tolerance));
        high = std::min(high, rise(points[i].y() + tolerance));
    }
    kept.push_back(points.back());
    return kept;
}

// 1, 2 or 5 x 10^n
bool isRound(double value) { return std::abs(niceStep(value) - value) < value * 1e-6; }

double highest(const std::vector<Curve> &curves)
{
    double most = 0;
    for (const Curve &curve : curves)
        for (const auto &part : curve.parts)
            for (const QPointF &point : part)
                most = std::max(most, point.y());
    return most;
}

// A running sum over 2n columns and one over n of those: a weight that swells, stays and fades over 3n columns, in
// whole numbers. The steadiest weight of that length for steady calls that come n columns apart, give or take a little.
std::vector<uint64_t> smoothed(std::vector<uint64_t> counts, size_t part)
{
    for (const size_t n : {2 * part, part}) {
        uint64_t sum = 0;
        std::vector<uint64_t> sums(counts.size());
        for (size_t i = 0; i < counts.size(); ++i) {
            sum += counts[i];
            if (i >= n)
                sum -= counts[i - n];
            sums[i] = sum;
        }
        counts = std::move(sums);
    }
    return counts;
}

// A column is at least two pixels wide: what is averaged over some ten of them shows no more detail in one.
size_t mostColumns(const TimeAxis &axis) { return static_cast<size_t>(axis.width() / 2); }

// How many columns are wholly played by `frontier`, empty ones at the end too; one that is still filling would make
// the end of a curve twitch.
size_t completeBy(Time frontier, const Columns &columns)
{
    return static_cast<size_t>(std::max<int64_t>(0, frontier.time_since_epoch() / columns.width - columns.first));
}

// What a curve of outcomes or load counts.
uint64_t countOf(const Column &column, CurveKind kind)
{
    switch (kind) {
    case CurveKind::Offered:
        return column.offered;
    case CurveKind::Sent:
        return column.sent;
    case CurveKind::Arrived:
        return column.arrived;
    default:
        return column.ended[static_cast<size_t>(kind)];
    }
}

std::vector<QPointF> rateCurve(const Columns &columns, CurveKind kind, const ChartRequest &request, Duration window)
{
    const size_t count = completeBy(std::min(request.frontier, request.axis.to()), columns);
    std::vector<uint64_t> counts(count);
    for (size_t i = 0; i < std::min(count, columns.columns.size()); ++i)
        counts[i] = countOf(columns.columns[i], kind);
    const auto n = static_cast<size_t>(std::max<int64_t>(1, (window + columns.width / 2) / columns.width));
    const std::vector<uint64_t> sums = smoothed(std::move(counts), n);
    const double perSecond = 1.0 / (2.0 * static_cast<double>(n * n) * toSeconds(columns.width));
    std::vector<QPointF> points;
    points.reserve(count + 2);
    const double left = toSeconds(request.axis.from());
    if (request.axis.from() <= kTimeZero)
        points.emplace_back(0, 0);
    for (size_t i = 0; i < count; ++i)
        if (const double x = toSeconds(columns.endOf(i)); x > left)
            points.emplace_back(x, static_cast<double>(sums[i]) * perSecond);
    // Up to the frontier, as it was: the column there is not full yet.
    if (const double end = toSeconds(request.frontier); !points.empty() && end > points.back().x())
        points.emplace_back(end, points.back().y());
    return points;
}

ChartData ratesChart(const sim::OutcomeSeries &series, const ChartRequest &request)
{
    ChartData data;
    data.kind = request.kind;
    data.unit = QCoreApplication::translate("Charts", "calls/s");
    const Duration part = averagingWindow(request.axis.span(), request.callsPerSecond);
    data.window = part * 3;
    const Time from = request.axis.from() - std::min(data.window, request.axis.from().time_since_epoch());
    const Columns columns = columnsOf(series, from, request.axis.to(), mostColumns(request.axis));
    Column ever;
    for (const sim::OutcomeBin &bin : series.bins())
        mergeCounts(ever, bin);
    std::vector<CurveKind> kinds{CurveKind::Offered, CurveKind::Sent, CurveKind::Arrived};
    if (request.kind == ChartKind::OutcomesPerSecond) {
        kinds.clear();
        for (size_t i = 0; i < sim::kOutcomeCount; ++i)
            kinds.push_back(static_cast<CurveKind>(i));
    }
    for (const CurveKind kind : kinds)
        if (countOf(ever, kind) > 0)
            data.curves.push_back({kind, {rateCurve(columns, kind, request, part)}, {}});
    data.top = roundTop(highest(data.curves));
    return data;
}

ChartData latencyChart(const sim::OutcomeSeries &series, const ChartRequest &request)
{
    ChartData data;
    data.kind = request.kind;
    const bool percentiles = request.kind == ChartKind::LatencyPercentiles;
    data.window = averagingWindow(request.axis.span(), request.callsPerSecond) * 3;
    const Columns columns = columnsOf(series, request.axis.from(), request.axis.to(), mostColumns(request.axis));
    Curve mean{percentiles ? CurveKind::LatencyMedian : CurveKind::LatencyMean, {}, {}};
    Curve most{percentiles ? CurveKind::LatencyP99 : CurveKind::LatencyMax, {}, {}};
    Time last = resilience::kTimeZero;
    for (size_t i = 0; i < columns.columns.size(); ++i) {
        const Column &column = columns.columns[i];
        if (column.timed == 0)
            continue;
        const Time t = std::min(columns.endOf(i), request.frontier);
        if (mean.parts.empty() || t - last > data.window) {
            mean.parts.emplace_back();
            most.parts.emplace_back();
        }
        last = t;
        const double x = toSeconds(t);
        const auto share = [&](double p) { return toSeconds(column.durations.percentile(p).value_or(Duration{0})); };
        mean.parts.back().emplace_back(x, percentiles ? share(0.5)
                                                      : static_cast<double>(column.durationSum)
                                                            / static_cast<double>(column.timed) / 1e9);
        most.parts.back().emplace_back(x, percentiles ? share(0.99) : static_cast<double>(column.durationMax) / 1e9);
    }
    if (!mean.parts.empty())
        data.curves = {std::move(mean), std::move(most)};
    const double seconds = roundTop(highest(data.curves));
    const auto [factor, unit] = seconds >= 1      ? std::pair{1.0, QCoreApplication::translate("Charts", "s")}
                                : seconds >= 1e-3 ? std::pair{1e3, QCoreApplication::translate("Charts", "ms")}
                                                  : std::pair{1e6, QCoreApplication::translate("Charts", "µs")};
    data.unit = unit;
    data.top = seconds * factor;
    for (Curve &curve : data.curves)
        for (auto &part : curve.parts)
            for (QPointF &point : part)
                point.setY(point.y() * factor);
    return data;
}

} // namespace

Columns columnsOf(const sim::OutcomeSeries &series, Time from, Time to, size_t most)
{
    Columns found;
    found.width = series.binWidth();
    const auto binCount = static_cast<int64_t>(series.bins().size());
    const int64_t firstBin = std::max<int64_t>(0, from.time_since_epoch() / series.binWidth());
    const int64_t endBin =
        std::min(binCount, (to.time_since_epoch() + series.binWidth() - Duration{1}) / series.binWidth());
    const int64_t inSight = std::max<int64_t>(1, (to - from) / series.binWidth());
    const auto limit = static_cast<int64_t>(std::max<size_t>(1, most));
    const int64_t group = (inSight + limit - 1) / limit;
    found.width = series.binWidth() * group;
    found.first = firstBin / group;
    if (endBin <= firstBin)
        return found;
    found.columns.resize(static_cast<size_t>((endBin - 1) / group - found.first + 1));
    for (int64_t bin = firstBin; bin < endBin; ++bin)
        merge(found.columns[static_cast<size_t>(bin / group - found.first)], series.bins()[static_cast<size_t>(bin)]);
    return found;
}

std::optional<double> Curve::valueAt(Time t) const
{
    const double x = toSeconds(t);
    for (const auto &part : parts) {
        if (part.empty() || x < part.front().x() || x > part.back().x())
            continue;
        const auto next = std::partition_point(part.begin(), part.end(), [x](const QPointF &p) { return p.x() < x; });
        if (next == part.begin() || next->x() == x)
            return next->y();
        const QPointF &before = *std::prev(next);
        return before.y() + (next->y() - before.y()) * (x - before.x()) / (next->x() - before.x());
    }
    return std::nullopt;
}

ChartData chartDataOf(const sim::OutcomeSeries &series, const ChartRequest &request)
{
    ChartData data;
    switch (request.kind) {
    case ChartKind::OutcomesPerSecond:
    case ChartKind::Load:
        data = ratesChart(series, request);
        break;
    case ChartKind::Latency:
    case ChartKind::LatencyPercentiles:
        data = latencyChart(series, request);
        break;
    case ChartKind::Levels:
        data.kind = request.kind;
        break;
    }
    for (Curve &curve : data.curves)
        for (auto &part : curve.parts)
            part = straightened(part, data.top / 500);
    return data;
}

ChartData chartDataOf(const TimeSource &source, const ChartRequest &request)
{
    return request.kind == ChartKind::Levels ? levelsChart(source, request) : chartDataOf(source.outcomes, request);
}

double roundTop(double value)
{
    if (!(value > 0))
        return 1;
    const double wanted = value * 1.04;
    const double decade = std::pow(10.0, std::floor(std::log10(wanted)));
    for (const double factor : {1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0})
        if (factor * decade >= wanted)
            return factor * decade;
    return 10 * decade;
}

Duration averagingWindow(Duration span, double callsPerSecond)
{
    const double whole = toSeconds(span);
    const double part = callsPerSecond > 0 ? std::clamp(1 / callsPerSecond, whole / 300, whole / 20) : whole / 80;
    return std::max(Duration{1}, resilience::fromSeconds(niceStep(part)));
}

std::vector<double> valueTicks(double top, double height, double spacing)
{
    for (const int parts : {5, 4, 3, 2}) {
        const double step = top / parts;
        if (height / parts >= spacing && (isRound(step) || (isRound(step * 2) && isRound(step * 4)))) {
            std::vector<double> ticks;
            for (int i = 0; i <= parts; ++i)
                ticks.push_back(step * i);
            return ticks;
        }
    }
    return {0, top};
}

QString valueText(double value) { return QString::number(value, 'g', 6); }

} // namespace widgets
