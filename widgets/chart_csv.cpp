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
std::string number(double value)
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
    if (kind == ChartKind::OutcomesPerSecond)
        for (const sim::RequestOutcome outcome : sim::kRequestOutcomes)
            table.header.push_back(std::string(key(outcome)) + "_per_s");
    else if (kind == ChartKind::Latency)
        table.header.insert(table.header.end(), {"calls", "latency_mean_s", "latency_max_s"});
    else
        table.header.insert(table.header.end(), {"calls", "latency_median_s", "latency_p99_s"});
    for (size_t i = 0; i < series.bins().size(); ++i) {
        const sim::OutcomeBin &bin = series.bins()[i];
        std::vector<std::string> row{seconds(series.binWidth() * static_cast<int64_t>(i)), width};
        if (kind == ChartKind::OutcomesPerSecond) {
            for (const uint32_t ended : bin.ended)
                row.push_back(number(ended / toSeconds(series.binWidth())));
        } else if (kind == ChartKind::LatencyPercentiles) {
            row.push_back(std::to_string(bin.timed));
            for (const double share : {0.5, 0.99}) {
                const auto duration = bin.durations.percentile(share);
                row.push_back(duration ? number(toSeconds(*duration)) : "");
            }
        } else {
            row.push_back(std::to_string(bin.timed));
            row.push_back(bin.timed > 0 ? number(static_cast<double>(bin.durationSum) / bin.timed / 1e9) : "");
            row.push_back(bin.timed > 0 ? number(static_cast<double>(bin.durationMax) / 1e9) : "");
        }
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
    for (size_t client = 0; client < source.states.size(); ++client) {
        const auto &spans = source.states[client];
        for (size_t i = 0; i < spans.size(); ++i)
            table.rows.push_back({seconds(spans[i].from), seconds(i + 1 < spans.size() ? spans[i + 1].from : source.frontier),
                                  "state", name(source.clients, client), stateKey(spans[i].state), "", ""});
    }
    for (const sim::FaultSpan &span : source.faults)
        table.rows.push_back({seconds(span.from), seconds(span.to.value_or(source.frontier)), "fault",
                              name(source.services, span.service), spec(span.kind).name,
                              spec(span.kind).hasValue ? number(span.value) : "", spec(span.kind).unit});
    for (const sim::KnobMark &mark : source.knobMarks) {
        const auto all = sim::knobs();
        if (mark.knob < all.size())
            table.rows.push_back(
                {seconds(mark.at), "", "knob", "", all[mark.knob].id, number(mark.value), all[mark.knob].unit});
    }
    return table;
}

} // namespace widgets
