// SPDX-License-Identifier: MIT
#include "core/sim/sweep/run_band.h"

#include "core/sim/sweep/statistics.h"

#include <algorithm>

namespace resilience::sim {

namespace {

constexpr size_t kMostKnown = 64;

} // namespace

RunBand::RunBand(std::vector<OutcomeSeries> runs, Duration until) : m_runs(std::move(runs)), m_until(until) {}

const std::vector<BandCell> &RunBand::cells(const CurveSpec &curve, Duration width) const
{
    const std::pair key(&curve, width.count());
    const auto known = m_known.find(key);
    if (known != m_known.end())
        return known->second;
    if (m_known.size() >= kMostKnown)
        m_known.clear();
    return m_known.emplace(key, workOut(curve, width)).first->second;
}

std::vector<BandCell> RunBand::workOut(const CurveSpec &curve, Duration width) const
{
    for (const OutcomeSeries &run : m_runs)
        if (width <= Duration::zero() || width % run.binWidth() != Duration::zero())
            return {};
    std::vector<std::vector<ChartCell>> read;
    for (const OutcomeSeries &run : m_runs)
        read.push_back(cellsOf(run, kTimeZero, at(m_until), width, false));
    const auto count = static_cast<size_t>(m_until / width); // whole ones: one that still fills would look like a fall
    std::vector<BandCell> band;
    std::vector<double> values;
    for (size_t i = 0; i < count; ++i) {
        values.clear();
        for (const auto &cells : read)
            if (const auto value = curve.read(i < cells.size() ? cells[i] : ChartCell{}))
                values.push_back(*value);
        if (values.empty())
            continue;
        std::sort(values.begin(), values.end());
        const Time from = at(width * static_cast<int64_t>(i));
        band.push_back({from, from + width, quantile(values, 0.05), quantile(values, 0.5), quantile(values, 0.95)});
    }
    return band;
}

const CurveSpec *leadingCurve(const ChartSpec &chart)
{
    if (chart.curves.empty())
        return nullptr;
    for (const CurveSpec &curve : chart.curves)
        if (chart.perSide && curve.id == chart.perSide->id)
            return chart.perSide;
    return chart.form == ChartForm::Bars && chart.perSide ? chart.perSide : chart.curves.data();
}

} // namespace resilience::sim
