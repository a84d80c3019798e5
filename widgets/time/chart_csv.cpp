// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/time/chart_csv.h"

#include "core/sim/world/knobs.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace widgets {

namespace {

QByteArray field(const std::string &text)
{
    QByteArray bytes = QByteArray::fromStdString(text);
    if (bytes.contains(',') || bytes.contains('"') || bytes.contains('\n') || bytes.contains('\r'))
        bytes = '"' + bytes.replace("\"", "\"\"") + '"';
    return bytes;
}

QByteArray line(const std::vector<std::string> &fields)
{
    QByteArray bytes;
    for (size_t i = 0; i < fields.size(); ++i)
        bytes += (i > 0 ? "," : "") + field(fields[i]);
    return bytes + "\r\n";
}

// The shortest decimal that reads back as the same number, with a point in every locale.
template <typename Float> std::string csvNumber(Float value)
{
    std::array<char, 32> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value);
    return {digits.data(), end.ptr};
}

// Whole ns, written out in seconds without going through a binary fraction.
std::string seconds(resilience::Duration d)
{
    const int64_t ns = d.count();
    std::string fraction = std::to_string(ns % 1'000'000'000);
    fraction.insert(0, 9 - fraction.size(), '0');
    fraction.erase(fraction.find_last_not_of('0') + 1);
    return std::to_string(ns / 1'000'000'000) + (fraction.empty() ? "" : "." + fraction);
}
std::string seconds(resilience::Time t) { return seconds(t.time_since_epoch()); }

constexpr size_t kMostRows = 240; // of bars

void addRows(CsvTable &table, const sim::ChartSpec &chart, const sim::OutcomeSeries &series, Time end,
             const std::vector<std::string> &side)
{
    for (const sim::ChartCell &cell :
         sim::chartCells(chart, series, resilience::kTimeZero, end, kMostRows, !side.empty())) {
        std::vector<std::string> row{seconds(cell.from), seconds(cell.to - cell.from)};
        row.insert(row.end(), side.begin(), side.end());
        for (const sim::CurveSpec &curve : chart.curves) {
            const auto value = curve.read(cell);
            row.push_back(value ? csvNumber(*value) : std::string());
        }
        table.rows.push_back(std::move(row));
    }
}

// Every moment that a row is for: edges, bends and jumps.
std::vector<Time> momentsOf(const sim::LevelSeries &levels, const std::vector<size_t> &gauges, Time end, Duration edge)
{
    std::vector<Time> moments;
    for (Duration t{}; resilience::at(t) < end; t += edge)
        moments.push_back(resilience::at(t));
    moments.push_back(end);
    for (const size_t gauge : gauges)
        for (size_t i = 0; i < levels.path(gauge).size() && levels.path(gauge)[i].at <= end; ++i)
            moments.push_back(levels.path(gauge)[i].at);
    std::sort(moments.begin(), moments.end());
    moments.erase(std::unique(moments.begin(), moments.end()), moments.end());
    return moments;
}

// To a millionth, which is more than bends are told apart by.
std::string csvLevel(double level) { return csvNumber(std::round(level * 1e6) / 1e6); }

CsvTable levelsTable(const sim::ChartSpec &chart, const TimeSource &source)
{
    CsvTable table{{"time_s"}, {}};
    const sim::LevelSeries &levels = source.levels;
    std::vector<size_t> gauges;
    for (size_t i = 0; i < levels.gauges().size(); ++i) {
        const sim::Gauge &gauge = levels.gauges()[i];
        if (!shows(chart, gauge))
            continue;
        gauges.push_back(i);
        const std::string owner = source.gaugeOwners.value(static_cast<qsizetype>(i)).toStdString();
        table.header.push_back(std::string(spec(gauge).id) + (owner.empty() ? "" : ":" + owner));
    }
    const Duration length = source.frontier.time_since_epoch();
    const Duration edge = sim::roundDuration(std::max(Duration{1}, length / static_cast<int64_t>(kMostRows)));
    std::vector<size_t> next(gauges.size(), 0); // of each: its first point not yet passed
    for (const Time t : momentsOf(levels, gauges, source.frontier, edge)) {
        std::vector<std::string> before{seconds(t)};
        std::vector<std::string> after{seconds(t)};
        for (size_t i = 0; i < gauges.size(); ++i) {
            const sim::LevelPath &path = levels.path(gauges[i]);
            const double value = path.valueAt(t).value_or(0);
            const bool bends = next[i] < path.size() && path[next[i]].at == t;
            before.push_back(csvLevel(bends ? path[next[i]].before : value));
            after.push_back(csvLevel(value));
            next[i] += bends;
        }
        if (before != after)
            table.rows.push_back(std::move(before));
        table.rows.push_back(std::move(after));
    }
    return table;
}

} // namespace

QByteArray CsvTable::text() const
{
    QByteArray bytes = line(header);
    for (const auto &row : rows)
        bytes += line(row);
    return bytes;
}

CsvTable chartTable(const sim::ChartSpec &chart, const TimeSource &source)
{
    if (chart.form == sim::ChartForm::Levels)
        return levelsTable(chart, source);
    CsvTable table{{"time_s", "bin_s"}, {}};
    if (!source.sides.empty())
        table.header.emplace_back("side");
    for (const sim::CurveSpec &curve : chart.curves)
        table.header.emplace_back(curve.id);
    if (source.sides.empty())
        addRows(table, chart, source.outcomes, source.frontier, {});
    for (size_t side = 0; side < source.sides.size(); ++side)
        addRows(table, chart, source.outcomesOf[side], source.frontier, {source.sides[side].name});
    return table;
}

CsvTable lanesTable(const TimeSource &source)
{
    CsvTable table;
    table.header = {"from_s", "to_s", "kind", "of", "what", "value", "unit"};
    const auto name = [](const QStringList &names, size_t index) {
        return names.value(static_cast<qsizetype>(index)).toStdString();
    };
    for (size_t breaker = 0; breaker < source.states.size(); ++breaker) {
        const auto &spans = source.states[breaker];
        for (size_t i = 0; i < spans.size(); ++i)
            table.rows.push_back({seconds(spans[i].from),
                                  seconds(i + 1 < spans.size() ? spans[i + 1].from : source.frontier), "state",
                                  name(source.breakers, breaker), resilience::name(spans[i].state), "", ""});
    }
    for (const sim::FaultSpan &span : source.faults)
        table.rows.push_back({seconds(span.from), seconds(span.to.value_or(source.frontier)), "fault",
                              nameOf(span.target, source.components), spec(span.kind).name,
                              spec(span.kind).hasValue() ? csvNumber(span.value) : "", spec(span.kind).unit()});
    for (size_t i = 0; i < source.knobMarks.size(); ++i) {
        const sim::KnobMark &mark = source.knobMarks[i];
        const auto all = sim::knobs();
        if (mark.knob < all.size())
            table.rows.push_back({seconds(mark.at), "", "knob", name(source.knobOwners, i), all[mark.knob].id,
                                  csvNumber(mark.value), all[mark.knob].unit});
    }
    return table;
}

} // namespace widgets
