// SPDX-License-Identifier: MIT
#include "core/sim/sweep/sweep.h"

namespace resilience::sim {

uint64_t Sweep::cells() const
{
    uint64_t count = 1;
    for (const SweepAxis &axis : axes)
        count *= axis.values.size();
    return count;
}

std::vector<double> Sweep::valuesOf(uint64_t cell) const
{
    std::vector<double> values(axes.size());
    for (size_t i = axes.size(); i-- > 0; cell /= axes[i].values.size())
        values[i] = axes[i].values[cell % axes[i].values.size()];
    return values;
}

std::vector<TurnKnob> Sweep::turnsOf(uint64_t cell) const
{
    const auto values = valuesOf(cell);
    std::vector<TurnKnob> turns;
    for (size_t i = 0; i < axes.size(); ++i)
        turns.push_back({axes[i].knob, values[i], axes[i].target});
    return turns;
}

Journal Sweep::journalOf(uint64_t cell) const
{
    Journal all = journal;
    for (const TurnKnob &turn : turnsOf(cell))
        all.insert({kTimeZero, 0, turn});
    return all;
}

SweptRun sweptRun(const LeanRun &run, const std::vector<const MetricSpec *> &metrics)
{
    SweptRun result;
    for (const MetricSpec *metric : metrics)
        result.values.push_back(metric->read(run));
    result.fingerprint = run.world().fingerprint().text();
    result.refusal = run.refusal();
    return result;
}

std::optional<SweptRun> playSwept(const Sweep &sweep, uint64_t run, const std::function<bool()> &stop)
{
    constexpr uint64_t turnsBetweenLooks = 4096;
    LeanRun lean(*sweep.scenario, sweep.seedOf(run), sweep.journalOf(sweep.cellOf(run)), sweep.until);
    while (!lean.playOn(turnsBetweenLooks))
        if (stop && stop())
            return std::nullopt;
    return sweptRun(lean, sweep.metrics);
}

} // namespace resilience::sim
