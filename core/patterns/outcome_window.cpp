// SPDX-License-Identifier: MIT
#include "core/patterns/outcome_window.h"

#include "core/config_text.h"

#include <algorithm>
#include <limits>

namespace resilience {

namespace {

constexpr uint32_t kMaxCalls = 1'000'000;
constexpr uint32_t kCallsPerWord = 32;

constexpr uint32_t wordsFor(uint32_t calls) { return (calls + kCallsPerWord - 1) / kCallsPerWord; }

// Counters stop at their largest value instead of starting again at zero.
void raise(uint32_t &counter, uint32_t more)
{
    counter += std::min(more, std::numeric_limits<uint32_t>::max() - counter);
}

} // namespace

std::optional<ConfigError> OutcomeWindowConfig::validate() const
{
    if (kind == Kind::Count && (calls < 1 || calls > kMaxCalls))
        return ConfigError{"window.size", std::to_string(calls), "1 to 1000000 calls"};
    if (kind == Kind::Timed && duration < Duration{10})
        return ConfigError{"window.size", secondsText(duration), "at least 10 ns"};
    return std::nullopt;
}

OutcomeWindow::OutcomeWindow(const OutcomeWindowConfig &config) : m_config(config)
{
    if (auto error = config.validate())
        throw InvalidConfig(*error);
    if (config.kind == OutcomeWindowConfig::Kind::Count)
        m_ring.resize(wordsFor(config.calls));
    if (config.kind == OutcomeWindowConfig::Kind::Timed)
        startTick(0);
}

void OutcomeWindow::add(bool failed, bool slow, Time now)
{
    if (failed)
        raise(m_counts.consecutiveFailures, 1);
    else
        m_counts.consecutiveFailures = 0;

    switch (m_config.kind) {
    case OutcomeWindowConfig::Kind::Consecutive:
        raise(m_counts.calls, 1);
        m_counts.failures = m_counts.consecutiveFailures;
        break;
    case OutcomeWindowConfig::Kind::Count:
        addToRing(failed, slow);
        break;
    case OutcomeWindowConfig::Kind::Timed:
        addToBucket(failed, slow, now);
        break;
    }
}

void OutcomeWindow::addSuccesses(uint32_t calls)
{
    raise(m_counts.calls, calls);
    m_counts.failures = 0;
    m_counts.consecutiveFailures = 0;
}

WindowCounts OutcomeWindow::countsLater(Time now) const { return sumAt(tickOf(now)); }

void OutcomeWindow::clear()
{
    if (m_config.kind == OutcomeWindowConfig::Kind::Count)
        std::fill_n(m_ring.begin(), wordsFor(m_counts.calls), 0); // the rest is still empty
    m_counts = {};
    m_next = 0;
    m_buckets = {};
    if (m_config.kind == OutcomeWindowConfig::Kind::Timed)
        startTick(0);
}

void OutcomeWindow::addToRing(bool failed, bool slow)
{
    uint64_t &word = m_ring[m_next / kCallsPerWord];
    const uint32_t shift = 2 * (m_next % kCallsPerWord);
    if (m_counts.calls == m_config.calls) {
        const uint64_t evicted = word >> shift;
        m_counts.failures -= evicted & 1U;
        m_counts.slow -= (evicted >> 1U) & 1U;
    } else {
        ++m_counts.calls;
    }
    const uint64_t entry = static_cast<uint64_t>(failed) | (static_cast<uint64_t>(slow) << 1U);
    word = (word & ~(uint64_t{3} << shift)) | (entry << shift);
    m_counts.failures += failed;
    m_counts.slow += slow;
    m_next = m_next + 1 == m_config.calls ? 0 : m_next + 1;
}

void OutcomeWindow::addToBucket(bool failed, bool slow, Time now)
{
    if (now > m_countsUntil)
        startTick(tickOf(now));
    Bucket &bucket = m_buckets[static_cast<size_t>(m_latestTick % kBuckets)];
    raise(bucket.calls, 1);
    raise(bucket.failures, failed);
    raise(bucket.slow, slow);
    raise(m_counts.calls, 1);
    raise(m_counts.failures, failed);
    raise(m_counts.slow, slow);
}

// The buckets are gone through once a tick, not at every call.
void OutcomeWindow::startTick(int64_t tick)
{
    m_latestTick = tick;
    m_countsUntil = endOf(tick);
    m_buckets[static_cast<size_t>(tick % kBuckets)] = Bucket{tick, 0, 0, 0};
    m_counts = sumAt(tick);
}

WindowCounts OutcomeWindow::sumAt(int64_t tick) const
{
    WindowCounts sum;
    sum.consecutiveFailures = m_counts.consecutiveFailures;
    for (const Bucket &bucket : m_buckets) {
        if (bucket.tick < 0 || bucket.tick <= tick - kBuckets)
            continue;
        raise(sum.calls, bucket.calls);
        raise(sum.failures, bucket.failures);
        raise(sum.slow, bucket.slow);
    }
    return sum;
}

// Tenth i of a duration begins at i x duration / 10, rounded up, so that a bucket and the one ten later are exactly one
// duration apart, also where the duration is no multiple of ten.
int64_t OutcomeWindow::tickOf(Time t) const
{
    // Times before the start share tick 0: nothing is older than the run.
    const int64_t now = std::max<int64_t>(0, t.time_since_epoch().count());
    const int64_t duration = m_config.duration.count();
    const int64_t width = duration / kBuckets;
    const int64_t rest = duration % kBuckets;
    const int64_t inside = now % duration;
    int64_t tenth = std::min(inside / width, kBuckets - 1);
    while (inside < tenth * width + (tenth * rest + kBuckets - 1) / kBuckets)
        --tenth;
    return now / duration * kBuckets + tenth;
}

// The last moment of a tick; of one that reaches beyond the end of time, that end.
Time OutcomeWindow::endOf(int64_t tick) const
{
    const int64_t duration = m_config.duration.count();
    const int64_t tenths = tick % kBuckets + 1;
    const int64_t inside = tenths * (duration / kBuckets) + (tenths * (duration % kBuckets) + kBuckets - 1) / kBuckets;
    return saturatingAdd(at(Duration{tick / kBuckets * duration}), Duration{inside - 1});
}

} // namespace resilience
