// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/breaker_setup.h"

#include <QTest>

#include <stdexcept>

using namespace resilience;
using namespace std::chrono_literals;

namespace tests {

CircuitBreakerConfig smallConfig()
{
    CircuitBreakerConfig config;
    config.failureThreshold = 3;
    config.openDuration = 10s;
    config.halfOpenMaxCalls = 2;
    config.halfOpenMaxDuration = 4s;
    config.slowCallDuration = 2s;
    return config;
}

CircuitBreakerConfig countConfig(uint32_t calls, uint32_t minimumCalls)
{
    CircuitBreakerConfig config = smallConfig();
    config.window.kind = OutcomeWindowConfig::Kind::Count;
    config.window.calls = calls;
    config.minimumCalls = minimumCalls;
    config.failureRateThreshold = Ratio::of(0.5);
    config.slowCallRateThreshold = Ratio::of(0.5);
    return config;
}

CircuitBreakerConfig timedConfig(Duration duration, uint32_t minimumCalls)
{
    CircuitBreakerConfig config = countConfig(minimumCalls, minimumCalls);
    config.window.kind = OutcomeWindowConfig::Kind::Timed;
    config.window.duration = duration;
    return config;
}

CircuitBreakerConfig rateConfig(HalfOpenRule rule, uint32_t trials)
{
    CircuitBreakerConfig config = smallConfig();
    config.failureRateThreshold = Ratio::of(0.5);
    config.slowCallRateThreshold = Ratio::of(0.5);
    config.halfOpenRule = rule;
    config.halfOpenMaxCalls = trials;
    return config;
}

Time seconds(double s) { return at(fromSeconds(s)); }

std::optional<Recorded> call(CircuitBreaker &breaker, Outcome outcome, Time now, Duration took)
{
    const Decision decision = breaker.tryAcquire(now);
    if (!decision)
        return std::nullopt;
    return breaker.onResult(decision.permit, outcome, took, now);
}

void calls(CircuitBreaker &breaker, const char *letters, Time now) { statesAfterCalls(breaker, letters, now); }

QString statesAfterCalls(CircuitBreaker &breaker, const char *letters, Time now)
{
    QString states;
    for (const char *letter = letters; *letter; ++letter) {
        Outcome outcome = Outcome::Success;
        switch (*letter) {
        case 'S':
        case 's':
            break;
        case 'F':
        case 'f':
            outcome = Outcome::Failure;
            break;
        case 'I':
            outcome = Outcome::Ignored;
            break;
        case 'C':
            outcome = Outcome::Cancelled;
            break;
        default:
            throw std::logic_error("no such call letter");
        }
        const bool slow = *letter == 's' || *letter == 'f';
        const auto recorded = call(breaker, outcome, now, slow ? breaker.config().slowCallDuration + 1ns : 0ns);
        states += recorded ? QLatin1Char(name(breaker.state())[0]) : QLatin1Char('.');
    }
    return states;
}

CircuitBreaker inState(BreakerState state, Time now, const CircuitBreakerConfig &config)
{
    CircuitBreaker breaker(config);
    const auto open = [&](Time when) { breaker.force(BreakerTrigger::ForceOpen, when); };
    switch (state) {
    case BreakerState::Closed:
        breaker.onDeadline(now);
        break;
    case BreakerState::Open:
        if (config.window.kind == OutcomeWindowConfig::Kind::Consecutive)
            for (uint32_t i = 0; i < config.failureThreshold; ++i)
                call(breaker, Outcome::Failure, now);
        else
            open(now);
        break;
    case BreakerState::HalfOpen: {
        open(now - config.openDuration);
        breaker.force(BreakerTrigger::ForceHalfOpen, now);
        break;
    }
    case BreakerState::ForcedOpen:
        breaker.force(BreakerTrigger::HoldOpen, now);
        break;
    case BreakerState::Disabled:
        breaker.force(BreakerTrigger::Disable, now);
        break;
    case BreakerState::MetricsOnly:
        breaker.force(BreakerTrigger::WatchOnly, now);
        break;
    }
    if (breaker.state() != state)
        throw std::logic_error("the set-up did not reach the state");
    return breaker;
}

qint64 ns(std::optional<Duration> duration) { return duration ? duration->count() : -1; }
qint64 ns(std::optional<Time> time) { return time ? time->time_since_epoch().count() : -1; }

} // namespace tests

namespace resilience {

char *toString(const BreakerState &state) { return qstrdup(name(state)); }
char *toString(const BreakerTrigger &trigger) { return qstrdup(name(trigger)); }

char *toString(const Rejection &rejection)
{
    switch (rejection) {
    case Rejection::None:
        return qstrdup("None");
    case Rejection::Open:
        return qstrdup("Open");
    case Rejection::TrialsTaken:
        return qstrdup("TrialsTaken");
    case Rejection::ForcedOpen:
        return qstrdup("ForcedOpen");
    default:
        break; // not a breaker's
    }
    return qstrdup("?");
}

char *toString(const Recorded &recorded)
{
    switch (recorded) {
    case Recorded::Counted:
        return qstrdup("Counted");
    case Recorded::Neutral:
        return qstrdup("Neutral");
    case Recorded::Late:
        return qstrdup("Late");
    case Recorded::Nothing:
        return qstrdup("Nothing");
    }
    return qstrdup("?");
}

} // namespace resilience
