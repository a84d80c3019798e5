// SPDX-License-Identifier: MIT
#pragma once

#include "core/config_error.h"
#include "core/names.h"
#include "core/patterns/outcome_window.h"
#include "core/ratio.h"
#include "core/time.h"

#include <cstdint>
#include <optional>

namespace resilience {

/// How the trial calls of half-open are judged. What opened for slowness must not close on slow trials: where the
/// window counts slow calls, one slow trial fails AllSucceed, and the rates judge slow trials by their own threshold.
enum class HalfOpenRule : uint8_t {
    AllSucceed, // one failure re-opens; half_open_max_calls successes close
    Rate, // once all trial calls are in, the window's two rate thresholds decide
    RateEarly, // as Rate, as soon as the verdict cannot change any more
};
template <> struct Names<HalfOpenRule> {
    static constexpr std::array all{"all_succeed", "rate", "rate_early"};
};

struct CircuitBreakerConfig {
    OutcomeWindowConfig window; // default: consecutive failures
    uint32_t failureThreshold = 5; // consecutive window: failures in a row that open, >= 1
    Ratio failureRateThreshold = Ratio::of(0.5); // count, time window: share of failures that opens, above 0, up to 1
    uint32_t minimumCalls = 10; // count, time window: no verdict before so many, >= 1
    GivenDuration slowCallDuration = std::chrono::seconds{60}; // a call is slow when it took strictly longer, > 0
    Ratio slowCallRateThreshold = Ratio::of(1.0); // count, time window: share of slow calls that opens, as above
    GivenDuration openDuration = std::chrono::seconds{30}; // the first wait in open, > 0
    double openDurationMultiplier = 1.0; // each further opening in a row waits so many times longer, 1..1000
    std::optional<GivenDuration> maxOpenDuration; // where that growth ends, >= openDuration; none = one hour, or
                                                  // openDuration where that is longer
    uint32_t halfOpenMaxCalls = 3; // trial calls, >= 1
    std::optional<uint32_t> halfOpenMaxConcurrent; // of these under way at once, >= 1; none = all of them
    HalfOpenRule halfOpenRule = HalfOpenRule::AllSucceed;
    /// For how long trials may be under way, or none come at all, before half-open opens again; none given =
    /// openDuration, zero = for ever. A limit for stuck work: while every trial is back it waits for the next call,
    /// however long.
    std::optional<GivenDuration> halfOpenMaxDuration;

    /// Two well-known faulty variants, kept to be shown beside the right behaviour. Never switch them on in production.
    struct FaultyVariant {
        bool waitNotRestarted = false; // a failed trial does not restart the open wait: the next call tries at once
        bool unlimitedTrials = false; // half-open counts successes instead of trials: every caller gets through
        bool operator==(const FaultyVariant &) const = default;
    } faultyVariant{};

    /// The length of the k-th open wait in a row (k from 1): openDuration x multiplier^(k-1), up to the longest
    /// allowed.
    Duration openWait(uint32_t k) const;
    bool countsSlowCalls() const { return window.kind != OutcomeWindowConfig::Kind::Consecutive; }
    /// As halfOpenMaxDuration says; zero = for ever.
    Duration halfOpenPatience() const { return halfOpenMaxDuration.value_or(openDuration); }

    /// The first field out of its range, or none. A threshold is checked even where the window's kind has no use for
    /// it.
    std::optional<ConfigError> validate() const;
    bool operator==(const CircuitBreakerConfig &) const = default;
};

} // namespace resilience
