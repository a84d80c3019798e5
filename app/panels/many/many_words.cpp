// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/many/many_words.h"

#include "app/panels/settings/knob_text.h"
#include "core/fixed_number.h"
#include "core/number_text.h"
#include "core/sim/sweep/statistics.h"
#include "core/sim/world/knob_address.h"
#include "core/sim/world/knobs.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cmath>

namespace app {

using namespace resilience;
using namespace resilience::sim;

namespace {

constexpr double kContour = 0.9; // of goodput: up to here nine of ten calls get through

struct ManyTr {
    Q_DECLARE_TR_FUNCTIONS(Many)
};

QString utf8Words(const std::string &utf8) { return QString::fromStdString(utf8); }

// The rows of a map of one knob, from the bottom, by how lucky a run is.
constexpr std::array kShares{0.05, 0.5, 0.95};
QString shareName(size_t row)
{
    return row == 0 ? ManyTr::tr("unlucky 5 %") : row == 1 ? ManyTr::tr("median") : ManyTr::tr("lucky 5 %");
}

const MetricSpec &shownMetric(const ManyBook &book) { return *book.metrics()[book.metric()]; }

QString shortText(const MetricSpec &metric, double value)
{
    const int digits = metric.figure.unit == FigureUnit::Count ? 0 : value >= 100 ? 0 : value >= 10 ? 1 : 2;
    return utf8Words(fixedNumber(value, digits));
}

// With what belongs to the number, from which it is never parted.
QString wholeText(const MetricSpec &metric, double value)
{
    return utf8Words(figureText(metric.figure, value)).replace(u' ', QChar::Nbsp);
}
// The ends of a scale, which are round.
QString endText(const MetricSpec &metric, double value)
{
    return wholeText(metric, value).replace(QStringLiteral(".0") + QChar::Nbsp, QString(QChar::Nbsp));
}

QString axisName(const ManyRuns &grid, size_t axis)
{
    const SweepAxis &one = grid.sweep().axes[axis];
    const KnobSpec &knob = knobs()[one.knob];
    const QString owner = utf8Words(KnobAddresses(*grid.sweep().scenario).nameOf(one.target));
    const QString name = owner.isEmpty() ? labelOf(knob) : QStringLiteral("%1: %2").arg(owner, labelOf(knob));
    const bool hasUnit = *knob.unit != '\0' && std::string_view(knob.unit) != "/s";
    return hasUnit ? ManyTr::tr("%1, %2").arg(name, QString::fromUtf8(knob.unit)) : name;
}

QStringList axisValues(const ManyRuns &grid, size_t axis)
{
    QStringList names;
    const SweepAxis &one = grid.sweep().axes[axis];
    for (const double value : one.values)
        names << utf8Words(formatKnobValue(knobs()[one.knob], value));
    return names;
}

bool isOneKnob(const ManyRuns &grid) { return grid.sweep().axes.size() == 1; }

// Which cell of the sweep a cell of the map is: the map's rows go up, the sweep's last axis is the one that goes up.
uint64_t cellOfMap(const ManyRuns &grid, size_t index)
{
    const auto &axes = grid.sweep().axes;
    const size_t columns = axes.front().values.size();
    return isOneKnob(grid) ? index % columns : index % columns * axes[1].values.size() + index / columns;
}
size_t mapOfCell(const ManyRuns &grid, uint64_t cell)
{
    const auto &axes = grid.sweep().axes;
    const size_t columns = axes.front().values.size();
    return isOneKnob(grid) ? cell + columns : cell / axes[1].values.size() + cell % axes[1].values.size() * columns;
}

std::optional<double> valueInMap(const ManyBook &book, size_t index)
{
    const ManyRuns &grid = *book.grid();
    const uint64_t cell = cellOfMap(grid, index);
    if (isOneKnob(grid)) {
        const auto run = runBehind(book, index);
        return run ? grid.value(*run, book.metric()) : std::nullopt;
    }
    auto values = grid.valuesOf(cell, book.metric());
    if (values.empty())
        return std::nullopt;
    std::sort(values.begin(), values.end());
    return quantile(values, 0.5);
}

// The least and the most of those that are there.
std::pair<double, double> widestOf(const std::vector<std::optional<double>> &values)
{
    std::optional<std::pair<double, double>> ends;
    for (const auto &value : values)
        if (value)
            ends = ends ? std::pair{std::min(ends->first, *value), std::max(ends->second, *value)}
                        : std::pair{*value, *value};
    return ends.value_or(std::pair{0.0, 1.0});
}

// The ends of a scale: shares have their own, all else goes as far as there are values.
std::pair<double, double> endsOf(const MetricSpec &metric, const std::vector<std::optional<double>> &values)
{
    return metric.figure.unit == FigureUnit::Share ? std::pair{0.0, 1.0} : widestOf(values);
}

// Where the values lie, so that they can be told apart; of shares in steps of 5 %.
std::pair<double, double> closeEndsOf(const MetricSpec &metric, const std::vector<std::optional<double>> &values)
{
    constexpr double step = 20;
    const auto [least, most] = widestOf(values);
    if (metric.figure.unit != FigureUnit::Share)
        return {least, most};
    const double low = std::floor(least * step) / step;
    return {low, std::max(low + 1 / step, std::ceil(most * step) / step)};
}

widgets::HeatMap mapOf(const ManyBook &book)
{
    widgets::HeatMap map;
    const ManyRuns &grid = *book.grid();
    const MetricSpec &metric = shownMetric(book);
    map.across = axisName(grid, 0);
    map.columns = axisValues(grid, 0);
    if (isOneKnob(grid)) {
        for (size_t row = 0; row < kShares.size(); ++row)
            map.rows << shareName(row);
    } else {
        map.up = axisName(grid, 1);
        map.rows = axisValues(grid, 1);
    }
    for (size_t i = 0; i < map.cells(); ++i) {
        map.values.push_back(valueInMap(book, i));
        map.texts << (map.values.back() ? shortText(metric, *map.values.back()) : QString());
    }
    const auto [least, most] = endsOf(metric, map.values);
    map.worstValue = metric.figure.moreIsBetter ? least : most;
    map.bestValue = metric.figure.moreIsBetter ? most : least;
    // Shares as the cells have them.
    const bool share = metric.figure.unit == FigureUnit::Share;
    map.worst = share ? shortText(metric, map.worstValue) : endText(metric, map.worstValue);
    map.best = share ? shortText(metric, map.bestValue) : endText(metric, map.bestValue);
    map.scale = QString::fromUtf8(metric.figure.word);
    if (metric.id() == "goodput" || metric.id() == "goodput_at_end") {
        map.contour = kContour;
        map.contourWord = ManyTr::tr("goodput 0.9");
    }
    if (const auto cell = book.openCell())
        map.chosen = mapOfCell(grid, *cell);
    if (const auto cell = book.cellAsItComes())
        map.asItComes = mapOfCell(grid, *cell);
    return map;
}

widgets::RunDots dotsOf(const ManyBook &book)
{
    widgets::RunDots dots;
    const MetricSpec &metric = shownMetric(book);
    for (uint64_t run = 0; run < book.plain()->all(); ++run)
        dots.values.push_back(book.plain()->value(run, book.metric()));
    dots.own = book.own();
    auto known = dots.values;
    known.push_back(dots.own);
    std::tie(dots.least, dots.most) = closeEndsOf(metric, known);
    dots.leastText = endText(metric, dots.least);
    dots.mostText = endText(metric, dots.most);
    dots.title = ManyTr::tr("%1: each dot is a run, click it to open it").arg(QString::fromUtf8(metric.figure.word));
    return dots;
}

QString titleFor(const ManyBook &book, const Session &session)
{
    const auto values = book.plain()->valuesOf(0, book.metric());
    const auto own = book.own();
    if (!book.fits())
        return ManyTr::tr("The run has been changed since: these are as it was");
    if (book.plain()->running() || values.empty() || !own)
        return ManyTr::tr("%1 runs of %2")
            .arg(book.plain()->all())
            .arg(utf8Words(session.scenario().title.empty() ? session.scenario().name : session.scenario().title));
    if (std::all_of(values.begin(), values.end(), [&](double value) { return value == *own; }))
        return ManyTr::tr("All %1 runs come to the same").arg(values.size());
    const double share = shareBelow(*own, values, shownMetric(book).figure.moreIsBetter);
    return ManyTr::tr("This run is luckier than %1 % of %2 runs").arg(std::lround(share * 100)).arg(values.size());
}

} // namespace

QString spreadWords(const std::vector<double> &values, const MetricSpec &metric)
{
    if (values.empty())
        return ManyTr::tr("none yet");
    std::vector<double> sorted = values;
    std::sort(sorted.begin(), sorted.end());
    return ManyTr::tr("median %1, nine in ten from %2 to %3")
        .arg(wholeText(metric, quantile(sorted, 0.5)), wholeText(metric, quantile(sorted, 0.05)),
             wholeText(metric, quantile(sorted, 0.95)));
}

QString runWords(const ManyRuns &of, uint64_t run, size_t metric)
{
    const auto value = of.value(run, metric);
    return ManyTr::tr("seed %1: %2")
        .arg(of.sweep().seedOf(run))
        .arg(value ? wholeText(*of.sweep().metrics[metric], *value) : QStringLiteral("-"));
}

std::optional<uint64_t> runBehind(const ManyBook &book, size_t index)
{
    const ManyRuns *grid = book.grid();
    if (!grid)
        return std::nullopt;
    const size_t columns = grid->sweep().axes.front().values.size();
    const double share = isOneKnob(*grid) ? kShares[std::min(index / columns, kShares.size() - 1)] : 0.5;
    return grid->runAt(cellOfMap(*grid, index), book.metric(), share);
}

QString cellWords(const ManyBook &book, const Session &session, size_t index)
{
    Q_UNUSED(session)
    const ManyRuns &grid = *book.grid();
    const uint64_t cell = cellOfMap(grid, index);
    const auto values = grid.sweep().valuesOf(cell);
    QStringList parts;
    for (size_t i = 0; i < values.size(); ++i) {
        const KnobSpec &knob = knobs()[grid.sweep().axes[i].knob];
        parts << QStringLiteral("%1 %2").arg(labelOf(knob), valueText(knob, values[i]));
    }
    const auto run = runBehind(book, index);
    return ManyTr::tr("%1\n%2\nA click opens %3")
        .arg(parts.join(QStringLiteral(", ")), spreadWords(grid.valuesOf(cell, book.metric()), shownMetric(book)),
             run ? runWords(grid, *run, book.metric()) : QStringLiteral("-"));
}

widgets::ManyPicture manyPictureOf(const ManyBook &book, const Session &session)
{
    widgets::ManyPicture picture;
    if (book.isEmpty())
        return picture;
    const MetricSpec &metric = shownMetric(book);
    picture.title = titleFor(book, session);
    picture.sentence = QString::fromUtf8(metric.figure.word) + QStringLiteral(": ")
                       + spreadWords(book.plain()->valuesOf(0, book.metric()), metric);
    picture.dots = dotsOf(book);
    if (!book.grid())
        return picture;
    picture.map = mapOf(book);
    picture.mapTitle =
        isOneKnob(*book.grid())
            ? ManyTr::tr("%1 of %2 runs for each value").arg(picture.map.scale).arg(book.grid()->sweep().seeds)
            : ManyTr::tr("median %1 of %2 runs in each cell").arg(picture.map.scale).arg(book.grid()->sweep().seeds);
    return picture;
}

QByteArray manyTable(const ManyBook &book)
{
    const ManyRuns *of = book.grid() ? book.grid() : book.plain();
    if (!of)
        return {};
    const Sweep &sweep = of->sweep();
    const KnobAddresses addresses(*sweep.scenario);
    std::string table = "cell,";
    for (const SweepAxis &axis : sweep.axes)
        table += addresses.textOf(axis.knob, axis.target) + ",";
    table += "seed";
    for (const MetricSpec *metric : sweep.metrics)
        table += "," + std::string(metric->id());
    table += "\n";
    for (uint64_t run = 0; run < sweep.runs(); ++run) {
        table += std::to_string(sweep.cellOf(run)) + ",";
        const auto values = sweep.valuesOf(sweep.cellOf(run));
        for (size_t i = 0; i < values.size(); ++i)
            table += formatKnobValue(knobs()[sweep.axes[i].knob], values[i]) + ",";
        table += std::to_string(sweep.seedOf(run));
        for (size_t i = 0; i < sweep.metrics.size(); ++i) {
            const auto value = of->value(run, i);
            table += "," + (value ? shortNumber(*value) : std::string());
        }
        table += "\n";
    }
    return QByteArray::fromStdString(table);
}

} // namespace app
