// SPDX-License-Identifier: MIT
#include "core/patterns/circuit_breaker.h"

#include <algorithm>
#include <limits>

namespace resilience {

CircuitBreaker::CircuitBreaker(const CircuitBreakerConfig &config) : m_window(config.window), m_config(config)
{
    if (auto error = config.validate())
        throw InvalidConfig(*error);
}

Decision CircuitBreaker::tryAcquire(Time now)
{
    now = advance(now);
    switch (m_state) {
    case BreakerState::Closed:
    case BreakerState::Disabled:
    case BreakerState::MetricsOnly:
        return {Permit{m_generation, false}, Rejection::None, std::nullopt};
    case BreakerState::Open:
        if (now < m_waitEnd)
            return {{}, Rejection::Open, m_waitEnd - now};
        fire(BreakerTrigger::CallAfterWait, now);
        return acquireTrial(now);
    case BreakerState::HalfOpen:
        return acquireTrial(now);
    case BreakerState::ForcedOpen:
        return {{}, Rejection::ForcedOpen, std::nullopt};
    }
    return {};
}

Recorded CircuitBreaker::onResult(Permit permit, Outcome outcome, GivenDuration took, Time now)
{
    now = advance(now);
    if (permit.generation != m_generation) {
        ++m_late;
        return Recorded::Late;
    }
    const bool failed = outcome == Outcome::Failure;
    const bool slow = took > m_config.slowCallDuration;
    switch (m_state) {
    case BreakerState::Closed:
    case BreakerState::MetricsOnly:
        if (isNeutral(outcome))
            return Recorded::Neutral;
        m_window.add(failed, slow, now);
        if (m_state == BreakerState::Closed && windowTrips())
            fire(BreakerTrigger::ThresholdReached, now);
        return Recorded::Counted;
    case BreakerState::HalfOpen:
        return onTrial(outcome, slow, now);
    case BreakerState::Open:
    case BreakerState::ForcedOpen:
    case BreakerState::Disabled:
        break;
    }
    return Recorded::Nothing;
}

Recorded CircuitBreaker::onTrial(Outcome outcome, bool slow, Time now)
{
    if (isNeutral(outcome)) {
        m_trials.given -= trialsOut() > 0;
    } else {
        const bool slowFails = m_config.countsSlowCalls() && m_config.halfOpenRule == HalfOpenRule::AllSucceed;
        const bool failed = outcome == Outcome::Failure || (slow && slowFails);
        m_trials.succeeded += !failed;
        m_trials.failed += failed;
        m_trials.slow += slow;
    }
    if (trialsOut() == 0)
        m_patienceSince.reset();
    if (isNeutral(outcome))
        return Recorded::Neutral;
    if (auto trigger = verdict())
        fire(*trigger, now);
    return Recorded::Counted;
}

std::optional<Time> CircuitBreaker::nextDeadline() const
{
    const Duration patience = m_config.halfOpenPatience();
    if (m_state != BreakerState::HalfOpen || patience == Duration::zero() || !m_patienceSince)
        return std::nullopt;
    return saturatingAdd(*m_patienceSince, patience);
}

void CircuitBreaker::onDeadline(Time now) { advance(now); }

BreakerView CircuitBreaker::view(Time now) const
{
    now = std::max(now, m_now);
    if (const auto deadline = nextDeadline(); deadline && now >= *deadline) {
        CircuitBreaker settled = *this;
        settled.onDeadline(now);
        return settled.view(now);
    }
    BreakerView v;
    v.state = m_state;
    v.since = m_since;
    v.generation = m_generation;
    v.lastTrigger = m_lastTrigger;
    v.window = m_window.counts(now);
    v.openingsInARow = m_openings;
    v.openUntil = openUntil();
    v.halfOpenAllowed = v.openUntil && now >= *v.openUntil;
    v.halfOpenDeadline = nextDeadline();
    v.trialsGiven = m_trials.given;
    v.trialsSucceeded = m_trials.succeeded;
    v.trialsFailed = m_trials.failed;
    v.trialsSlow = m_trials.slow;
    v.late = m_late;
    v.lastWindow = m_lastWindow;
    v.lastTrialsSucceeded = m_lastTrials.succeeded;
    v.lastTrialsFailed = m_lastTrials.failed;
    v.lastTrialsSlow = m_lastTrials.slow;
    return v;
}

std::optional<Time> CircuitBreaker::openUntil() const
{
    return m_state == BreakerState::Open ? std::optional{m_waitEnd} : std::nullopt;
}

bool CircuitBreaker::force(BreakerTrigger trigger, Time now)
{
    now = advance(now);
    if (trigger < BreakerTrigger::ForceClosed)
        return false; // the breaker's own moves are not for outsiders
    if (!nextState(m_state, trigger))
        return false;
    fire(trigger, now);
    return true;
}

void CircuitBreaker::reconfigure(const CircuitBreakerConfig &config, Time now)
{
    if (auto error = config.validate())
        throw InvalidConfig(*error);
    now = advance(now);
    if (config.window != m_config.window)
        m_window = OutcomeWindow(config.window);
    m_config = config;
    if (m_state == BreakerState::Open)
        setWaitEnd();
    if (m_state != BreakerState::HalfOpen)
        return;
    // Fewer trials asked for than are in already, or a shorter patience: decide now, or nobody ever would. As of now:
    // the new patience did not hold before, so it cannot have ended before.
    if (const auto trigger = verdict())
        fire(*trigger, now);
    else if (const auto deadline = nextDeadline(); deadline && now >= *deadline)
        fire(BreakerTrigger::TrialsExpired, now);
}

// Clamps time to run forwards only, and lets an expired half-open open again at the moment it expired.
Time CircuitBreaker::advance(Time now)
{
    m_now = std::max(m_now, now);
    if (m_state == BreakerState::HalfOpen) {
        if (const auto deadline = nextDeadline(); deadline && m_now >= *deadline)
            fire(BreakerTrigger::TrialsExpired, *deadline);
    }
    return m_now;
}

void CircuitBreaker::fire(BreakerTrigger trigger, Time when)
{
    const auto next = nextState(m_state, trigger);
    if (!next)
        return;
    const bool keepsOldWait = m_config.faultyVariant.waitNotRestarted && trigger == BreakerTrigger::TrialsFailed;
    const bool wasOpen = m_state == BreakerState::Open;
    m_state = *next;
    m_lastTrigger = trigger;
    m_since = when;
    ++m_generation;
    m_lastWindow = m_window.counts(when);
    m_lastTrials = m_trials;
    m_window.clear();
    m_trials = {};
    m_patienceSince = m_state == BreakerState::HalfOpen ? std::optional{when} : std::nullopt;
    if (m_state == BreakerState::Open) {
        if (!wasOpen && m_openings < std::numeric_limits<uint32_t>::max() - 1) // acquireTrial() looks one ahead
            ++m_openings;
        if (!keepsOldWait)
            m_waitStart = when;
        setWaitEnd();
    } else if (m_state != BreakerState::HalfOpen) {
        m_openings = 0;
    }
}

Decision CircuitBreaker::acquireTrial(Time now)
{
    const uint32_t out = trialsOut();
    const uint32_t atOnce = m_config.halfOpenMaxConcurrent.value_or(m_config.halfOpenMaxCalls);
    if ((m_trials.given < m_config.halfOpenMaxCalls && out < atOnce) || m_config.faultyVariant.unlimitedTrials) {
        if (out == 0)
            m_patienceSince = now;
        m_trials.given += m_trials.given != std::numeric_limits<uint32_t>::max();
        return {Permit{m_generation, true}, Rejection::None, std::nullopt};
    }
    // With nobody reporting, patience ends, the breaker opens once more and that wait has to pass too.
    std::optional<Duration> retryAfter;
    if (const auto deadline = nextDeadline())
        retryAfter = saturatingSince(saturatingAdd(*deadline, m_config.openWait(m_openings + 1)), now);
    return {{}, Rejection::TrialsTaken, retryAfter};
}

bool CircuitBreaker::windowTrips() const
{
    const WindowCounts &counts = m_window.latest();
    if (m_config.window.kind == OutcomeWindowConfig::Kind::Consecutive)
        return counts.consecutiveFailures >= m_config.failureThreshold;
    return counts.calls >= m_config.minimumCalls
           && (m_config.failureRateThreshold.reachedBy(counts.failures, counts.calls)
               || m_config.slowCallRateThreshold.reachedBy(counts.slow, counts.calls));
}

std::optional<BreakerTrigger> CircuitBreaker::verdict() const
{
    const uint32_t wanted = m_config.halfOpenMaxCalls;
    const uint32_t judged = m_trials.judged();
    if (m_config.halfOpenRule == HalfOpenRule::AllSucceed) {
        if (m_trials.failed > 0)
            return BreakerTrigger::TrialsFailed;
        return m_trials.succeeded >= wanted ? std::optional{BreakerTrigger::TrialsPassed} : std::nullopt;
    }
    const uint32_t total = std::max(wanted, judged);
    const auto bad = [&](uint32_t failed, uint32_t slow) {
        return m_config.failureRateThreshold.reachedBy(failed, total)
               || m_config.slowCallRateThreshold.reachedBy(slow, total);
    };
    const uint32_t open = total - judged;
    const bool early = m_config.halfOpenRule == HalfOpenRule::RateEarly;
    if ((judged >= wanted || early) && bad(m_trials.failed, m_trials.slow))
        return BreakerTrigger::TrialsFailed;
    if ((judged >= wanted || early) && !bad(m_trials.failed + open, m_trials.slow + open))
        return BreakerTrigger::TrialsPassed;
    return std::nullopt;
}

void CircuitBreaker::setWaitEnd() { m_waitEnd = saturatingAdd(m_waitStart, m_config.openWait(m_openings)); }

} // namespace resilience
