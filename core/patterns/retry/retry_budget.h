// SPDX-License-Identifier: MIT
#pragma once

#include "core/config_error.h"
#include "core/decision.h"
#include "core/ratio.h"
#include "core/time.h"

#include <array>
#include <cstdint>
#include <optional>

namespace resilience {

struct RetryBudgetConfig {
    Ratio ratio = Ratio::of(0.2); // retries per request, 0..1; larger = more load on a target that fails
    double minPerSecond = 10; // retries a second that are always allowed, 0..1,000,000: for targets with few requests
    /// How long requests and retries count, 1 us..1 hour; longer = steadier.
    GivenDuration window = std::chrono::seconds{10};

    std::optional<ConfigError> validate() const;
    bool operator==(const RetryBudgetConfig &) const = default;
};

struct RetryBudgetView {
    uint32_t requests = 0; // in the window
    uint32_t retries = 0; // in the window
    uint64_t allowed = 0; // so many retries may be in the window
    uint64_t available = 0; // of these, not yet used
    uint64_t permitted = 0; // retries, ever
    uint64_t rejected = 0; // retries, ever

    bool operator==(const RetryBudgetView &) const = default;
};

/// The retry budget, shared by all callers of a target: retries <= ratio x requests + floor per second x window, over a
/// sliding window. It keeps retries from multiplying the load on a target that already fails.
///
/// A regular value; every call takes `now`, and a `now` before the latest one counts as that one. Checking and adding
/// are one step; O(1), allocates nothing, judged in integers. Not thread-safe by itself.
///
/// The rule and its defaults are Finagle's (20 %, 10 a second, 10 s), except that Finagle forgets by leaking. Here the
/// window moves in steps of a tenth and errs on the side of fewer retries: a request counts while the whole tenth that
/// it came in lies inside the window, a retry until the whole tenth lies outside. So at no moment at which a retry is
/// permitted have there been more in the `window` before it than the requests of that same window allow.
class RetryBudget {
public:
    /// Throws InvalidConfig; nothing else here but reconfigure() throws.
    explicit RetryBudget(const RetryBudgetConfig &config = {});

    /// A first attempt goes out. A retry is not a request.
    void onRequest(Time now);
    /// Takes a retry from the budget, or says BudgetSpent; retryAfter then assumes that no request comes meanwhile.
    Decision tryAcquire(Time now);

    /// Changes nothing.
    RetryBudgetView view(Time now) const;

    /// New settings; what was counted stays. When the window's length changes, what the old one holds counts as of now:
    /// no retry that was made is forgotten. Throws InvalidConfig and then changes nothing.
    void reconfigure(const RetryBudgetConfig &config, Time now);

    const RetryBudgetConfig &config() const { return m_config; }
    bool operator==(const RetryBudget &) const = default;

private:
    static constexpr int64_t kBuckets = 12; // a retry lives in eleven tenths at most
    struct Bucket {
        int64_t tick = -1; // which tenth of a window since time zero; -1 = unused
        uint32_t requests = 0;
        uint32_t retries = 0;
        bool operator==(const Bucket &) const = default;
    };
    // In the window. They stop at their largest value.
    struct Counts {
        uint32_t requests = 0;
        uint32_t retries = 0;
        bool operator==(const Counts &) const = default;
    };

    void advance(Time now);
    void moveOn();
    int64_t firstOf(const Bucket &bucket) const { return bucket.tick * m_step; }
    int64_t lastOf(const Bucket &bucket) const;
    Counts countsAt(Time now) const;
    Time countsUntil() const;
    bool allowsOneMore(const Counts &counts) const;
    uint64_t allowedParts(const Counts &counts) const;
    std::optional<Duration> retryAfter() const;

    // What every call writes comes first, beside a lock that may guard it.
    Time m_now = kTimeZero;
    Time m_countsUntil = kTimeZero; // how long m_counts holds while nothing is counted
    Counts m_counts; // at m_now
    Bucket m_present{0, 0, 0}; // of m_now's tenth
    uint64_t m_permitted = 0;
    uint64_t m_rejected = 0;
    uint64_t m_floorParts; // minPerSecond x window, in Ratio::kParts of a retry
    RetryBudgetConfig m_config;
    int64_t m_step; // ns in a tenth, rounded up
    std::array<Bucket, kBuckets> m_past{};
};

} // namespace resilience
