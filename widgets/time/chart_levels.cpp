// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/time/chart_levels.h"
#include "widgets/look/translation.h"

#include <algorithm>

namespace widgets {

using resilience::toSeconds;

namespace {

// Gathers the points of one pixel: the first, the lowest, the highest and the last.
class PixelPoints {
public:
    explicit PixelPoints(std::vector<QPointF> &into) : m_into(into) {}
    void add(double pixel, QPointF point)
    {
        if (m_empty || pixel != m_pixel) {
            flush();
            m_pixel = pixel;
            m_first = m_low = m_high = m_last = point;
            m_empty = false;
            return;
        }
        m_low = point.y() < m_low.y() ? point : m_low;
        m_high = point.y() > m_high.y() ? point : m_high;
        m_last = point;
    }
    void flush()
    {
        if (m_empty)
            return;
        const bool downFirst = m_low.x() < m_high.x();
        for (const QPointF &point : {m_first, downFirst ? m_low : m_high, downFirst ? m_high : m_low, m_last})
            if (m_into.empty() || m_into.back() != point)
                m_into.push_back(point);
        m_empty = true;
    }

private:
    std::vector<QPointF> &m_into;
    double m_pixel = 0;
    QPointF m_first, m_low, m_high, m_last;
    bool m_empty = true;
};

std::vector<QPointF> lineOf(const sim::LevelPath &path, const ChartRequest &request)
{
    const Time from = request.axis.from();
    const Time to = std::min(request.frontier, request.axis.to());
    std::vector<QPointF> points;
    const auto first = path.valueAt(from);
    if (!first || to < from)
        return points;
    points.emplace_back(toSeconds(from), *first);
    const size_t begin = path.countUntil(from);
    const size_t end = path.countUntil(to);
    const bool crowded = end - begin > static_cast<size_t>(request.axis.width());
    PixelPoints pixels(points);
    for (size_t i = begin; i < end; ++i) {
        const sim::LevelPoint &point = path[i];
        const double x = toSeconds(point.at);
        for (const double y : {point.before, point.after}) {
            if (crowded)
                pixels.add(std::floor(request.axis.x(point.at)), {x, y});
            else if (points.back() != QPointF(x, y))
                points.emplace_back(x, y);
        }
    }
    pixels.flush();
    if (points.back().x() < toSeconds(to))
        points.emplace_back(toSeconds(to), path.valueAt(to).value_or(0));
    return points;
}

// The place of its kind among those shown, and of its side: two kinds of the same side, and two sides of the same kind,
// never look alike.
CurveLook lookOf(const TimeSource &source, const std::vector<size_t> &shown, size_t place)
{
    const auto side = source.gaugeSides[shown[place]];
    const auto alike = [&](size_t other) {
        const auto otherSide = source.gaugeSides[other];
        return side.has_value() == otherSide.has_value()
               && (!side || source.sides[*side].ours == source.sides[*otherSide].ours);
    };
    size_t variant = 0;
    for (size_t i = 0; i < place; ++i)
        variant += alike(shown[i]);
    if (!side)
        return {sim::CurveRole::Level, variant};
    return {source.sides[*side].ours ? sim::CurveRole::Ours : sim::CurveRole::Other, variant};
}

bool ofOneKind(const TimeSource &source, const std::vector<size_t> &shown)
{
    const auto &gauges = source.levels.gauges();
    return !shown.empty() && std::all_of(shown.begin(), shown.end(), [&](size_t gauge) {
        return gauges[gauge].kind == gauges[shown.front()].kind;
    });
}

QString levelsTitle(const TimeSource &source, const std::vector<size_t> &shown, const ChartData &data)
{
    const auto &gauges = source.levels.gauges();
    const bool oneKind = ofOneKind(source, shown);
    const QString what = oneKind ? ChartsTr::tr(spec(gauges[shown.front()]).word) : ChartsTr::tr(data.spec->axis);
    if (!data.counts())
        return ChartsTr::tr("%1, %2").arg(what, data.unit);
    return oneKind ? what : ChartsTr::tr("how many");
}

} // namespace

std::vector<size_t> levelsShown(const TimeSource &source, const sim::ChartSpec &chart)
{
    std::vector<size_t> shown;
    const sim::LevelSeries &levels = source.levels;
    for (size_t i = 0; i < levels.gauges().size(); ++i)
        if (shows(chart, levels.gauges()[i]) && levels.path(i).most() > 0)
            shown.push_back(i);
    if (shown.size() <= kCurveVariants)
        return shown;
    std::stable_partition(shown.begin(), shown.end(), [&](size_t i) { return levels.path(i).moves(); });
    shown.resize(kCurveVariants);
    std::sort(shown.begin(), shown.end());
    return shown;
}

QString levelWord(const TimeSource &source, size_t gauge)
{
    const std::vector<sim::Gauge> &all = source.levels.gauges();
    const uint32_t kind = all[gauge].kind;
    const char *word = spec(all[gauge]).word;
    const auto alike =
        std::count_if(all.begin(), all.end(), [kind](const sim::Gauge &other) { return other.kind == kind; });
    const QString owner = source.gaugeOwners.value(static_cast<qsizetype>(gauge));
    return alike == 1 || owner.isEmpty() ? ChartsTr::tr(word) : ChartsTr::tr("%1: %2").arg(owner, ChartsTr::tr(word));
}

namespace {
// The same gauge of the run that this one is held against, where its line is another one.
std::optional<std::vector<QPointF>> lineBeside(const TimeSource &source, size_t gauge, const ChartRequest &request,
                                               const std::vector<QPointF> &ours)
{
    if (!source.beside)
        return std::nullopt;
    const TimeSource &other = *source.beside->run;
    const auto &gauges = other.levels.gauges();
    const auto same = std::find(gauges.begin(), gauges.end(), source.levels.gauges()[gauge]);
    if (same == gauges.end())
        return std::nullopt;
    ChartRequest there = request;
    there.frontier = std::min(request.frontier, other.frontier);
    auto line = lineOf(other.levels.path(static_cast<size_t>(same - gauges.begin())), there);
    return line.empty() || line == ours ? std::nullopt : std::optional(std::move(line));
}
} // namespace

ChartData levelsChart(const TimeSource &source, const ChartRequest &request)
{
    ChartData data;
    data.spec = request.spec;
    double most = 0;
    const std::vector<size_t> shown = levelsShown(source, *request.spec);
    std::vector<Curve> besides;
    for (size_t i = 0; i < shown.size(); ++i) {
        std::vector<QPointF> points = lineOf(source.levels.path(shown[i]), request);
        if (points.empty())
            continue;
        for (const QPointF &point : points)
            most = std::max(most, point.y());
        const QString owner = source.gaugeOwners.value(static_cast<qsizetype>(shown[i]));
        const bool told = ofOneKind(source, shown) && !owner.isEmpty(); // by the title
        const CurveLook look = lookOf(source, shown, i);
        const QString word = told ? owner : levelWord(source, shown[i]);
        if (auto line = lineBeside(source, shown[i], request, points)) {
            for (const QPointF &point : *line)
                most = std::max(most, point.y());
            besides.push_back({{look.role, besides.size(), true},
                               ChartsTr::tr("%1, %2").arg(word, source.beside->name),
                               {std::move(*line)}});
        }
        data.curves.push_back({look, word, {std::move(points)}});
    }
    std::move(besides.begin(), besides.end(), std::back_inserter(data.curves));
    data.top = data.counts() ? std::max(3.0, std::ceil(roundTop(most))) : roundTop(most);
    if (!data.counts())
        chooseUnit(data);
    data.title = levelsTitle(source, shown, data);
    return data;
}

} // namespace widgets
