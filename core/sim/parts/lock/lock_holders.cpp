// SPDX-License-Identifier: MIT
#include "core/sim/parts/lock/lock_simulation.h"

#include <algorithm>

// What those who want the lock do, one thing after the other.
namespace resilience::sim {

namespace {

LockMessage::Kind messageKind(LockRequest::Kind kind)
{
    return kind == LockRequest::Kind::Acquire  ? LockMessage::Kind::Acquire
           : kind == LockRequest::Kind::Extend ? LockMessage::Kind::Extend
                                               : LockMessage::Kind::Release;
}

} // namespace

Event LockSimulation::eventOf(uint32_t index, EventDetail detail)
{
    return {.actor = Subject::lockHolder(index), .detail = std::move(detail)};
}

void LockSimulation::enter(LockHolder &holder, HolderDoing doing, Time now, std::optional<Time> until)
{
    holder.doing = doing;
    holder.since = now;
    holder.until = until;
}

void LockSimulation::setTimer(uint32_t index, HolderTimer timer, Time at, StepContext &context)
{
    m_holders[index].timers[static_cast<size_t>(timer)] = ++m_lastTimer;
    context.schedule<LockSimulation>(at, Kind::Timer,
                                     {.token = m_lastTimer, .actor = index, .detail = static_cast<uint8_t>(timer)});
}

void LockSimulation::onTimer(uint32_t index, HolderTimer timer, StepContext &context)
{
    LockHolder &holder = m_holders[index];
    switch (timer) {
    case HolderTimer::Ask:
        ask(index, context);
        break;
    case HolderTimer::RoundEnds:
        follow(index, holder.lock.onDeadline(context.now), context);
        break;
    case HolderTimer::WorkDone:
        endWork(index, context);
        break;
    case HolderTimer::SendWrite:
        sendWrite(index, context);
        break;
    case HolderTimer::WriteUnanswered:
        beginRelease(index, context);
        break;
    case HolderTimer::Renew:
        // As long as it is at it; while the latest round is still out it only tries again later.
        if (holder.believes()) {
            setTimer(index, HolderTimer::Renew, saturatingAdd(context.now, m_settings.lock.ttl / 3), context);
            follow(index, holder.lock.extend(context.now), context);
        }
        break;
    case HolderTimer::LeaseEnds:
        leaseEnds(index, context);
        break;
    }
}

void LockSimulation::onReply(uint32_t index, const LockMessage &message, StepContext &context)
{
    LockHolder &holder = m_holders[index];
    if (message.kind == LockMessage::Kind::Write) {
        if (holder.doing == HolderDoing::Writing && message.token == holder.token) {
            stopTimer(index, HolderTimer::WriteUnanswered);
            beginRelease(index, context);
        }
        return;
    }
    if (message.kind == LockMessage::Kind::Acquire && message.owner == holder.lock.view(context.now).owner)
        holder.answers[message.node] = message.reply;
    Event voted = eventOf(index, LockVoted{message.reply, message.round});
    voted.target = Subject::lockNode(message.node);
    context.record(voted);
    follow(index, holder.lock.onReply(message.round, message.node, message.reply, context.now), context);
}

void LockSimulation::ask(uint32_t index, StepContext &context)
{
    LockHolder &holder = m_holders[index];
    std::fill(holder.answers.begin(), holder.answers.end(), std::nullopt);
    enter(holder, HolderDoing::Asking, context.now);
    follow(index, holder.lock.acquire(context.now), context);
}

// The step that the pattern has taken: told, and what it asks for carried out.
void LockSimulation::follow(uint32_t index, const LockStep &step, StepContext &context)
{
    LockHolder &holder = m_holders[index];
    if (step.outcome != LockOutcome::None && step.outcome != LockOutcome::Refused) {
        const bool acquired = step.outcome == LockOutcome::Acquired;
        const bool others = acquired && othersBelieve(index);
        const uint64_t token = acquired ? m_tokens.next() : 0;
        m_overlaps += others;
        context.record(eventOf(index, LockDecided{step.outcome, step.votes, step.validity, token, others}));
        holder.lastDecision = context.lastNumber;
        stopTimer(index, HolderTimer::RoundEnds);
        if (acquired) {
            holder.token = token;
            ++holder.grants;
        }
    }
    if (step.send.kind != LockRequest::Kind::None)
        sendToAll(index, step.send, context);
    switch (step.outcome) {
    case LockOutcome::Acquired: {
        const Time done = saturatingAdd(context.now, holder.config.work);
        enter(holder, HolderDoing::Working, context.now, done);
        setTimer(index, HolderTimer::WorkDone, done, context);
        if (holder.config.extends)
            setTimer(index, HolderTimer::Renew, saturatingAdd(context.now, m_settings.lock.ttl / 3), context);
        hold(index, step, context);
        break;
    }
    case LockOutcome::Extended:
        hold(index, step, context);
        break;
    case LockOutcome::NotAcquired: {
        const Time again = saturatingAdd(context.now, step.retryAfter.value_or(Duration{}));
        enter(holder, HolderDoing::Waiting, context.now, again);
        setTimer(index, HolderTimer::Ask, again, context);
        break;
    }
    case LockOutcome::Released:
    case LockOutcome::NotReleased:
        rest(index, context);
        break;
    case LockOutcome::Lost:
        if (holder.doing == HolderDoing::Releasing) {
            rest(index, context);
        } else { // it was told while it works; who never looks goes on all the same
            stopTimer(index, HolderTimer::LeaseEnds);
            stopTimer(index, HolderTimer::Renew);
            holder.knowsItIsOver = m_settings.checksBeforeWriting;
            if (holder.knowsItIsOver)
                holder.validUntil.reset();
        }
        break;
    case LockOutcome::None:
    case LockOutcome::NotExtended:
    case LockOutcome::Refused:
        break;
    }
}

void LockSimulation::hold(uint32_t index, const LockStep &step, StepContext &context)
{
    LockHolder &holder = m_holders[index];
    holder.askedAt = holder.roundStartedAt;
    holder.validUntil = saturatingAdd(context.now, step.validity.value_or(Duration{}));
    holder.knowsItIsOver = false;
    setTimer(index, HolderTimer::LeaseEnds, *holder.validUntil, context);
}

void LockSimulation::sendToAll(uint32_t index, const LockRequest &request, StepContext &context)
{
    if (request.round != 0) {
        m_holders[index].roundStartedAt = context.now;
        setTimer(index, HolderTimer::RoundEnds, *m_holders[index].lock.nextDeadline(), context);
    }
    for (uint32_t node = 0; node < m_stores.size(); ++node) {
        Event asked = eventOf(index, LockAsked{request.kind, request.round});
        asked.target = Subject::lockNode(node);
        context.record(asked);
        post({.kind = messageKind(request.kind),
              .holder = index,
              .node = node,
              .owner = request.owner,
              .lapsed = request.lapsed,
              .ttl = request.ttl,
              .round = request.round},
             Kind::ReachNode, node, context);
    }
}

void LockSimulation::leaseEnds(uint32_t index, StepContext &context)
{
    LockHolder &holder = m_holders[index];
    if (!holder.believes())
        return;
    // Nobody looks at a clock while standing still, nor any more once it has decided to write.
    holder.knowsItIsOver = m_settings.checksBeforeWriting && !holder.paused() && holder.doing == HolderDoing::Working;
    context.record(eventOf(index, LeaseOver{holder.knowsItIsOver}));
}

void LockSimulation::endWork(uint32_t index, StepContext &context)
{
    LockHolder &holder = m_holders[index];
    if (m_settings.checksBeforeWriting && !holder.lock.isHeld(context.now)) {
        holder.knowsItIsOver = true;
        ++m_heldBack;
        context.record(eventOf(index, WriteHeldBack{}));
        beginRelease(index, context);
        return;
    }
    // From here on it does not look again.
    enter(holder, HolderDoing::Writing, context.now);
    setTimer(index, HolderTimer::SendWrite, saturatingAdd(context.now, kPrepare), context);
}

void LockSimulation::sendWrite(uint32_t index, StepContext &context)
{
    post({.kind = LockMessage::Kind::Write,
          .holder = index,
          .node = LockMessage::kResource,
          .token = m_holders[index].token},
         Kind::ReachResource, index, context);
    setTimer(index, HolderTimer::WriteUnanswered, saturatingAdd(context.now, 4 * context.network.latency()), context);
}

void LockSimulation::beginRelease(uint32_t index, StepContext &context)
{
    LockHolder &holder = m_holders[index];
    stopTimer(index, HolderTimer::Renew);
    stopTimer(index, HolderTimer::LeaseEnds);
    const LockStep step = holder.lock.release(context.now);
    if (step.outcome == LockOutcome::Refused) { // it knows already that there is nothing to give back
        rest(index, context);
        return;
    }
    holder.validUntil.reset(); // it has let go, whenever the nodes hear of it
    enter(holder, HolderDoing::Releasing, context.now);
    follow(index, step, context);
}

void LockSimulation::rest(uint32_t index, StepContext &context)
{
    LockHolder &holder = m_holders[index];
    holder.askedAt.reset();
    holder.validUntil.reset();
    std::fill(holder.answers.begin(), holder.answers.end(), std::nullopt);
    const Time again = saturatingAdd(context.now, holder.config.rest);
    enter(holder, HolderDoing::Resting, context.now, again);
    setTimer(index, HolderTimer::Ask, again, context);
}

std::string LockSimulation::timerWords(const std::string &holder, HolderTimer timer)
{
    switch (timer) {
    case HolderTimer::Ask:
        return holder + " asks for the lock";
    case HolderTimer::RoundEnds:
        return holder + " waits no longer for answers";
    case HolderTimer::WorkDone:
        return holder + " is done and looks at its clock";
    case HolderTimer::SendWrite:
        return holder + " sends its write";
    case HolderTimer::WriteUnanswered:
        return holder + " waits no longer for the storage";
    case HolderTimer::Renew:
        return holder + " renews its lease";
    case HolderTimer::LeaseEnds:
        return "the lease of " + holder + " ends";
    }
    return {};
}

Upcoming LockSimulation::describe(const Pending &pending, const ConstPartReferences &) const
{
    using Where = Upcoming::Where;
    uint32_t index = pending.actor;
    Upcoming next{.at = pending.at};
    const LockMessage *message = this->message(pending.token);
    const auto kind = static_cast<Kind>(pending.kind);
    std::string node;
    if (message && (kind == Kind::Reply || kind == Kind::ReachNode)) {
        index = message->holder;
        next.target = Subject::lockNode(message->node);
        node = m_stores[message->node].config.name;
    }
    next.actor = Subject::lockHolder(index);
    const std::string &holder = m_holders[index].config.name;
    switch (kind) {
    case Kind::Timer:
        next.where = Where::Holder;
        next.words = timerWords(holder, HolderTimer(pending.detail));
        break;
    case Kind::Reply:
        next.where = Where::Holder;
        next.words = "the answer of " + node + " reaches " + holder;
        next.brief = node + " answers " + holder;
        break;
    case Kind::ReachNode:
        next.where = Where::LockNode;
        next.words = "a request of " + holder + " reaches " + node;
        break;
    case Kind::ReachResource:
        next.where = Where::Resource;
        next.words = "the write of " + holder + " reaches the storage";
        break;
    case Kind::ResourceAnswer:
        next.where = Where::Holder;
        next.words = "the storage's answer reaches " + holder;
        break;
    }
    return next;
}

bool LockSimulation::othersBelieve(uint32_t index) const
{
    for (uint32_t i = 0; i < m_holders.size(); ++i)
        if (i != index && m_holders[i].believes())
            return true;
    return false;
}

} // namespace resilience::sim
