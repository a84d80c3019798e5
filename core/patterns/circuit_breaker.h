// SPDX-License-Identifier: MIT
#pragma once

#include "core/config_error.h"
#include "core/decision.h"
#include "core/patterns/breaker_transitions.h"
#include "core/patterns/circuit_breaker_config.h"
#include "core/patterns/outcome_window.h"
#include "core/time.h"

#include <cstdint>
#include <optional>

namespace resilience {

/// Everything there is to see, as of one moment.
struct BreakerView {
    BreakerState state = BreakerState::Closed;
    Time since; // when this state began
    uint64_t generation = 0; // grows with every transition
    std::optional<BreakerTrigger> lastTrigger; // what led here; none at the start
    WindowCounts window; // closed and metrics-only: the calls that count now
    uint32_t openingsInARow = 0;
    std::optional<Time> openUntil; // open: when a call may try
    bool halfOpenAllowed = false; // open, and the wait is over: the next call will be a trial
    std::optional<Time> halfOpenDeadline; // half-open: when patience ends; none = every trial is back, or for ever
    uint32_t trialsGiven = 0; // half-open: permits out or judged
    uint32_t trialsSucceeded = 0;
    uint32_t trialsFailed = 0; // under AllSucceed slow ones too, where the window counts them
    uint32_t trialsSlow = 0;
    uint64_t late = 0; // results that came after their generation ended, ever
    /// What the counters said when lastTrigger moved the state; "why did it open" has its numbers here.
    WindowCounts lastWindow;
    uint32_t lastTrialsSucceeded = 0;
    uint32_t lastTrialsFailed = 0;
    uint32_t lastTrialsSlow = 0;

    bool operator==(const BreakerView &) const = default;
};

/// The circuit breaker: stops calling a target that fails, waits, tries a few calls, and closes when they succeed.
///
/// A regular value: copying one is a checkpoint. Every call takes `now`; a `now` before the latest one counts as that
/// one, and never moves the state. tryAcquire and onResult are O(1) and allocate nothing. Not thread-safe by itself.
///
/// Rules and where they come from. Half-open is entered by the first call at or after the end of the wait, never by a
/// timer or by looking (gobreaker, Polly). A result of an older generation is counted as late and does nothing else
/// (gobreaker; resilience4j lets it move the state). Rates open at >= the threshold (resilience4j) and are judged on
/// successes too. Half-open is finite by default: a trial that never ends must not keep the breaker there for ever;
/// but with every trial back it waits for the next call, so that few calls can close it too. Ignored and cancelled
/// calls give their trial back (resilience4j's releasePermission).
class CircuitBreaker {
public:
    /// Throws InvalidConfig; nothing else here throws.
    explicit CircuitBreaker(const CircuitBreakerConfig &config = {});

    Decision tryAcquire(Time now);
    /// `took` = how long the call took; only compared with slowCallDuration.
    Recorded onResult(Permit permit, Outcome outcome, GivenDuration took, Time now);

    /// Successful results of so many permits of this generation, at least one; only while ignoresTime().
    void onSuccesses(uint32_t calls) { m_window.addSuccesses(calls); }

    /// The next moment at which the state moves by itself: the end of half-open's patience. None otherwise.
    std::optional<Time> nextDeadline() const;
    void onDeadline(Time now);

    /// State and counters as they stand at `now`, an expired half-open already shown as open. Changes nothing.
    BreakerView view(Time now) const;

    /// An operator's hand: ForceClosed, ForceOpen, ForceHalfOpen, HoldOpen, Disable, WatchOnly, Release. Each begins
    /// anew, in the same state too: a new generation, empty counters, a whole wait; what is under way will be late.
    /// Opening what is open is no further opening in a row. False, and nothing done, when the table knows no such move.
    bool force(BreakerTrigger trigger, Time now);

    /// Takes over new settings and keeps the state. The window is emptied only if its own settings changed; a wait in
    /// progress becomes as long as the new settings say, counted from its start; half-open decides at once when the new
    /// settings leave nothing to wait for. Never back-dated. Throws InvalidConfig and then changes nothing.
    void reconfigure(const CircuitBreakerConfig &config, Time now);

    const CircuitBreakerConfig &config() const { return m_config; }
    /// The stored state, as of the latest call; view() also knows what time alone has changed since.
    BreakerState state() const { return m_state; }
    uint64_t generation() const { return m_generation; }
    /// Closed, and failures are counted in a row: until one comes, no answer depends on the time, nor on how long a
    /// call took, and successes may be handed in later, together.
    bool ignoresTime() const
    {
        return m_state == BreakerState::Closed && m_config.window.kind == OutcomeWindowConfig::Kind::Consecutive;
    }
    /// Open: the moment from which a call may try. None in every other state.
    std::optional<Time> openUntil() const;
    bool operator==(const CircuitBreaker &) const = default;

private:
    struct Trials {
        uint32_t given = 0;
        uint32_t succeeded = 0;
        uint32_t failed = 0;
        uint32_t slow = 0;
        constexpr uint32_t judged() const { return succeeded + failed; }
        bool operator==(const Trials &) const = default;
    };

    Time advance(Time now);
    void fire(BreakerTrigger trigger, Time when);
    Decision acquireTrial(Time now);
    Recorded onTrial(Outcome outcome, bool slow, Time now);
    bool windowTrips() const; // right after an add
    std::optional<BreakerTrigger> verdict() const;
    uint32_t trialsOut() const { return m_trials.given - m_trials.judged(); }
    void setWaitEnd();

    // What a permitted call writes comes first, beside a lock that may guard it.
    Time m_now = kTimeZero;
    uint64_t m_generation = 0;
    BreakerState m_state = BreakerState::Closed;
    std::optional<BreakerTrigger> m_lastTrigger;
    OutcomeWindow m_window;
    CircuitBreakerConfig m_config;
    uint32_t m_openings = 0; // in a row, since it was last closed or held
    Trials m_trials;
    Trials m_lastTrials; // as they stood when the last transition cleared them
    WindowCounts m_lastWindow;
    Time m_since = kTimeZero;
    Time m_waitStart = kTimeZero; // when the open wait started; differs from m_since only under a teaching slip
    Time m_waitEnd = kTimeZero; // follows from the above, kept because every rejected call asks for it
    std::optional<Time> m_patienceSince; // half-open: since a trial is out, or none was given yet; none = all are back
    uint64_t m_late = 0;
};

} // namespace resilience
