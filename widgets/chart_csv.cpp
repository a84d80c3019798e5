// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chart_csv.h"

#include "core/sim/knobs.h"

#include <array>
#include <charconv>

namespace widgets {

using resilience::toSeconds;

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

std::string stateKey(resilience::BreakerState state)
{
    static constexpr std::array keys{"closed", "open", "half-open", "forced-open", "disabled", "metrics-only"};
    return keys[static_cast<size_t>(state)];
}

std::string gaugeKey(sim::GaugeKind kind)
{
    static constexpr std::array keys{"permits",      "slots_in_use", "slots_queued",
                                     "workers_busy", "queue",        "lock_believers"};
    return keys[static_cast<size_t>(kind)];
}

void addHeader(ChartKind kind, std::vector<std::string> &header)
{
    switch (kind) {
    case ChartKind::OutcomesPerSecond:
        for (const sim::RequestOutcome outcome : sim::kRequestOutcomes)
            header.push_back(std::string(key(outcome)) + "_per_s");
        break;
    case ChartKind::Latency:
        header.insert(header.end(), {"calls", "latency_mean_s", "latency_max_s"});
        break;
    case ChartKind::LatencyPercentiles:
        header.insert(header.end(), {"calls", "latency_median_s", "latency_p99_s"});
        break;
    case ChartKind::Load:
        header.insert(header.end(), {"offered_per_s", "sent_per_s", "arrived_per_s"});
        break;
    case ChartKind::Levels:
        break; // of no outcome
    }
}

void addFields(ChartKind kind, const sim::OutcomeBin &bin, double binSeconds, std::vector<std::string> &row)
{
    const auto timed = [&](double inSeconds) { row.push_back(bin.timed > 0 ? csvNumber(inSeconds) : ""); };
    const auto percentile = [&](double p) { timed(toSeconds(bin.durations.percentile(p).value_or(Duration{0}))); };
    switch (kind) {
    case ChartKind::OutcomesPerSecond:
        for (const uint32_t ended : bin.ended)
            row.push_back(csvNumber(ended / binSeconds));
        break;
    case ChartKind::Latency:
        row.push_back(std::to_string(bin.timed));
        timed(static_cast<double>(bin.durationSum) / bin.timed / 1e9);
        timed(static_cast<double>(bin.durationMax) / 1e9);
        break;
    case ChartKind::LatencyPercentiles:
        row.push_back(std::to_string(bin.timed));
        percentile(0.5);
        percentile(0.99);
        break;
    case ChartKind::Load:
        for (const uint32_t count : {bin.offered, bin.sent, bin.arrived})
            row.push_back(csvNumber(count / binSeconds));
        break;
    case ChartKind::Levels:
        break;
    }
}

} // namespace

QByteArray CsvTable::text() const
{
    QByteArray bytes = line(header);
    for (const auto &row : rows)
        bytes += line(row);
    return bytes;
}

CsvTable chartTable(ChartKind kind, const sim::OutcomeSeries &series)
{
    CsvTable table;
    const std::string width = seconds(series.binWidth());
    table.header = {"time_s", "bin_s"};
    addHeader(kind, table.header);
    for (size_t i = 0; i < series.bins().size(); ++i) {
        std::vector<std::string> row{seconds(series.binWidth() * static_cast<int64_t>(i)), width};
        addFields(kind, series.bins()[i], toSeconds(series.binWidth()), row);
        table.rows.push_back(std::move(row));
    }
    return table;
}

CsvTable chartTable(ChartKind kind, const TimeSource &source)
{
    if (kind != ChartKind::Levels)
        return chartTable(kind, source.outcomes);
    CsvTable table;
    table.header = {"time_s", "bin_s"};
    const sim::LevelSeries &levels = source.levels;
    for (size_t i = 0; i < levels.gauges().size(); ++i) {
        const std::string owner = source.gaugeOwners.value(static_cast<qsizetype>(i)).toStdString();
        table.header.push_back(gaugeKey(levels.gauges()[i].kind) + (owner.empty() ? "" : ":" + owner));
    }
    const size_t bins = levels.gauges().empty() ? 0 : levels.values(0).size();
    for (size_t bin = 0; bin < bins; ++bin) {
        std::vector<std::string> row{seconds(levels.binWidth() * static_cast<int64_t>(bin)),
                                     seconds(levels.binWidth())};
        for (size_t i = 0; i < levels.gauges().size(); ++i)
            row.push_back(csvNumber(levels.values(i)[bin]));
        table.rows.push_back(std::move(row));
    }
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
                                  name(source.breakers, breaker), stateKey(spans[i].state), "", ""});
    }
    for (const sim::FaultSpan &span : source.faults)
        table.rows.push_back({seconds(span.from), seconds(span.to.value_or(source.frontier)), "fault",
                              name(source.services, span.service), spec(span.kind).name,
                              spec(span.kind).hasValue() ? csvNumber(span.value) : "", spec(span.kind).unit()});
    for (const sim::KnobMark &mark : source.knobMarks) {
        const auto all = sim::knobs();
        if (mark.knob < all.size())
            table.rows.push_back(
                {seconds(mark.at), "", "knob", "", all[mark.knob].id, csvNumber(mark.value), all[mark.knob].unit});
    }
    return table;
}

} // namespace widgets
