// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/naive_breaker.h"

#include <algorithm>
#include <cmath>
#include <utility>

using namespace resilience;

namespace tests {

namespace {

using WindowKind = OutcomeWindowConfig::Kind;

// Which tenth of `duration`, counted from time zero.
int64_t tenthOf(Time t, Duration duration)
{
    int64_t tenths = t.time_since_epoch() / duration * 10;
    const int64_t rest = (t.time_since_epoch() % duration).count();
    for (int64_t i = 1; i < 10; ++i)
        if (rest * 10 >= i * duration.count())
            ++tenths;
    return tenths;
}

} // namespace

Answer NaiveBreaker::apply(const Step &step)
{
    passTime(step.now);
    Answer answer;
    switch (step.kind) {
    case Action::Kind::Acquire:
        answer.decision = acquire();
        break;
    case Action::Kind::Report:
        answer.recorded = report(step);
        break;
    case Action::Kind::Force:
        answer.forced = force(step.trigger);
        break;
    case Action::Kind::Reconfigure:
        reconfigure(step.config);
        break;
    case Action::Kind::Wake:
        break;
    }
    return answer;
}

void NaiveBreaker::passTime(Time now)
{
    m_now = std::max(m_now, now);
    if (deadline() && m_now >= *deadline())
        enter(BreakerState::Open, BreakerTrigger::TrialsExpired, *deadline());
}

void NaiveBreaker::enter(BreakerState state, BreakerTrigger trigger, Time when)
{
    m_story.lastWindow = counts();
    m_story.lastTrialsFailed = static_cast<uint32_t>(std::ranges::count(m_trials, true, &Result::failed));
    m_story.lastTrialsSucceeded = static_cast<uint32_t>(m_trials.size()) - m_story.lastTrialsFailed;
    m_story.lastTrialsSlow = static_cast<uint32_t>(std::ranges::count(m_trials, true, &Result::slow));
    m_story.lastTrigger = trigger;
    m_story.since = when;
    ++m_story.generation;
    m_results.clear();
    m_trials.clear();
    m_trialsOut = 0;
    m_waitsSince.reset();
    if (state == BreakerState::HalfOpen)
        m_waitsSince = when;
    const BreakerState before = std::exchange(m_state, state);
    if (state == BreakerState::Open) {
        m_openings += before != BreakerState::Open;
        if (!m_config.faultyVariant.waitNotRestarted || trigger != BreakerTrigger::TrialsFailed)
            m_waitStart = when;
    } else if (state != BreakerState::HalfOpen) {
        m_openings = 0;
    }
}

Decision NaiveBreaker::acquire()
{
    if (m_state == BreakerState::ForcedOpen)
        return {{}, Rejection::ForcedOpen, {}};
    if (m_state == BreakerState::Open) {
        if (m_now < waitEnd())
            return {{}, Rejection::Open, waitEnd() - m_now};
        enter(BreakerState::HalfOpen, BreakerTrigger::CallAfterWait, m_now);
    }
    if (m_state != BreakerState::HalfOpen)
        return {{m_story.generation, false}, Rejection::None, {}};
    const bool allGiven = m_trialsOut + m_trials.size() >= m_config.halfOpenMaxCalls;
    const bool crowded = m_config.halfOpenMaxConcurrent && m_trialsOut >= *m_config.halfOpenMaxConcurrent;
    if ((allGiven || crowded) && !m_config.faultyVariant.unlimitedTrials) {
        std::optional<Duration> retryAfter;
        if (deadline()) // it would open then, once more, and that wait has to pass as well
            retryAfter = *deadline() - m_now + wait(m_openings + 1);
        return {{}, Rejection::TrialsTaken, retryAfter};
    }
    if (++m_trialsOut == 1)
        m_waitsSince = m_now;
    return {{m_story.generation, true}, Rejection::None, {}};
}

Recorded NaiveBreaker::report(const Step &step)
{
    if (step.permit.generation != m_story.generation) {
        ++m_late;
        return Recorded::Late;
    }
    if (m_state == BreakerState::Disabled)
        return Recorded::Nothing;
    const bool neutral = step.outcome == Outcome::Ignored || step.outcome == Outcome::Cancelled;
    Result result{m_now, step.outcome == Outcome::Failure, step.took > m_config.slowCallDuration};
    if (m_state == BreakerState::HalfOpen) {
        if (--m_trialsOut == 0)
            m_waitsSince.reset();
        if (neutral)
            return Recorded::Neutral;
        if (m_config.window.kind != WindowKind::Consecutive && m_config.halfOpenRule == HalfOpenRule::AllSucceed)
            result.failed |= result.slow; // a slow trial is no success
        m_trials.push_back(result);
        judgeTrials();
        return Recorded::Counted;
    }
    if (neutral)
        return Recorded::Neutral;
    m_results.push_back(result);
    if (m_state == BreakerState::Closed && tooMany())
        enter(BreakerState::Open, BreakerTrigger::ThresholdReached, m_now);
    return Recorded::Counted;
}

bool NaiveBreaker::force(BreakerTrigger trigger)
{
    const bool held = m_state == BreakerState::ForcedOpen || m_state == BreakerState::Disabled
                      || m_state == BreakerState::MetricsOnly;
    std::optional<BreakerState> wanted;
    switch (trigger) {
    case BreakerTrigger::ForceClosed:
        wanted = BreakerState::Closed;
        break;
    case BreakerTrigger::ForceOpen:
        wanted = BreakerState::Open;
        break;
    case BreakerTrigger::ForceHalfOpen:
        wanted = BreakerState::HalfOpen;
        break;
    case BreakerTrigger::HoldOpen:
        wanted = BreakerState::ForcedOpen;
        break;
    case BreakerTrigger::Disable:
        wanted = BreakerState::Disabled;
        break;
    case BreakerTrigger::WatchOnly:
        wanted = BreakerState::MetricsOnly;
        break;
    case BreakerTrigger::Release:
        if (held)
            wanted = BreakerState::Closed;
        break;
    default:
        break;
    }
    if (!wanted)
        return false;
    enter(*wanted, trigger, m_now); // the state that it is in already, too
    return true;
}

void NaiveBreaker::reconfigure(const CircuitBreakerConfig &config)
{
    if (!(config.window == m_config.window))
        m_results.clear();
    m_config = config;
    if (m_state == BreakerState::HalfOpen)
        judgeTrials();
    if (deadline() && m_now >= *deadline())
        enter(BreakerState::Open, BreakerTrigger::TrialsExpired, m_now);
}

void NaiveBreaker::judgeTrials()
{
    if (verdict() == Verdict::Pass)
        enter(BreakerState::Closed, BreakerTrigger::TrialsPassed, m_now);
    else if (verdict() == Verdict::Fail)
        enter(BreakerState::Open, BreakerTrigger::TrialsFailed, m_now);
}

WindowCounts NaiveBreaker::counts() const
{
    WindowCounts sum;
    for (size_t i = 0; i < m_results.size(); ++i) {
        const Result &result = m_results[i];
        sum.consecutiveFailures = result.failed ? sum.consecutiveFailures + 1 : 0;
        if (m_config.window.kind == WindowKind::Count && m_results.size() - i > m_config.window.calls)
            continue;
        if (m_config.window.kind == WindowKind::Timed
            && tenthOf(m_now, m_config.window.duration) - tenthOf(result.when, m_config.window.duration) >= 10)
            continue;
        ++sum.calls;
        sum.failures += result.failed;
        sum.slow += result.slow;
    }
    if (m_config.window.kind == WindowKind::Consecutive) {
        sum.failures = sum.consecutiveFailures;
        sum.slow = 0;
    }
    return sum;
}

bool NaiveBreaker::tooMany() const
{
    const WindowCounts sum = counts();
    if (m_config.window.kind == WindowKind::Consecutive)
        return sum.consecutiveFailures >= m_config.failureThreshold;
    return sum.calls >= m_config.minimumCalls && badShare(sum.failures, sum.slow, sum.calls);
}

bool NaiveBreaker::badShare(size_t failed, size_t slow, size_t total) const
{
    return failed * Ratio::kParts >= m_config.failureRateThreshold.parts() * total
           || slow * Ratio::kParts >= m_config.slowCallRateThreshold.parts() * total;
}

NaiveBreaker::Verdict NaiveBreaker::verdict() const
{
    const size_t ended = m_trials.size();
    const size_t failed = static_cast<size_t>(std::ranges::count(m_trials, true, &Result::failed));
    const size_t slow = static_cast<size_t>(std::ranges::count(m_trials, true, &Result::slow));
    const size_t wanted = m_config.halfOpenMaxCalls;
    if (m_config.halfOpenRule == HalfOpenRule::AllSucceed) {
        if (failed > 0)
            return Verdict::Fail;
        return ended >= wanted ? Verdict::Pass : Verdict::None;
    }
    const size_t missing = wanted > ended ? wanted - ended : 0;
    if (missing > 0 && m_config.halfOpenRule == HalfOpenRule::Rate)
        return Verdict::None;
    // Certain = the same whatever becomes of the trials still missing.
    size_t bad = 0;
    for (size_t f = 0; f <= missing; ++f)
        for (size_t s = 0; s <= missing; ++s)
            bad += badShare(failed + f, slow + s, ended + missing);
    if (bad == 0)
        return Verdict::Pass;
    return bad == (missing + 1) * (missing + 1) ? Verdict::Fail : Verdict::None;
}

Duration NaiveBreaker::wait(uint32_t k) const
{
    double ns = static_cast<double>(m_config.openDuration.count());
    const Duration longest = m_config.maxOpenDuration.value_or(std::chrono::hours{1});
    for (uint32_t i = 1; i < k && ns < static_cast<double>(longest.count()); ++i)
        ns *= m_config.openDurationMultiplier;
    return std::min(longest, Duration{std::llround(ns)});
}

std::optional<Time> NaiveBreaker::deadline() const
{
    if (m_state != BreakerState::HalfOpen || m_config.halfOpenPatience() == Duration::zero() || !m_waitsSince)
        return std::nullopt;
    return *m_waitsSince + m_config.halfOpenPatience();
}

BreakerView NaiveBreaker::view() const
{
    BreakerView v = m_story;
    v.state = m_state;
    v.window = counts();
    v.openingsInARow = m_openings;
    if (m_state == BreakerState::Open) {
        v.openUntil = waitEnd();
        v.halfOpenAllowed = m_now >= waitEnd();
    }
    v.halfOpenDeadline = deadline();
    v.trialsGiven = m_trialsOut + static_cast<uint32_t>(m_trials.size());
    v.trialsFailed = static_cast<uint32_t>(std::ranges::count(m_trials, true, &Result::failed));
    v.trialsSucceeded = static_cast<uint32_t>(m_trials.size()) - v.trialsFailed;
    v.trialsSlow = static_cast<uint32_t>(std::ranges::count(m_trials, true, &Result::slow));
    v.late = m_late;
    return v;
}

} // namespace tests
