// SPDX-License-Identifier: MIT
#pragma once

#include "core/config_error.h"
#include "core/names.h"
#include "core/time.h"

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace resilience {

/// Which of the past outcomes a breaker looks at.
struct OutcomeWindowConfig {
    enum class Kind : uint8_t {
        Consecutive, // only the unbroken run of failures up to now
        Count, // the last `calls` outcomes
        Timed, // the outcomes of the last `duration`, in ten buckets
    };

    Kind kind = Kind::Consecutive;
    uint32_t calls = 100; // Count: 1..1,000,000. Larger = steadier and slower to notice
    GivenDuration duration = std::chrono::seconds{10}; // Time: at least 10 ns

    std::optional<ConfigError> validate() const;
    bool operator==(const OutcomeWindowConfig &) const = default;
};
template <> struct Names<OutcomeWindowConfig::Kind> {
    static constexpr std::array all{"consecutive", "count", "time"};
};

/// What is in the window. `consecutiveFailures` is kept for every kind.
struct WindowCounts {
    uint32_t calls = 0;
    uint32_t failures = 0;
    uint32_t slow = 0;
    uint32_t consecutiveFailures = 0;

    bool operator==(const WindowCounts &) const = default;
};

/// The memory of a breaker. Adding is O(1) and allocates nothing; the storage of a count window (2 bits a call) is
/// allocated once, when it is built. A time window has ten buckets aligned to whole tenths of its duration and drops a
/// bucket once its start is `duration` old, so it sees between 0.9 and 1.0 of `duration` (the rule of Polly's rolling
/// window; resilience4j's is the same with one-second buckets). After a jump in time every expired bucket goes at once.
class OutcomeWindow {
public:
    /// Throws InvalidConfig.
    explicit OutcomeWindow(const OutcomeWindowConfig &config = {});

    void add(bool failed, bool slow, Time now);
    /// So many successes at once. Only for Consecutive, where it does not matter when they came.
    void addSuccesses(uint32_t calls);
    /// Counts as of `now`; reading never evicts. A `now` before the latest add counts as that.
    WindowCounts counts(Time now) const { return now <= m_countsUntil ? m_counts : countsLater(now); }
    /// As of the latest add(), without a copy: for a verdict after every call.
    const WindowCounts &latest() const { return m_counts; }
    void clear();

    const OutcomeWindowConfig &config() const { return m_config; }
    bool operator==(const OutcomeWindow &) const = default;

private:
    static constexpr int64_t kBuckets = 10;
    struct Bucket {
        int64_t tick = -1; // which tenth of the duration since time zero; -1 = unused
        uint32_t calls = 0;
        uint32_t failures = 0;
        uint32_t slow = 0;
        bool operator==(const Bucket &) const = default;
    };

    void addToRing(bool failed, bool slow);
    void addToBucket(bool failed, bool slow, Time now);
    void startTick(int64_t tick);
    WindowCounts countsLater(Time now) const;
    WindowCounts sumAt(int64_t tick) const;
    int64_t tickOf(Time t) const;
    Time endOf(int64_t tick) const;

    WindowCounts m_counts; // Timed: as of the latest tick
    Time m_countsUntil = kTimeMax; // how long m_counts holds while nothing is added. Timed: the end of the latest tick
    uint32_t m_next = 0; // Count: where in m_ring
    std::vector<uint64_t> m_ring; // Count: 32 calls a word, bit 0 = failed, bit 1 = slow
    int64_t m_latestTick = 0;
    OutcomeWindowConfig m_config;
    std::array<Bucket, kBuckets> m_buckets{};
};

} // namespace resilience
