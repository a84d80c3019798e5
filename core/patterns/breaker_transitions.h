// SPDX-License-Identifier: MIT
#pragma once

#include "core/names.h"

#include <array>
#include <cstdint>
#include <optional>

// The breaker's transition table: the one place that says which state follows which. The engine looks moves up here,
// the stage draws its arrows from here, and a test walks every state x trigger pair.
namespace resilience {

enum class BreakerState : uint8_t { Closed, Open, HalfOpen, ForcedOpen, Disabled, MetricsOnly };
inline constexpr std::array kBreakerStates{BreakerState::Closed,     BreakerState::Open,     BreakerState::HalfOpen,
                                           BreakerState::ForcedOpen, BreakerState::Disabled, BreakerState::MetricsOnly};

enum class BreakerTrigger : uint8_t {
    ThresholdReached, // the window says: too many failures, or too many slow calls
    CallAfterWait, // a call asks at or after the end of the open wait
    TrialsPassed, // the half-open rule is content
    TrialsFailed, // the half-open rule is not
    TrialsExpired, // half_open_max_duration is over without a verdict
    ForceClosed, // an operator's hand, from any state
    ForceOpen,
    ForceHalfOpen,
    HoldOpen, // forced-open: reject all until released
    Disable, // permit all, record nothing, until released
    WatchOnly, // record, never open, until released
    Release,
};
inline constexpr std::array kBreakerTriggers{
    BreakerTrigger::ThresholdReached, BreakerTrigger::CallAfterWait, BreakerTrigger::TrialsPassed,
    BreakerTrigger::TrialsFailed,     BreakerTrigger::TrialsExpired, BreakerTrigger::ForceClosed,
    BreakerTrigger::ForceOpen,        BreakerTrigger::ForceHalfOpen, BreakerTrigger::HoldOpen,
    BreakerTrigger::Disable,          BreakerTrigger::WatchOnly,     BreakerTrigger::Release};

/// An operator keeps it there until releasing it.
constexpr bool isHeldByHand(BreakerState state)
{
    return state == BreakerState::ForcedOpen || state == BreakerState::Disabled || state == BreakerState::MetricsOnly;
}

struct BreakerTransition {
    BreakerState from;
    BreakerTrigger trigger;
    BreakerState to;
    constexpr bool operator==(const BreakerTransition &) const = default;
};

/// What the breaker does by itself: these are the arrows on the stage.
inline constexpr std::array kBreakerArrows{
    BreakerTransition{BreakerState::Closed, BreakerTrigger::ThresholdReached, BreakerState::Open},
    BreakerTransition{BreakerState::Open, BreakerTrigger::CallAfterWait, BreakerState::HalfOpen},
    BreakerTransition{BreakerState::HalfOpen, BreakerTrigger::TrialsPassed, BreakerState::Closed},
    BreakerTransition{BreakerState::HalfOpen, BreakerTrigger::TrialsFailed, BreakerState::Open},
    BreakerTransition{BreakerState::HalfOpen, BreakerTrigger::TrialsExpired, BreakerState::Open},
};

/// The state that follows, or none: the trigger means nothing there. An operator's trigger works from every state;
/// a Release only ends a hold, and always into a fresh closed state.
constexpr std::optional<BreakerState> nextState(BreakerState from, BreakerTrigger trigger)
{
    for (const BreakerTransition &arrow : kBreakerArrows)
        if (arrow.from == from && arrow.trigger == trigger)
            return arrow.to;
    switch (trigger) {
    case BreakerTrigger::ForceClosed:
        return BreakerState::Closed;
    case BreakerTrigger::ForceOpen:
        return BreakerState::Open;
    case BreakerTrigger::ForceHalfOpen:
        return BreakerState::HalfOpen;
    case BreakerTrigger::HoldOpen:
        return BreakerState::ForcedOpen;
    case BreakerTrigger::Disable:
        return BreakerState::Disabled;
    case BreakerTrigger::WatchOnly:
        return BreakerState::MetricsOnly;
    case BreakerTrigger::Release:
        return isHeldByHand(from) ? std::optional{BreakerState::Closed} : std::nullopt;
    default:
        return std::nullopt;
    }
}

template <> struct Names<BreakerState> {
    static constexpr std::array all{"closed", "open", "half-open", "forced-open", "disabled", "metrics-only"};
};
template <> struct Names<BreakerTrigger> {
    static constexpr std::array all{"threshold-reached", "call-after-wait", "trials-passed", "trials-failed",
                                    "trials-expired",    "force-closed",    "force-open",    "force-half-open",
                                    "hold-open",         "disable",         "watch-only",    "release"};
};

} // namespace resilience
