// SPDX-License-Identifier: MIT
#include "core/sim/measure/chart_cells.h"

#include <algorithm>

namespace resilience::sim {

namespace {

int64_t ceilDiv(int64_t a, int64_t b) { return (a + b - 1) / b; }

// Gathers bins into cells, from left to right.
class Gathering {
public:
    explicit Gathering(const OutcomeSeries &series) : m_series(series) {}

    // All of bin `index`, whose cuts are [from, to).
    void take(size_t index, const OutcomeSeries::Cut *from, const OutcomeSeries::Cut *to)
    {
        OutcomeCounts taken;
        for (const auto *cut = from; cut != to; ++cut) {
            OutcomeCounts part = cut->before;
            part.subtract(taken);
            m_cell.counts.merge(part);
            taken = cut->before;
            close(cut->at, cut->event);
        }
        OutcomeCounts rest = m_series.bins()[index];
        rest.subtract(taken);
        m_cell.counts.merge(rest);
        if (from == to && index < m_series.durations().size())
            m_cell.durations.merge(m_series.durations()[index]);
    }
    void begin(Time from) { m_cell = {from, from, 0, {}, {}}; }
    // The cell ends; what took no time goes to the one before, to which it belongs.
    void close(Time to, uint64_t cutBy)
    {
        m_cell.to = to;
        if (m_cell.to > m_cell.from)
            m_cells.push_back(m_cell);
        else if (!m_cells.empty())
            m_cells.back().counts.merge(m_cell.counts);
        begin(to);
        m_cell.cutBy = cutBy;
    }
    std::vector<ChartCell> result() { return std::move(m_cells); }

private:
    const OutcomeSeries &m_series;
    ChartCell m_cell;
    std::vector<ChartCell> m_cells;
};

} // namespace

Duration roundDuration(Duration atLeast)
{
    constexpr int64_t largest = 5'000'000'000'000'000'000;
    int64_t decade = 1;
    while (decade <= largest / 50 && decade * 10 <= atLeast.count())
        decade *= 10;
    for (const int64_t factor : {1, 2, 5})
        if (decade * factor >= atLeast.count())
            return Duration{decade * factor};
    return Duration{std::min(decade, largest / 10) * 10};
}

Duration barWidth(Duration span, size_t most, Duration least, Duration grain)
{
    const Duration few = span / least >= 10 ? least : span / 25;
    const auto wanted = Duration{ceilDiv(span.count(), static_cast<int64_t>(std::max<size_t>(1, most)))};
    const Duration narrowest = std::max({few, wanted, grain});
    Duration width = roundDuration(narrowest);
    for (int i = 0; i < 3 && width % grain != Duration{0}; ++i) // 0.5 s does not come out of 0.2 s, but 1 s does
        width = roundDuration(width + Duration{1});
    return width % grain == Duration{0} ? width : grain * ceilDiv(narrowest.count(), grain.count());
}

std::vector<ChartCell> cellsOf(const OutcomeSeries &series, Time from, Time to, Duration width, bool cut)
{
    const int64_t group = width / series.binWidth();
    const auto bins = static_cast<int64_t>(series.bins().size());
    const int64_t first = std::max<int64_t>(0, from.time_since_epoch() / width);
    const int64_t end = std::min(ceilDiv(to.time_since_epoch().count(), width.count()), ceilDiv(bins, group));
    const auto &cuts = series.cuts();
    const auto *next = std::lower_bound(cuts.data(), cuts.data() + cuts.size(), at(width * first),
                                        [](const OutcomeSeries::Cut &one, Time t) { return one.at < t; });
    const auto *last = cut ? cuts.data() + cuts.size() : next;
    Gathering gathering(series);
    for (int64_t bar = first; bar < end; ++bar) {
        // A cut at its very beginning leaves the cell to the events after it.
        gathering.begin(at(width * bar));
        for (int64_t i = bar * group; i < std::min(bins, (bar + 1) * group); ++i) {
            const Time binEnd = at(series.binWidth() * (i + 1));
            const auto *cutsEnd = next;
            while (cutsEnd != last && cutsEnd->at < binEnd)
                ++cutsEnd;
            gathering.take(static_cast<size_t>(i), next, cutsEnd);
            next = cutsEnd;
        }
        gathering.close(at(width * (bar + 1)), 0);
    }
    return gathering.result();
}

} // namespace resilience::sim
