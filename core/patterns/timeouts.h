// SPDX-License-Identifier: MIT
#pragma once

#include "core/config_error.h"
#include "core/deadline.h"
#include "core/decision.h"
#include "core/time.h"

#include <cstdint>
#include <optional>

namespace resilience {

/// Connecting and reading apart, because a connect timeout proves that nothing was sent; one attempt and the whole call
/// apart, because a call may make several. Each > 0; none = no limit of its own.
struct TimeoutConfig {
    /// Until the connection stands; longer = slower to notice a dead host.
    std::optional<GivenDuration> connect = std::chrono::seconds{1};
    std::optional<GivenDuration> read = std::chrono::seconds{5}; // from then until the answer is there
    std::optional<GivenDuration> attempt; // one attempt, connecting included
    std::optional<GivenDuration> total; // all attempts and the waits between them

    std::optional<ConfigError> validate() const;
    bool operator==(const TimeoutConfig &) const = default;
};

/// Which limit was the shortest, for the message to the user.
enum class TimeoutSource : uint8_t { None, Connect, Read, Attempt, Total };

/// What an attempt may take. A timeout is a failure of the target; the caller's cancellation is neutral.
struct TimeLimit {
    /// DeadlinePassed: nothing is left, so nothing must be sent.
    Rejection rejection = Rejection::None;
    std::optional<Duration> limit; // > 0; none = for ever
    TimeoutSource source = TimeoutSource::None;

    constexpr bool permitted() const { return rejection == Rejection::None; }
    bool operator==(const TimeLimit &) const = default;
};

/// The timeouts of one call. A regular value; nothing here allocates.
class Timeouts {
public:
    /// Throws InvalidConfig.
    explicit Timeouts(const TimeoutConfig &config = {});

    /// A call that begins now ends here: after `total`, or when its caller's own deadline ends, whichever is earlier.
    Deadline callDeadline(Time now, const Deadline &callers = {}) const;
    /// An attempt that begins now ends here: after `attempt`, or with its call.
    Deadline attemptDeadline(Time now, const Deadline &call) const;

    /// How long connecting, or reading, may take from now: min(configured, what remains of the attempt). `attempt` is
    /// attemptDeadline(); `call` only tells whose limit it was.
    TimeLimit connectLimit(Time now, const Deadline &attempt, const Deadline &call) const;
    TimeLimit readLimit(Time now, const Deadline &attempt, const Deadline &call) const;

    const TimeoutConfig &config() const { return m_config; }
    bool operator==(const Timeouts &) const = default;

private:
    TimeoutConfig m_config;
};

} // namespace resilience
