// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sweep/many_runs.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <sys/resource.h>

namespace app {

using namespace resilience;
using namespace resilience::sim;

namespace {

// Of the calling thread, so that the window always comes first. Linux has it for each thread.
void stepBack()
{
    constexpr int behindOthers = 10;
    static thread_local const int once = ::setpriority(PRIO_PROCESS, 0, behindOthers);
    static_cast<void>(once);
}

} // namespace

ManyRuns::ManyRuns(Request request, unsigned threads) : m_request(std::move(request)), m_slots(m_request.sweep.runs())
{
    m_work = std::make_unique<SweepWork>(m_request.sweep.runs(), threads, [this](uint64_t run) {
        stepBack();
        return play(run);
    });
}

ManyRuns::~ManyRuns() { cancel(); }

void ManyRuns::cancel()
{
    m_stop = true;
    m_work->stop();
}

bool ManyRuns::play(uint64_t run)
{
    constexpr uint64_t turnsBetweenLooks = 4096;
    const Sweep &sweep = m_request.sweep;
    RunTally tally(m_request.keepSeries ? m_request.binWidth : Duration{std::chrono::seconds{1}}, m_request.durations);
    if (m_request.keepSeries && !m_request.side.empty())
        tally.keepSide(m_request.side);
    LeanRun lean(*sweep.scenario, sweep.seedOf(run), sweep.journalOf(sweep.cellOf(run)), sweep.until, std::move(tally));
    while (!lean.playOn(turnsBetweenLooks))
        if (m_stop)
            return false;
    Slot &slot = m_slots[run];
    if (!lean.refusal()) {
        slot.values = sweptRun(lean, sweep.metrics).values;
        if (m_request.keepSeries)
            slot.series = lean.tally().sideSeries();
    }
    slot.ready.store(true, std::memory_order_release);
    return true;
}

std::optional<double> ManyRuns::value(uint64_t run, size_t metric) const
{
    const Slot &slot = m_slots[run];
    if (!slot.ready.load(std::memory_order_acquire) || metric >= slot.values.size())
        return std::nullopt;
    return slot.values[metric];
}

std::vector<double> ManyRuns::valuesOf(uint64_t cell, size_t metric) const
{
    std::vector<double> values;
    const uint64_t seeds = m_request.sweep.seeds;
    for (uint64_t run = cell * seeds; run < (cell + 1) * seeds; ++run)
        if (const auto one = value(run, metric))
            values.push_back(*one);
    return values;
}

std::optional<uint64_t> ManyRuns::runAt(uint64_t cell, size_t metric, double share) const
{
    std::vector<std::pair<double, uint64_t>> order;
    const bool more = m_request.sweep.metrics[metric]->figure.moreIsBetter;
    const uint64_t seeds = m_request.sweep.seeds;
    for (uint64_t run = cell * seeds; run < (cell + 1) * seeds; ++run)
        if (const auto one = value(run, metric))
            order.emplace_back(more ? *one : -*one, run);
    if (order.empty())
        return std::nullopt;
    std::sort(order.begin(), order.end());
    return order[static_cast<size_t>(std::lround(share * static_cast<double>(order.size() - 1)))].second;
}

std::shared_ptr<const RunBand> ManyRuns::band()
{
    if (m_band || !m_request.keepSeries || running())
        return m_band;
    std::vector<OutcomeSeries> series;
    for (Slot &slot : m_slots)
        if (slot.ready.load(std::memory_order_acquire) && slot.series)
            series.push_back(std::move(*slot.series));
    if (!series.empty())
        m_band = std::make_shared<const RunBand>(std::move(series), m_request.sweep.until);
    return m_band;
}

Timeline ManyRuns::timeline(uint64_t run) const
{
    const Sweep &sweep = m_request.sweep;
    return {sweep.scenario, sweep.seedOf(run), sweep.journalOf(sweep.cellOf(run))};
}

} // namespace app
