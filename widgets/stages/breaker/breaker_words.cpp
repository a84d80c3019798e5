// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stages/breaker/breaker_words.h"

#include "widgets/look/translation.h"
#include "widgets/stage/stage_words.h"

#include <algorithm>

namespace widgets::words {

using resilience::BreakerState;
using resilience::BreakerTrigger;
using resilience::BreakerView;
using resilience::CircuitBreakerConfig;
using resilience::Duration;
using resilience::HalfOpenRule;
using resilience::Time;
using resilience::WindowCounts;

namespace {

bool isConsecutive(const CircuitBreakerConfig &rule)
{
    return rule.window.kind == resilience::OutcomeWindowConfig::Kind::Consecutive;
}

// The trial that is out, or the last one given.
uint32_t trialNumber(const BreakerView &breaker) { return std::max(1u, breaker.trialsGiven); }

Duration waitLeft(const BreakerView &breaker, Time now)
{
    return breaker.openUntil ? std::max(Duration::zero(), *breaker.openUntil - now) : Duration::zero();
}

// The numbers the trip rule is looking at: the window, or, once it has tripped, what it looked at then.
const WindowCounts *tripCounts(const BreakerView &breaker)
{
    if (breaker.state == BreakerState::Closed || breaker.state == BreakerState::MetricsOnly)
        return &breaker.window;
    if (breaker.state == BreakerState::Open && breaker.lastTrigger == BreakerTrigger::ThresholdReached)
        return &breaker.lastWindow;
    return nullptr;
}

QStringList tripRule(const ClientView &client)
{
    const CircuitBreakerConfig &rule = client.rule;
    const WindowCounts *counts = tripCounts(client.breaker);
    if (isConsecutive(rule)) {
        const uint32_t n = rule.failureThreshold;
        if (!counts)
            return {n == 1 ? BreakerTr::tr("1 failure") : BreakerTr::tr("%1 failures in a row").arg(n),
                    QString::number(n)};
        const uint32_t run = std::min(counts->consecutiveFailures, n);
        return {n == 1 ? BreakerTr::tr("%1 of 1 failure").arg(run)
                       : BreakerTr::tr("%1 of %2 failures in a row").arg(run).arg(n),
                BreakerTr::tr("%1 of %2 in a row").arg(run).arg(n), BreakerTr::tr("%1 of %2").arg(run).arg(n)};
    }
    const QString limit = percent(rule.failureRateThreshold.share());
    if (!counts)
        return {BreakerTr::tr("%1 of the calls in the window fail").arg(limit),
                BreakerTr::tr("%1 of the calls fail").arg(limit), BreakerTr::tr("%1 fail").arg(limit), limit};
    const QString share = BreakerTr::tr("%1 of %2").arg(counts->failures).arg(counts->calls);
    if (counts->calls < rule.minimumCalls && counts == &client.breaker.window)
        return {BreakerTr::tr("failures %1 · judged from %2 calls").arg(share).arg(rule.minimumCalls),
                BreakerTr::tr("%1 failed · judged from %2").arg(share).arg(rule.minimumCalls),
                BreakerTr::tr("%1 failed").arg(share), share};
    return {BreakerTr::tr("failures %1 · trips at %2").arg(share, limit),
            BreakerTr::tr("%1 failed · %2").arg(share, limit), BreakerTr::tr("%1 failed").arg(share), share};
}

QStringList slowRule(const ClientView &client)
{
    const CircuitBreakerConfig &rule = client.rule;
    const WindowCounts *counts = tripCounts(client.breaker);
    const bool matters = rule.slowCallRateThreshold.share() < 1.0 || (counts && counts->slow > 0);
    if (isConsecutive(rule) || !matters)
        return {};
    const QString limit = percent(rule.slowCallRateThreshold.share());
    if (!counts)
        return {BreakerTr::tr("or %1 are slow").arg(limit)};
    const QString share = BreakerTr::tr("%1 of %2").arg(counts->slow).arg(counts->calls);
    return {BreakerTr::tr("slow %1 · trips at %2").arg(share, limit), BreakerTr::tr("%1 slow · %2").arg(share, limit),
            BreakerTr::tr("%1 slow").arg(share)};
}

QStringList waitRule(const ClientView &client, Time now)
{
    const BreakerView &breaker = client.breaker;
    const bool open = breaker.state == BreakerState::Open;
    const Duration whole = client.rule.openWait(std::max(1u, breaker.openingsInARow + (open ? 0 : 1)));
    if (!open)
        return {BreakerTr::tr("after %1").arg(duration(whole)), duration(whole)};
    if (breaker.halfOpenAllowed)
        return {BreakerTr::tr("wait over · next call tries"), BreakerTr::tr("wait over")};
    const QString left = countdown(waitLeft(breaker, now), whole);
    return {BreakerTr::tr("after %1 · %2 left").arg(duration(whole), left), BreakerTr::tr("%1 left").arg(left), left};
}

QStringList closeRule(const ClientView &client)
{
    const uint32_t n = client.rule.halfOpenMaxCalls;
    const BreakerView &breaker = client.breaker;
    const bool halfOpen = breaker.state == BreakerState::HalfOpen;
    if (client.rule.halfOpenRule != HalfOpenRule::AllSucceed) {
        if (halfOpen)
            return {BreakerTr::tr("%1 of %2 trials judged · rates fine")
                        .arg(breaker.trialsSucceeded + breaker.trialsFailed)
                        .arg(n),
                    BreakerTr::tr("rates fine")};
        return {BreakerTr::tr("rates fine after %1 trials").arg(n), BreakerTr::tr("rates fine")};
    }
    if (halfOpen)
        return {BreakerTr::tr("%1 of %2 trials succeeded").arg(breaker.trialsSucceeded).arg(n),
                BreakerTr::tr("%1 of %2").arg(breaker.trialsSucceeded).arg(n)};
    return {n == 1 ? BreakerTr::tr("1 trial succeeds") : BreakerTr::tr("%1 trials succeed").arg(n)};
}

QStringList reopenRule(const ClientView &client)
{
    if (client.breaker.state == BreakerState::Open && client.breaker.lastTrigger == BreakerTrigger::TrialsExpired)
        return {BreakerTr::tr("no verdict in time")};
    if (client.rule.halfOpenRule != HalfOpenRule::AllSucceed)
        return {BreakerTr::tr("rates too high")};
    const bool failed =
        client.breaker.state == BreakerState::Open && client.breaker.lastTrigger == BreakerTrigger::TrialsFailed;
    return {failed ? BreakerTr::tr("a trial failed") : BreakerTr::tr("a trial fails")};
}

QStringList patienceRule(const ClientView &client, Time now)
{
    const Duration patience = client.rule.halfOpenPatience();
    if (patience == Duration::zero() || client.breaker.state != BreakerState::HalfOpen
        || !client.breaker.halfOpenDeadline)
        return {};
    const QString left = countdown(std::max(Duration::zero(), *client.breaker.halfOpenDeadline - now), patience);
    return {BreakerTr::tr("or no verdict: %1 left").arg(left), BreakerTr::tr("or in %1").arg(left)};
}

QStringList closedDetail(const ClientView &client)
{
    const CircuitBreakerConfig &rule = client.rule;
    const WindowCounts &window = client.breaker.window;
    if (isConsecutive(rule)) {
        if (window.consecutiveFailures == 0)
            return {rule.failureThreshold == 1
                        ? BreakerTr::tr("opens at the first failure")
                        : BreakerTr::tr("opens at %1 failures in a row").arg(rule.failureThreshold),
                    BreakerTr::tr("opens at %1").arg(rule.failureThreshold)};
        return {BreakerTr::tr("%1 of %2 failures in a row").arg(window.consecutiveFailures).arg(rule.failureThreshold),
                BreakerTr::tr("%1 of %2").arg(window.consecutiveFailures).arg(rule.failureThreshold)};
    }
    if (window.calls < rule.minimumCalls)
        return {BreakerTr::tr("%1 calls so far; judged from %2 on").arg(window.calls).arg(rule.minimumCalls)};
    return {BreakerTr::tr("%1 of %2 calls failed; opens at %3")
                .arg(window.failures)
                .arg(window.calls)
                .arg(percent(rule.failureRateThreshold.share())),
            BreakerTr::tr("%1 of %2 failed").arg(window.failures).arg(window.calls)};
}

QStringList openDetail(const ClientView &client, Time now)
{
    const BreakerView &breaker = client.breaker;
    if (breaker.halfOpenAllowed)
        return {BreakerTr::tr("the wait is over: the next call is a trial"), BreakerTr::tr("the next call is a trial"),
                BreakerTr::tr("wait over")};
    const Duration whole = client.rule.openWait(std::max(1u, breaker.openingsInARow));
    const QString left = countdown(waitLeft(breaker, now), whole);
    return {BreakerTr::tr("may try again in %1").arg(left), BreakerTr::tr("%1 left").arg(left)};
}

QStringList halfOpenDetail(const ClientView &client)
{
    const BreakerView &breaker = client.breaker;
    const uint32_t n = client.rule.halfOpenMaxCalls;
    if (client.rule.halfOpenRule == HalfOpenRule::AllSucceed)
        return {BreakerTr::tr("%1 of %2 succeeded; one failure opens it again").arg(breaker.trialsSucceeded).arg(n),
                BreakerTr::tr("one failure opens it again")};
    return {BreakerTr::tr("%1 succeeded, %2 failed; the rates decide after %3")
                .arg(breaker.trialsSucceeded)
                .arg(breaker.trialsFailed)
                .arg(n),
            BreakerTr::tr("the rates decide after %1 trials").arg(n)};
}

} // namespace

QStringList stateTitle(const ClientView &client)
{
    const BreakerView &breaker = client.breaker;
    switch (breaker.state) {
    case BreakerState::Closed:
        return {BreakerTr::tr("CLOSED · passing"), BreakerTr::tr("CLOSED")};
    case BreakerState::Open:
        return {BreakerTr::tr("OPEN · blocking"), BreakerTr::tr("OPEN")};
    case BreakerState::HalfOpen:
        if (breaker.trialsGiven == 0)
            return {BreakerTr::tr("HALF-OPEN · awaiting a trial"), BreakerTr::tr("HALF-OPEN")};
        if (client.rule.faultyVariant.unlimitedTrials)
            return {BreakerTr::tr("HALF-OPEN · trial %1, no limit").arg(trialNumber(breaker)),
                    BreakerTr::tr("HALF-OPEN")};
        return {BreakerTr::tr("HALF-OPEN · trial %1 of %2").arg(trialNumber(breaker)).arg(client.rule.halfOpenMaxCalls),
                BreakerTr::tr("HALF-OPEN · %1 of %2").arg(trialNumber(breaker)).arg(client.rule.halfOpenMaxCalls),
                BreakerTr::tr("HALF-OPEN")};
    case BreakerState::ForcedOpen:
        return {BreakerTr::tr("FORCED OPEN · blocking"), BreakerTr::tr("FORCED OPEN")};
    case BreakerState::Disabled:
        return {BreakerTr::tr("DISABLED · passing"), BreakerTr::tr("DISABLED")};
    case BreakerState::MetricsOnly:
        return {BreakerTr::tr("METRICS ONLY · passing"), BreakerTr::tr("METRICS ONLY")};
    }
    return {};
}

QStringList stateDetail(const ClientView &client, Time now)
{
    const BreakerView &breaker = client.breaker;
    switch (breaker.state) {
    case BreakerState::Closed:
        return closedDetail(client);
    case BreakerState::Open:
        return openDetail(client, now);
    case BreakerState::HalfOpen:
        return halfOpenDetail(client);
    case BreakerState::ForcedOpen:
        return {BreakerTr::tr("held open by hand until released"), BreakerTr::tr("until released")};
    case BreakerState::Disabled:
        return {BreakerTr::tr("by hand: records nothing until released"), BreakerTr::tr("until released")};
    case BreakerState::MetricsOnly:
        return {BreakerTr::tr("by hand: counts, but never opens"), BreakerTr::tr("until released")};
    }
    return {};
}

QString bubbleName(BreakerState state)
{
    switch (state) {
    case BreakerState::Closed:
    case BreakerState::Open:
    case BreakerState::HalfOpen:
        return words::stateName(state).toUpper();
    default:
        return overrideName(state);
    }
}

QString bubbleDetail(const ClientView &client, BreakerState state)
{
    switch (state) {
    case BreakerState::Closed:
        return BreakerTr::tr("passing");
    case BreakerState::Open:
        return BreakerTr::tr("blocking");
    default:
        if (client.breaker.state != BreakerState::HalfOpen || client.breaker.trialsGiven == 0)
            return BreakerTr::tr("testing");
        return client.rule.faultyVariant.unlimitedTrials
                   ? BreakerTr::tr("trial %1").arg(trialNumber(client.breaker))
                   : BreakerTr::tr("trial %1 of %2").arg(trialNumber(client.breaker)).arg(client.rule.halfOpenMaxCalls);
    }
}

QString overrideName(BreakerState state)
{
    switch (state) {
    case BreakerState::ForcedOpen:
        return BreakerTr::tr("FORCED OPEN");
    case BreakerState::Disabled:
        return BreakerTr::tr("DISABLED");
    case BreakerState::MetricsOnly:
        return BreakerTr::tr("METRICS ONLY");
    default:
        return {};
    }
}

QStringList arrowRule(const ClientView &client, BreakerState from, BreakerState to, Time now)
{
    if (from == BreakerState::Closed)
        return tripRule(client);
    if (from == BreakerState::Open)
        return waitRule(client, now);
    return to == BreakerState::Closed ? closeRule(client) : reopenRule(client);
}

QStringList arrowSecondRule(const ClientView &client, BreakerState from, BreakerState to, Time now)
{
    if (from == BreakerState::Closed)
        return slowRule(client);
    if (from == BreakerState::HalfOpen && to == BreakerState::Open)
        return patienceRule(client, now);
    return {};
}

QStringList rowVerdict(const ClientView &client)
{
    const BreakerView &breaker = client.breaker;
    const CircuitBreakerConfig &rule = client.rule;
    if (breaker.state == BreakerState::HalfOpen)
        return closeRule(client);
    if (breaker.state == BreakerState::Open && breaker.lastTrigger != BreakerTrigger::ThresholdReached)
        return reopenRule(client);
    if (!isConsecutive(rule)) {
        const QStringList slow = slowRule(client);
        // Whichever share is nearer to its limit is the one to look at.
        const WindowCounts *counts = tripCounts(breaker);
        if (!slow.isEmpty() && counts
            && counts->slow / rule.slowCallRateThreshold.share() > counts->failures / rule.failureRateThreshold.share())
            return slow;
        return tripRule(client);
    }
    const WindowCounts *counts = tripCounts(breaker);
    if (!counts || counts->consecutiveFailures == 0)
        return {rule.failureThreshold == 1 ? BreakerTr::tr("trips at 1 failure")
                                           : BreakerTr::tr("trips at %1 failures in a row").arg(rule.failureThreshold),
                BreakerTr::tr("trips at %1").arg(rule.failureThreshold)};
    return {BreakerTr::tr("%1 in a row: threshold %2").arg(counts->consecutiveFailures).arg(rule.failureThreshold),
            BreakerTr::tr("%1 of %2").arg(counts->consecutiveFailures).arg(rule.failureThreshold)};
}

} // namespace widgets::words
