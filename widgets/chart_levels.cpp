// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chart_levels.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace widgets {

using resilience::toSeconds;

namespace {

QString kindWord(sim::GaugeKind kind)
{
    const auto say = [](const char *text) { return QCoreApplication::translate("Charts", text); };
    switch (kind) {
    case sim::GaugeKind::Permits:
        return say(QT_TRANSLATE_NOOP("Charts", "permits"));
    case sim::GaugeKind::SlotsInUse:
        return say(QT_TRANSLATE_NOOP("Charts", "slots in use"));
    case sim::GaugeKind::SlotsQueued:
        return say(QT_TRANSLATE_NOOP("Charts", "waiting"));
    case sim::GaugeKind::ServiceBusy:
        return say(QT_TRANSLATE_NOOP("Charts", "workers busy"));
    case sim::GaugeKind::ServiceQueue:
        return say(QT_TRANSLATE_NOOP("Charts", "queue"));
    case sim::GaugeKind::LockBelievers:
        return say(QT_TRANSLATE_NOOP("Charts", "believe they hold the lock"));
    }
    return {};
}

bool everAboveZero(const std::vector<float> &values)
{
    return std::any_of(values.begin(), values.end(), [](float value) { return value > 0; });
}

bool everMoves(const std::vector<float> &values)
{
    return std::adjacent_find(values.begin(), values.end(), std::not_equal_to<>()) != values.end();
}

// Of each `group` bins the first, the lowest, the highest and the last, in the order they came; all when there are no
// more than that.
std::vector<size_t> telling(const std::vector<float> &values, size_t begin, size_t end, size_t group)
{
    std::vector<size_t> kept;
    for (size_t from = begin; from < end;) {
        const size_t to = std::min(end, (from / group + 1) * group);
        const auto at = [&](size_t i) { return values.begin() + static_cast<std::ptrdiff_t>(i); };
        const auto [low, high] = std::minmax_element(at(from), at(to));
        std::array<size_t, 4> four{from, static_cast<size_t>(low - values.begin()),
                                   static_cast<size_t>(high - values.begin()), to - 1};
        std::sort(four.begin(), four.end());
        for (const size_t i : four)
            if (kept.empty() || kept.back() != i)
                kept.push_back(i);
        from = to;
    }
    return kept;
}

std::vector<QPointF> stepCurve(const sim::LevelSeries &series, size_t gauge, const ChartRequest &request)
{
    const std::vector<float> &values = series.values(gauge);
    const auto width = series.binWidth();
    const Time last = std::min(request.frontier, request.axis.to());
    const auto begin = static_cast<size_t>(request.axis.from().time_since_epoch() / width);
    const size_t end = std::min(values.size(), static_cast<size_t>(last.time_since_epoch() / width) + 1);
    const auto inSight = static_cast<size_t>(std::max<int64_t>(1, request.axis.span() / width));
    // A step takes two points, and a group four steps: no more points than pixels.
    const size_t most = std::max<size_t>(1, static_cast<size_t>(request.axis.width() / 8));
    const size_t group = inSight <= 4 * most ? 1 : (inSight + most - 1) / most;
    std::vector<QPointF> points;
    for (const size_t bin : telling(values, begin, end, group)) {
        const double x = toSeconds(std::max(resilience::at(width * static_cast<int64_t>(bin)), request.axis.from()));
        const double y = values[bin];
        if (!points.empty() && points.back().y() == y)
            continue;
        if (!points.empty() && points.back().x() < x)
            points.emplace_back(x, points.back().y());
        points.emplace_back(x, y);
    }
    if (!points.empty() && points.back().x() < toSeconds(last))
        points.emplace_back(toSeconds(last), points.back().y());
    return points;
}

} // namespace

std::vector<size_t> levelsShown(const TimeSource &source)
{
    std::vector<size_t> shown;
    for (size_t i = 0; i < source.levels.gauges().size(); ++i)
        if (everAboveZero(source.levels.values(i)))
            shown.push_back(i);
    if (shown.size() <= kMostLevels)
        return shown;
    std::stable_partition(shown.begin(), shown.end(), [&](size_t i) { return everMoves(source.levels.values(i)); });
    shown.resize(kMostLevels);
    std::sort(shown.begin(), shown.end());
    return shown;
}

QString levelWord(const TimeSource &source, size_t gauge)
{
    const std::vector<sim::Gauge> &all = source.levels.gauges();
    const sim::GaugeKind kind = all[gauge].kind;
    const auto alike =
        std::count_if(all.begin(), all.end(), [kind](const sim::Gauge &other) { return other.kind == kind; });
    const QString owner = source.gaugeOwners.value(static_cast<qsizetype>(gauge));
    return alike == 1 || owner.isEmpty() ? kindWord(kind)
                                         : QCoreApplication::translate("Charts", "%1: %2").arg(owner, kindWord(kind));
}

ChartData levelsChart(const TimeSource &source, const ChartRequest &request)
{
    ChartData data;
    data.kind = ChartKind::Levels;
    double most = 0;
    for (const size_t gauge : levelsShown(source)) {
        std::vector<QPointF> points = stepCurve(source.levels, gauge, request);
        if (points.empty())
            continue;
        for (const QPointF &point : points)
            most = std::max(most, point.y());
        const auto kind = static_cast<CurveKind>(static_cast<size_t>(CurveKind::FirstLevel) + data.curves.size());
        data.curves.push_back({kind, {std::move(points)}, levelWord(source, gauge)});
    }
    data.top = std::max(3.0, roundTop(most)); // not below, where its numbers would be fractions
    return data;
}

} // namespace widgets
