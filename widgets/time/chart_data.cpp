// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/time/chart_data.h"

#include "core/sim/measure/goodput.h"
#include "widgets/look/translation.h"
#include "widgets/time/chart_levels.h"
#include "widgets/time/time_source.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace widgets {

using resilience::at;
using resilience::toSeconds;

namespace {

constexpr double kNarrowestBar = 6; // px
constexpr double kNarrowestFineBar = 3; // of a chart that shows more detail than seconds

// 1, 2 or 5 x 10^n
bool isRound(double value) { return std::abs(niceStep(value) - value) < value * 1e-6; }

size_t mostBars(const ChartRequest &request)
{
    const bool fine = request.spec->least < std::chrono::seconds{1};
    return static_cast<size_t>(request.axis.width() / (fine ? kNarrowestFineBar : kNarrowestBar));
}

// All that ever was, to know which curves there are.
sim::ChartCell everything(const sim::OutcomeSeries &series)
{
    sim::ChartCell all;
    for (const sim::OutcomeCounts &bin : series.bins())
        all.counts.merge(bin);
    for (const sim::DurationHistogram &durations : series.durations())
        all.durations.merge(durations);
    return all;
}

// One value over each cell, up to `end`; a new part where there was nothing to read.
std::vector<std::vector<QPointF>> stepCurveOf(const std::vector<sim::ChartCell> &cells, const sim::CurveSpec &curve,
                                              bool counts, double end)
{
    std::vector<std::vector<QPointF>> parts;
    bool gap = true;
    const auto stretch = [&](double from, double to, double value) {
        if (gap)
            parts.emplace_back();
        gap = false;
        auto &points = parts.back();
        if (points.empty() || points.back().y() != value)
            points.emplace_back(from, value);
        else if (points.size() > 1)
            points.pop_back(); // it only goes on
        points.emplace_back(to, value);
    };
    for (const sim::ChartCell &cell : cells) {
        const auto value = curve.read(cell);
        const double from = toSeconds(cell.from);
        if (value && from < end)
            stretch(from, std::min(toSeconds(cell.to), end), *value);
        else
            gap = true;
    }
    // Nothing was counted any more after the last cell.
    if (const double last = cells.empty() ? 0 : toSeconds(cells.back().to); counts && last < end)
        stretch(last, end, 0);
    return parts;
}

void addBars(ChartData &data, const std::vector<sim::ChartCell> &cells,
             const std::vector<const sim::CurveSpec *> &curves, double end)
{
    for (const sim::ChartCell &cell : cells) {
        Bar bar{toSeconds(cell.from), std::min(toSeconds(cell.to), end), {}};
        for (const sim::CurveSpec *curve : curves)
            bar.counts.push_back(static_cast<uint32_t>(curve->read(cell).value_or(0)));
        if (bar.sum() > 0)
            data.bars.push_back(std::move(bar));
    }
}

double highest(const ChartData &data)
{
    double most = 0;
    for (const Bar &bar : data.bars)
        most = std::max(most, static_cast<double>(bar.sum()));
    for (const Curve &curve : data.curves)
        for (const auto &part : curve.parts)
            for (const QPointF &point : part)
                most = std::max(most, point.y());
    for (const BandStep &step : data.band)
        most = std::max(most, step.high);
    return most;
}

struct Reading { // of one series, over what is in sight
    std::vector<sim::ChartCell> cells;
    double end =
        0; // s; of lines that count the end of the last whole step: one that still fills would look like a fall
};
Reading cellsInSight(const sim::OutcomeSeries &series, const ChartRequest &request, bool sides)
{
    const sim::ChartSpec &chart = *request.spec;
    const Duration width = sim::barWidth(request.axis.span(), mostBars(request), chart.least, series.binWidth());
    const bool whole = chart.unit == sim::ChartUnit::Count && (sides || chart.form == sim::ChartForm::Steps);
    Time to = std::min(request.frontier, request.axis.to());
    if (whole) {
        to = std::max(to, std::min(request.reached, request.axis.to()));
        to = at(width * (to.time_since_epoch() / width));
    }
    return {sim::cellsOf(series, request.axis.from(), to, width, sim::isCut(chart, sides)), toSeconds(to)};
}

void addSides(ChartData &data, const TimeSource &source, const ChartRequest &request)
{
    size_t others = 0;
    for (size_t i = 0; i < source.sides.size(); ++i) {
        const Reading reading = cellsInSight(source.outcomesOf[i], request, true);
        const CurveLook look =
            source.sides[i].ours ? CurveLook{sim::CurveRole::Ours, 0} : CurveLook{sim::CurveRole::Other, others++};
        data.curves.push_back({look, QString::fromStdString(source.sides[i].name),
                               stepCurveOf(reading.cells, *request.spec->perSide, data.counts(), reading.end)});
    }
}

// More calls than usual, by so much that it is no chance: calls at random spread by the root of their number.
bool isRush(uint32_t offered, double usual)
{
    constexpr double spreads = 4;
    return offered > std::max(usual * sim::Goodput::kCrowded, usual + spreads * std::sqrt(usual));
}

void addRushes(ChartData &data, const Reading &reading, double usual)
{
    for (const sim::ChartCell &cell : reading.cells) {
        const double from = toSeconds(cell.from);
        const double to = toSeconds(cell.to);
        if (usual <= 0 || to > reading.end || !isRush(cell.counts.offered, usual * (to - from)))
            continue;
        if (!data.rushes.empty() && data.rushes.back().to == from)
            data.rushes.back().to = to;
        else
            data.rushes.push_back({from, to});
    }
}

void addCurves(ChartData &data, const TimeSource &source, const ChartRequest &request)
{
    const sim::ChartCell ever = everything(source.outcomes);
    const Reading reading = cellsInSight(source.outcomes, request, false);
    if (request.spec->filled)
        addRushes(data, reading, source.usual);
    std::vector<const sim::CurveSpec *> curves;
    for (const sim::CurveSpec &curve : request.spec->curves) {
        if (curve.read(ever).value_or(0) <= 0)
            continue;
        curves.push_back(&curve);
        data.curves.push_back({{curve.role, 0}, ChartsTr::tr(curve.word), {}});
        if (request.spec->form == sim::ChartForm::Steps)
            data.curves.back().parts = stepCurveOf(reading.cells, curve, data.counts(), reading.end);
    }
    if (request.spec->form == sim::ChartForm::Bars)
        addBars(data, reading.cells, curves, reading.end);
}

// The one curve that a chart shows of each side, or all of them where that is none of its own.
std::vector<const sim::CurveSpec *> curvesBeside(const sim::ChartSpec &chart)
{
    std::vector<const sim::CurveSpec *> all;
    for (const sim::CurveSpec &curve : chart.curves)
        all.push_back(&curve);
    const bool isOwn =
        std::any_of(all.begin(), all.end(), [&](const auto *one) { return one->id == chart.perSide->id; });
    return isOwn || chart.form == sim::ChartForm::Bars ? std::vector{chart.perSide} : all;
}

// Of the run that this one is held against: lines, also over bars.
void addBeside(ChartData &data, const TimeSource &source, const ChartRequest &request, bool sides)
{
    const TimeSource &other = *source.beside->run;
    ChartRequest there = request;
    there.frontier = std::min(request.frontier, other.frontier);
    there.reached = std::min(request.reached, other.frontier);
    const auto add = [&](const sim::OutcomeSeries &series, const sim::CurveSpec &curve, const QString &word) {
        const Reading reading = cellsInSight(series, there, true);
        const auto before =
            std::count_if(data.curves.begin(), data.curves.end(), [](const Curve &one) { return one.look.beside; });
        const CurveLook look{curve.role, static_cast<size_t>(before), true};
        data.curves.push_back({look, word, stepCurveOf(reading.cells, curve, data.counts(), reading.end)});
    };
    const QString &name = source.beside->name;
    if (sides) {
        for (size_t i = 0; i < other.sides.size(); ++i)
            add(other.outcomesOf[i], *request.spec->perSide,
                ChartsTr::tr("%1, %2").arg(QString::fromStdString(other.sides[i].name), name));
        return;
    }
    for (const sim::CurveSpec *curve : curvesBeside(*request.spec))
        add(other.outcomes, *curve, ChartsTr::tr("%1, %2").arg(ChartsTr::tr(curve->word), name));
}

// Of many runs: also what lies ahead of this one.
void addBand(ChartData &data, const sim::RunBand &many, const ChartRequest &request, resilience::Duration width)
{
    const sim::CurveSpec *curve = sim::leadingCurve(*request.spec);
    if (!curve)
        return;
    Curve median{{curve->role, 0}, {}};
    median.look.many = true;
    median.word = ChartsTr::tr("%1: median of %2 runs, 9 in 10").arg(ChartsTr::tr(curve->word)).arg(many.count());
    for (const sim::BandCell &cell : many.cells(*curve, width)) {
        if (cell.to <= request.axis.from() || cell.from >= request.axis.to())
            continue;
        const double from = toSeconds(cell.from);
        const double to = toSeconds(cell.to);
        data.band.push_back({from, to, cell.low, cell.high});
        const bool joins = !median.parts.empty() && median.parts.back().back().x() == from;
        if (!joins)
            median.parts.emplace_back();
        median.parts.back().emplace_back(from, cell.median);
        median.parts.back().emplace_back(to, cell.median);
    }
    if (!median.parts.empty())
        data.curves.push_back(std::move(median));
}

QString countsTitle(const ChartData &data, bool sides)
{
    const QString what = ChartsTr::tr(sides ? data.spec->perSide->word : data.spec->axis);
    if (!data.counts())
        return sides ? ChartsTr::tr("latency, %1, %2").arg(what, data.unit)
                     : ChartsTr::tr("%1, %2").arg(what, data.unit);
    const Duration width = resilience::fromSeconds(data.barSeconds);
    return ChartsTr::tr("%1, each %2").arg(what, spanText(width));
}

} // namespace

uint64_t Bar::sum() const { return std::accumulate(counts.begin(), counts.end(), uint64_t{0}); }

std::optional<double> Curve::valueAt(double seconds) const
{
    for (const auto &part : parts) {
        if (part.empty() || seconds < part.front().x() || seconds > part.back().x())
            continue;
        const auto next = std::upper_bound(part.begin(), part.end(), seconds,
                                           [](double x, const QPointF &point) { return x < point.x(); });
        const QPointF &before = *std::prev(next);
        if (next == part.end() || before.x() == seconds)
            return before.y();
        return before.y() + (next->y() - before.y()) * (seconds - before.x()) / (next->x() - before.x());
    }
    return std::nullopt;
}

ChartData chartDataOf(const TimeSource &source, const ChartRequest &request)
{
    if (request.spec->form == sim::ChartForm::Levels)
        return levelsChart(source, request);
    ChartData data;
    data.spec = request.spec;
    const bool sides = !source.sides.empty() && request.spec->perSide;
    if (sides)
        addSides(data, source, request);
    else
        addCurves(data, source, request);
    if (source.beside)
        addBeside(data, source, request, sides);
    const resilience::Duration width =
        sim::barWidth(request.axis.span(), mostBars(request), request.spec->least, source.outcomes.binWidth());
    if (source.many)
        addBand(data, *source.many, request, width);
    data.barSeconds = toSeconds(width);
    data.top = roundTop(highest(data));
    if (data.counts())
        data.top = std::max(2.0, std::ceil(data.top));
    else
        chooseUnit(data);
    data.title = countsTitle(data, sides);
    return data;
}

std::optional<QString> readingAt(const ChartData &data, size_t curve, double seconds)
{
    const auto counted = [](double count, double span) {
        return ChartsTr::tr("%1 in %2").arg(QString::number(count, 'f', 0), spanText(resilience::fromSeconds(span)));
    };
    for (const Bar &bar : data.bars)
        if (seconds >= bar.from && seconds < bar.to && curve < bar.counts.size())
            return counted(bar.counts[curve], bar.to - bar.from);
    if (data.spec->form == sim::ChartForm::Bars && data.curves[curve].parts.empty())
        return std::nullopt;
    const auto value = data.curves[curve].valueAt(seconds);
    if (!value)
        return std::nullopt;
    if (data.spec->form == sim::ChartForm::Levels && data.counts()) // counts, all but the permits
        return QString::number(*value, 'f', *value == std::floor(*value) ? 0 : 1);
    if (data.counts())
        return QString::number(*value, 'f', 0);
    return QString::number(*value, 'f', data.top >= 50 ? 0 : data.top >= 2 ? 1 : 2) + QLatin1Char(' ') + data.unit;
}

void chooseUnit(ChartData &data)
{
    const auto [factor, unit] = data.top >= 1      ? std::pair{1.0, ChartsTr::tr("s")}
                                : data.top >= 1e-3 ? std::pair{1e3, ChartsTr::tr("ms")}
                                                   : std::pair{1e6, ChartsTr::tr("µs")};
    data.unit = unit;
    data.top *= factor;
    for (Curve &curve : data.curves)
        for (auto &part : curve.parts)
            for (QPointF &point : part)
                point.setY(point.y() * factor);
    for (BandStep &step : data.band) {
        step.low *= factor;
        step.high *= factor;
    }
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

std::vector<double> valueTicks(double top, double height, double spacing, bool whole)
{
    for (const int parts : {5, 4, 3, 2}) {
        const double step = top / parts;
        const bool round =
            (isRound(step) || (isRound(step * 2) && isRound(step * 4))) && (!whole || step == std::floor(step));
        if (height / parts >= spacing && round) {
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
