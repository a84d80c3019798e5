// SPDX-License-Identifier: MIT
#pragma once

#include "core/config_error.h"
#include "core/decision.h"
#include "core/patterns/retry/retry_config.h"

#include <cstdint>
#include <optional>

namespace resilience {

/// Which endings get another answer. At least one.
struct FallbackConfig {
    bool onFailure = true; // the target said, or showed, that it failed; off = its errors reach the caller
    bool onTimeout = true; // no answer in time
    bool onRejection = true; // one of our own patterns said no, for want of time too

    /// The first field out of its range, or none.
    std::optional<ConfigError> validate() const;
    bool operator==(const FallbackConfig &) const = default;
};

/// How calls ended before any fallback, ever. `answered` are those of the failures, timeouts and rejections that were
/// to get another answer.
struct FallbackView {
    uint64_t successes = 0;
    uint64_t failures = 0;
    uint64_t timeouts = 0;
    uint64_t rejections = 0;
    uint64_t neutral = 0; // ignored and cancelled
    uint64_t answered = 0;

    bool operator==(const FallbackView &) const = default;
};

/// The fallback: decides which endings of a call (the primary) are replaced by another answer: a stored value, a
/// smaller service. Making that answer is the caller's.
///
/// A regular value; time plays no part in it. O(1), allocates nothing. Not thread-safe by itself.
///
/// Rules and where they come from. Every kind of ending can be chosen but the neutral ones: who cancelled wants no
/// answer, and an ignored error is meant for the caller (Polly's ShouldHandle leaves out cancellations too). A fallback
/// hides a failure from the caller only: breakers and counters are told of the primary's outcome.
class Fallback {
public:
    /// Throws InvalidConfig; nothing else here but reconfigure() throws.
    explicit Fallback(const FallbackConfig &config = {});

    /// How the primary ended, once for each call. True: answer with the fallback. `failure` is looked at after a
    /// Failure.
    bool onResult(Outcome outcome, const Failure &failure);

    const FallbackView &view() const { return m_view; }

    /// For the calls to come; what was counted stays. Throws InvalidConfig and then changes nothing.
    void reconfigure(const FallbackConfig &config);

    const FallbackConfig &config() const { return m_config; }
    bool operator==(const Fallback &) const = default;

private:
    FallbackConfig m_config;
    FallbackView m_view;
};

} // namespace resilience
