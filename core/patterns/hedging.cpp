// SPDX-License-Identifier: MIT
#include "core/patterns/hedging.h"

#include <algorithm>
#include <utility>

namespace resilience {

namespace {

using HedgeKind = HedgingVerdict::Kind;

enum class Effect : uint8_t { Next, NoMore, Fatal };

Effect effectOf(Outcome outcome, const Failure &failure)
{
    if (outcome != Outcome::Failure)
        return Effect::Fatal;
    if (failure.retryable.value_or(false))
        return Effect::Next;
    if (failure.kind == ErrorKind::ClientError)
        return Effect::Fatal;
    return failure.retryable || failure.kind == ErrorKind::Rejected ? Effect::NoMore : Effect::Next;
}

// Whoever still runs is not needed any more.
HedgingVerdict end(HedgedCall &call, HedgeKind kind, uint32_t answer)
{
    HedgingVerdict verdict;
    verdict.kind = kind;
    verdict.answer = answer;
    verdict.cancel = std::exchange(call.running, {});
    call.cancelled.add(verdict.cancel);
    call.refused = NoHedge::Over;
    call.due.reset();
    return verdict;
}

} // namespace

Hedging::Hedging(const HedgingConfig &config) { reconfigure(config); }

HedgedCall Hedging::begin(Time now, const Operation &operation, const Deadline &deadline, RetryBudget *budget) const
{
    HedgedCall call;
    call.operation = operation;
    call.deadline = deadline;
    call.running.add(1);
    call.latest = now;
    if (m_config.delay)
        call.due = saturatingAdd(now, *m_config.delay);
    if (budget)
        budget->onRequest(now);
    return call;
}

std::optional<Time> Hedging::nextDeadline(const HedgedCall &call) const
{
    if (!call.due || whyNot(call) != NoHedge::None || call.deadline.isOver(std::max(call.latest, *call.due)))
        return std::nullopt;
    return call.due;
}

HedgingVerdict Hedging::onDeadline(HedgedCall &call, Time now, RetryBudget *budget) const
{
    call.latest = std::max(call.latest, now);
    HedgingVerdict verdict;
    if (call.refused == NoHedge::Over)
        verdict.kind = HedgeKind::Late;
    else
        verdict.start = startDue(call, budget);
    // The server's wish may have been all that the call waited for, and the budget has refused it.
    if (call.running.empty() && call.refused != NoHedge::Over && !nextDeadline(call))
        return end(call, HedgeKind::GiveUp, call.answer);
    return verdict;
}

HedgingVerdict Hedging::onResult(HedgedCall &call, uint32_t number, Outcome outcome, const Failure &failure, Time now,
                                 RetryBudget *budget) const
{
    call.latest = std::max(call.latest, now);
    HedgingVerdict verdict;
    if (!call.running.contains(number)) {
        verdict.kind = HedgeKind::Late;
        return verdict;
    }
    call.running.remove(number);
    if (outcome == Outcome::Success) {
        call.winner = number;
        return end(call, HedgeKind::Won, number);
    }
    call.failed.add(number);
    const bool ours =
        outcome == Outcome::Cancelled || (outcome == Outcome::Failure && failure.kind == ErrorKind::Rejected);
    if (call.answer == 0 || call.answerIsOurs || !ours) {
        call.answer = number;
        call.answerIsOurs = ours;
    }
    switch (effectOf(outcome, failure)) {
    case Effect::Fatal:
        return end(call, HedgeKind::GiveUp, call.answer);
    case Effect::NoMore:
        call.refused = NoHedge::ToldNotTo;
        break;
    case Effect::Next:
        call.notBefore =
            std::max(call.notBefore, saturatingAdd(call.latest, failure.retryAfter.value_or(Duration::zero())));
        call.due = call.notBefore;
        verdict.start = startDue(call, budget);
        break;
    }
    if (call.running.empty() && !nextDeadline(call))
        return end(call, HedgeKind::GiveUp, call.answer);
    return verdict;
}

HedgingVerdict Hedging::giveUp(HedgedCall &call, Time now) const
{
    call.latest = std::max(call.latest, now);
    HedgingVerdict late;
    late.kind = HedgeKind::Late;
    return call.refused == NoHedge::Over ? late : end(call, HedgeKind::GiveUp, call.answer);
}

NoHedge Hedging::whyNot(const HedgedCall &call) const
{
    if (call.refused != NoHedge::None)
        return call.refused;
    if (!call.operation.mayRepeat())
        return NoHedge::NotRepeatable;
    return call.begun >= m_config.maxAttempts ? NoHedge::MaxAttempts : NoHedge::None;
}

void Hedging::reconfigure(const HedgingConfig &config)
{
    if (auto error = config.validate())
        throw InvalidConfig(*error);
    m_config = config;
}

// With a delay one at most, because the next one's moment is counted from this one's start.
AttemptSet Hedging::startDue(HedgedCall &call, RetryBudget *budget) const
{
    AttemptSet started;
    for (auto due = nextDeadline(call); due && *due <= call.latest; due = nextDeadline(call)) {
        if (budget && !budget->tryAcquire(call.latest)) {
            call.refused = NoHedge::Budget;
            break;
        }
        started.add(++call.begun);
        call.running.add(call.begun);
        call.due.reset();
        if (m_config.delay)
            call.due = saturatingAdd(call.latest, *m_config.delay);
    }
    return started;
}

} // namespace resilience
