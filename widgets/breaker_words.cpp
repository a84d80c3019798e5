// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/breaker_words.h"

#include "widgets/stage_words.h"

#include <QCoreApplication>

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

struct Stage {
    Q_DECLARE_TR_FUNCTIONS(BreakerStage)
};

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
            return {n == 1 ? Stage::tr("1 failure") : Stage::tr("%1 failures in a row").arg(n), QString::number(n)};
        const uint32_t run = std::min(counts->consecutiveFailures, n);
        return {n == 1 ? Stage::tr("%1 of 1 failure").arg(run)
                       : Stage::tr("%1 of %2 failures in a row").arg(run).arg(n),
                Stage::tr("%1 of %2 in a row").arg(run).arg(n), Stage::tr("%1 of %2").arg(run).arg(n)};
    }
    const QString limit = percent(rule.failureRateThreshold.share());
    if (!counts)
        return {Stage::tr("%1 of the calls fail").arg(limit), Stage::tr("%1 fail").arg(limit), limit};
    const QString share = Stage::tr("%1 of %2").arg(counts->failures).arg(counts->calls);
    if (counts->calls < rule.minimumCalls && counts == &client.breaker.window)
        return {Stage::tr("failures %1 · judged from %2 calls").arg(share).arg(rule.minimumCalls),
                Stage::tr("%1 failed · judged from %2").arg(share).arg(rule.minimumCalls),
                Stage::tr("%1 failed").arg(share), share};
    return {Stage::tr("failures %1 · trips at %2").arg(share, limit), Stage::tr("%1 failed · %2").arg(share, limit),
            Stage::tr("%1 failed").arg(share), share};
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
        return {Stage::tr("or %1 are slow").arg(limit)};
    const QString share = Stage::tr("%1 of %2").arg(counts->slow).arg(counts->calls);
    return {Stage::tr("slow %1 · trips at %2").arg(share, limit), Stage::tr("%1 slow · %2").arg(share, limit),
            Stage::tr("%1 slow").arg(share)};
}

QStringList waitRule(const ClientView &client, Time now)
{
    const BreakerView &breaker = client.breaker;
    const bool open = breaker.state == BreakerState::Open;
    const Duration whole = client.rule.openWait(std::max(1u, breaker.openingsInARow + (open ? 0 : 1)));
    if (!open)
        return {Stage::tr("after %1").arg(duration(whole)), duration(whole)};
    if (breaker.halfOpenAllowed)
        return {Stage::tr("wait over · next call tries"), Stage::tr("wait over")};
    const QString left = countdown(waitLeft(breaker, now), whole);
    return {Stage::tr("after %1 · %2 left").arg(duration(whole), left), Stage::tr("%1 left").arg(left), left};
}

QStringList closeRule(const ClientView &client)
{
    const uint32_t n = client.rule.halfOpenMaxCalls;
    const BreakerView &breaker = client.breaker;
    const bool halfOpen = breaker.state == BreakerState::HalfOpen;
    if (client.rule.halfOpenRule != HalfOpenRule::AllSucceed) {
        if (halfOpen)
            return {Stage::tr("%1 of %2 trials judged · rates fine")
                        .arg(breaker.trialsSucceeded + breaker.trialsFailed)
                        .arg(n),
                    Stage::tr("rates fine")};
        return {Stage::tr("rates fine after %1 trials").arg(n), Stage::tr("rates fine")};
    }
    if (halfOpen)
        return {Stage::tr("%1 of %2 trials succeeded").arg(breaker.trialsSucceeded).arg(n),
                Stage::tr("%1 of %2").arg(breaker.trialsSucceeded).arg(n)};
    return {n == 1 ? Stage::tr("1 trial succeeds") : Stage::tr("%1 trials succeed").arg(n)};
}

QStringList reopenRule(const ClientView &client)
{
    if (client.breaker.state == BreakerState::Open && client.breaker.lastTrigger == BreakerTrigger::TrialsExpired)
        return {Stage::tr("no verdict in time")};
    if (client.rule.halfOpenRule != HalfOpenRule::AllSucceed)
        return {Stage::tr("rates too high")};
    const bool failed =
        client.breaker.state == BreakerState::Open && client.breaker.lastTrigger == BreakerTrigger::TrialsFailed;
    return {failed ? Stage::tr("a trial failed") : Stage::tr("a trial fails")};
}

QStringList patienceRule(const ClientView &client, Time now)
{
    const Duration patience = client.rule.halfOpenPatience();
    if (patience == Duration::zero() || client.breaker.state != BreakerState::HalfOpen
        || !client.breaker.halfOpenDeadline)
        return {};
    const QString left = countdown(std::max(Duration::zero(), *client.breaker.halfOpenDeadline - now), patience);
    return {Stage::tr("or no verdict: %1 left").arg(left), Stage::tr("or in %1").arg(left)};
}

QStringList closedDetail(const ClientView &client)
{
    const CircuitBreakerConfig &rule = client.rule;
    const WindowCounts &window = client.breaker.window;
    if (isConsecutive(rule)) {
        if (window.consecutiveFailures == 0)
            return {rule.failureThreshold == 1 ? Stage::tr("opens at the first failure")
                                               : Stage::tr("opens at %1 failures in a row").arg(rule.failureThreshold),
                    Stage::tr("opens at %1").arg(rule.failureThreshold)};
        return {Stage::tr("%1 of %2 failures in a row").arg(window.consecutiveFailures).arg(rule.failureThreshold),
                Stage::tr("%1 of %2").arg(window.consecutiveFailures).arg(rule.failureThreshold)};
    }
    if (window.calls < rule.minimumCalls)
        return {Stage::tr("%1 calls so far; judged from %2 on").arg(window.calls).arg(rule.minimumCalls)};
    return {Stage::tr("%1 of %2 calls failed; opens at %3")
                .arg(window.failures)
                .arg(window.calls)
                .arg(percent(rule.failureRateThreshold.share())),
            Stage::tr("%1 of %2 failed").arg(window.failures).arg(window.calls)};
}

QStringList openDetail(const ClientView &client, Time now)
{
    const BreakerView &breaker = client.breaker;
    if (breaker.halfOpenAllowed)
        return {Stage::tr("the wait is over: the next call is a trial"), Stage::tr("the next call is a trial"),
                Stage::tr("wait over")};
    const Duration whole = client.rule.openWait(std::max(1u, breaker.openingsInARow));
    const QString left = countdown(waitLeft(breaker, now), whole);
    return {Stage::tr("may try again in %1").arg(left), Stage::tr("%1 left").arg(left)};
}

QStringList halfOpenDetail(const ClientView &client)
{
    const BreakerView &breaker = client.breaker;
    const uint32_t n = client.rule.halfOpenMaxCalls;
    if (client.rule.halfOpenRule == HalfOpenRule::AllSucceed)
        return {Stage::tr("%1 of %2 succeeded; one failure opens it again").arg(breaker.trialsSucceeded).arg(n),
                Stage::tr("one failure opens it again")};
    return {Stage::tr("%1 succeeded, %2 failed; the rates decide after %3")
                .arg(breaker.trialsSucceeded)
                .arg(breaker.trialsFailed)
                .arg(n),
            Stage::tr("the rates decide after %1 trials").arg(n)};
}

} // namespace

QStringList stateTitle(const ClientView &client)
{
    const BreakerView &breaker = client.breaker;
    switch (breaker.state) {
    case BreakerState::Closed:
        return {Stage::tr("CLOSED · passing"), Stage::tr("CLOSED")};
    case BreakerState::Open:
        return {Stage::tr("OPEN · blocking"), Stage::tr("OPEN")};
    case BreakerState::HalfOpen:
        if (breaker.trialsGiven == 0)
            return {Stage::tr("HALF-OPEN · awaiting a trial"), Stage::tr("HALF-OPEN")};
        if (client.rule.slips.unlimitedTrials)
            return {Stage::tr("HALF-OPEN · trial %1, no limit").arg(trialNumber(breaker)), Stage::tr("HALF-OPEN")};
        return {Stage::tr("HALF-OPEN · trial %1 of %2").arg(trialNumber(breaker)).arg(client.rule.halfOpenMaxCalls),
                Stage::tr("HALF-OPEN · %1 of %2").arg(trialNumber(breaker)).arg(client.rule.halfOpenMaxCalls),
                Stage::tr("HALF-OPEN")};
    case BreakerState::ForcedOpen:
        return {Stage::tr("FORCED OPEN · blocking"), Stage::tr("FORCED OPEN")};
    case BreakerState::Disabled:
        return {Stage::tr("DISABLED · passing"), Stage::tr("DISABLED")};
    case BreakerState::MetricsOnly:
        return {Stage::tr("METRICS ONLY · passing"), Stage::tr("METRICS ONLY")};
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
        return {Stage::tr("held open by hand until released"), Stage::tr("until released")};
    case BreakerState::Disabled:
        return {Stage::tr("by hand: records nothing until released"), Stage::tr("until released")};
    case BreakerState::MetricsOnly:
        return {Stage::tr("by hand: counts, but never opens"), Stage::tr("until released")};
    }
    return {};
}

QString bubbleName(BreakerState state)
{
    switch (state) {
    case BreakerState::Closed:
        return Stage::tr("CLOSED");
    case BreakerState::Open:
        return Stage::tr("OPEN");
    case BreakerState::HalfOpen:
        return Stage::tr("HALF-OPEN");
    default:
        return overrideName(state);
    }
}

QString bubbleDetail(const ClientView &client, BreakerState state)
{
    switch (state) {
    case BreakerState::Closed:
        return Stage::tr("passing");
    case BreakerState::Open:
        return Stage::tr("blocking");
    default:
        if (client.breaker.state != BreakerState::HalfOpen || client.breaker.trialsGiven == 0)
            return Stage::tr("testing");
        return client.rule.slips.unlimitedTrials
                   ? Stage::tr("trial %1").arg(trialNumber(client.breaker))
                   : Stage::tr("trial %1 of %2").arg(trialNumber(client.breaker)).arg(client.rule.halfOpenMaxCalls);
    }
}

QString overrideName(BreakerState state)
{
    switch (state) {
    case BreakerState::ForcedOpen:
        return Stage::tr("FORCED OPEN");
    case BreakerState::Disabled:
        return Stage::tr("DISABLED");
    case BreakerState::MetricsOnly:
        return Stage::tr("METRICS ONLY");
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
        return {rule.failureThreshold == 1 ? Stage::tr("trips at 1 failure")
                                           : Stage::tr("trips at %1 failures in a row").arg(rule.failureThreshold),
                Stage::tr("trips at %1").arg(rule.failureThreshold)};
    return {Stage::tr("%1 in a row: threshold %2").arg(counts->consecutiveFailures).arg(rule.failureThreshold),
            Stage::tr("%1 of %2").arg(counts->consecutiveFailures).arg(rule.failureThreshold)};
}

} // namespace widgets::words
