// SPDX-License-Identifier: MIT
#include "core/sim/measure/outcome_series.h"

#include <algorithm>
#include <numeric>

namespace resilience::sim {

uint32_t OutcomeCounts::notSucceeded() const
{
    return std::accumulate(ended.begin(), ended.end(), 0U) - of(RequestOutcome::Succeeded);
}

bool OutcomeCounts::add(const Event &event)
{
    const bool originals = !event.caller;
    const bool isSent = originals && event.as<Sent>();
    const bool isArrived = originals && event.as<ReachedService>();
    const bool isOffered = event.as<Offered>();
    const auto *answered = originals ? event.as<Answered>() : nullptr;
    const bool isForNobody = answered && answered->forNobody;
    if (!event.ends && !isSent && !isArrived && !isOffered && !isForNobody)
        return false;
    offered += isOffered;
    sent += isSent;
    arrived += isArrived;
    arrivedAgain += isArrived && event.attempt > 1;
    forNobody += isForNobody;
    if (!event.ends)
        return true;
    ++ended[static_cast<size_t>(event.ends->outcome)];
    fellBack += event.ends->fellBack;
    if (event.ends->attempts > 0) {
        ++timed;
        durationSum += event.ends->took.count();
        durationMax = std::max<int64_t>(durationMax, event.ends->took.count());
    }
    return true;
}

void OutcomeCounts::merge(const OutcomeCounts &other)
{
    for (size_t i = 0; i < kOutcomeCount; ++i)
        ended[i] += other.ended[i];
    for (const auto count : counts())
        this->*count += other.*count;
    durationSum += other.durationSum;
    durationMax = std::max(durationMax, other.durationMax);
}

void OutcomeCounts::subtract(const OutcomeCounts &part)
{
    for (size_t i = 0; i < kOutcomeCount; ++i)
        ended[i] -= part.ended[i];
    for (const auto count : counts())
        this->*count -= part.*count;
    durationSum -= part.durationSum;
}

// The next round width: 1, 2, 10, 20, 100, ... or 1, 5, 10, 50, ...: always a multiple of the one before.
void OutcomeSeries::widen()
{
    int64_t digit = m_width.count();
    while (digit % 10 == 0)
        digit /= 10;
    const int64_t factor = digit == 2 ? 5 : 2;
    for (Cut &cut : m_cuts) {
        const auto bin = static_cast<int64_t>(binOf(cut.at));
        for (int64_t i = bin - bin % factor; i < bin; ++i)
            cut.before.merge(m_bins[static_cast<size_t>(i)]);
    }
    const auto group = [factor](auto &bins) {
        const auto size = static_cast<size_t>(factor);
        for (size_t i = 0; i < bins.size(); ++i) {
            if (i % size == 0)
                bins[i / size] = bins[i];
            else
                bins[i / size].merge(bins[i]);
        }
        bins.resize((bins.size() + size - 1) / size);
    };
    group(m_bins);
    group(m_durations);
    m_width *= factor;
}

// The bin of `t`, which is made when it is missing.
size_t OutcomeSeries::reach(Time t)
{
    while (binOf(t) >= kMaxBins)
        widen();
    const size_t bin = binOf(t);
    if (bin >= m_bins.size()) {
        m_bins.resize(bin + 1);
        if (m_keeps == Durations::Kept)
            m_durations.resize(bin + 1);
    }
    return bin;
}

void OutcomeSeries::add(const Event &event)
{
    OutcomeCounts counts;
    if (!counts.add(event))
        return;
    const size_t bin = reach(event.at);
    m_bins[bin].merge(counts);
    if (m_keeps == Durations::Kept && counts.timed > 0)
        m_durations[bin].add(event.ends->took);
}

void OutcomeSeries::cut(Time at, uint64_t event)
{
    const size_t bin = reach(at);
    if (!m_cuts.empty() && m_cuts.back().at == at)
        m_cuts.pop_back(); // what lies between the two took no time
    m_cuts.push_back({at, event, m_bins[bin]});
    if (m_cuts.size() > kMaxCuts) {
        m_cuts.erase(m_cuts.begin(), m_cuts.begin() + kMaxCuts / 2);
        ++m_forgotten;
    }
}

OutcomeSeries::Mark OutcomeSeries::mark() const
{
    return {m_width,
            m_bins.size(),
            m_bins.empty() ? OutcomeCounts{} : m_bins.back(),
            m_durations.empty() ? DurationHistogram{} : m_durations.back(),
            m_cuts.size(),
            m_cuts.empty() ? Cut{} : m_cuts.back(),
            m_forgotten};
}

void OutcomeSeries::cutBack(const Mark &mark)
{
    m_bins.resize(mark.bins);
    m_durations.resize(std::min(mark.bins, m_durations.size()));
    m_cuts.resize(mark.cuts);
    if (!m_bins.empty())
        m_bins.back() = mark.lastBin;
    if (!m_durations.empty())
        m_durations.back() = mark.lastDurations;
    if (!m_cuts.empty())
        m_cuts.back() = mark.lastCut;
}

} // namespace resilience::sim
