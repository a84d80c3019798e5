// SPDX-License-Identifier: MIT
#include "core/sim/lock_room.h"

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

Event LockRoom::eventOf(uint32_t index, EventDetail detail) const
{
    return {.client = index, .service = componentOfHolder(index), .detail = std::move(detail)};
}

void LockRoom::enter(LockHolder &holder, HolderDoing doing, Time now, std::optional<Time> until)
{
    holder.doing = doing;
    holder.since = now;
    holder.until = until;
}

void LockRoom::setTimer(uint32_t index, HolderTimer timer, Time at, Turn &turn)
{
    m_holders[index].timers[static_cast<size_t>(timer)] = ++m_lastTimer;
    turn.schedule({.at = at,
                   .kind = Pending::Kind::LockTimer,
                   .actor = index,
                   .token = m_lastTimer,
                   .detail = static_cast<uint8_t>(timer)});
}

void LockRoom::onTimer(uint32_t index, HolderTimer timer, Turn &turn)
{
    LockHolder &holder = m_holders[index];
    switch (timer) {
    case HolderTimer::Ask:
        ask(index, turn);
        break;
    case HolderTimer::RoundEnds:
        follow(index, holder.lock.onDeadline(turn.now), turn);
        break;
    case HolderTimer::WorkDone:
        endWork(index, turn);
        break;
    case HolderTimer::SendWrite:
        sendWrite(index, turn);
        break;
    case HolderTimer::WriteUnanswered:
        beginRelease(index, turn);
        break;
    case HolderTimer::Renew:
        // As long as it is at it; while the latest round is still out it only tries again later.
        if (holder.believes()) {
            setTimer(index, HolderTimer::Renew, saturatingAdd(turn.now, m_settings.lock.ttl / 3), turn);
            follow(index, holder.lock.extend(turn.now), turn);
        }
        break;
    case HolderTimer::LeaseEnds:
        leaseEnds(index, turn);
        break;
    }
}

void LockRoom::onReply(uint32_t index, const LockMessage &message, Turn &turn)
{
    LockHolder &holder = m_holders[index];
    if (message.kind == LockMessage::Kind::Write) {
        if (holder.doing == HolderDoing::Writing && message.token == holder.token) {
            stopTimer(index, HolderTimer::WriteUnanswered);
            beginRelease(index, turn);
        }
        return;
    }
    if (message.kind == LockMessage::Kind::Acquire && message.owner == holder.lock.view(turn.now).owner)
        holder.answers[message.node] = message.reply;
    Event voted = eventOf(index, LockVoted{message.reply, message.round});
    voted.service = componentOfNode(message.node);
    turn.tell(voted);
    follow(index, holder.lock.onReply(message.round, message.node, message.reply, turn.now), turn);
}

void LockRoom::ask(uint32_t index, Turn &turn)
{
    LockHolder &holder = m_holders[index];
    std::fill(holder.answers.begin(), holder.answers.end(), std::nullopt);
    enter(holder, HolderDoing::Asking, turn.now);
    follow(index, holder.lock.acquire(turn.now), turn);
}

// The step that the pattern has taken: told, and what it asks for carried out.
void LockRoom::follow(uint32_t index, const LockStep &step, Turn &turn)
{
    LockHolder &holder = m_holders[index];
    if (step.outcome != LockOutcome::None && step.outcome != LockOutcome::Refused) {
        const bool acquired = step.outcome == LockOutcome::Acquired;
        const bool others = acquired && othersBelieve(index);
        const uint64_t token = acquired ? m_tokens.next() : 0;
        m_overlaps += others;
        turn.tell(eventOf(index, LockDecided{step.outcome, step.votes, step.validity, token, others}));
        holder.lastDecision = turn.lastNumber;
        stopTimer(index, HolderTimer::RoundEnds);
        if (acquired) {
            holder.token = token;
            ++holder.grants;
        }
    }
    if (step.send.kind != LockRequest::Kind::None)
        sendToAll(index, step.send, turn);
    switch (step.outcome) {
    case LockOutcome::Acquired: {
        const Time done = saturatingAdd(turn.now, holder.config.work);
        enter(holder, HolderDoing::Working, turn.now, done);
        setTimer(index, HolderTimer::WorkDone, done, turn);
        if (holder.config.extends)
            setTimer(index, HolderTimer::Renew, saturatingAdd(turn.now, m_settings.lock.ttl / 3), turn);
        hold(index, step, turn);
        break;
    }
    case LockOutcome::Extended:
        hold(index, step, turn);
        break;
    case LockOutcome::NotAcquired: {
        const Time again = saturatingAdd(turn.now, step.retryAfter.value_or(Duration{}));
        enter(holder, HolderDoing::Waiting, turn.now, again);
        setTimer(index, HolderTimer::Ask, again, turn);
        break;
    }
    case LockOutcome::Released:
    case LockOutcome::NotReleased:
        rest(index, turn);
        break;
    case LockOutcome::Lost:
        if (holder.doing == HolderDoing::Releasing) {
            rest(index, turn);
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

void LockRoom::hold(uint32_t index, const LockStep &step, Turn &turn)
{
    LockHolder &holder = m_holders[index];
    holder.askedAt = holder.roundStartedAt;
    holder.validUntil = saturatingAdd(turn.now, step.validity.value_or(Duration{}));
    holder.knowsItIsOver = false;
    setTimer(index, HolderTimer::LeaseEnds, *holder.validUntil, turn);
}

void LockRoom::sendToAll(uint32_t index, const LockRequest &request, Turn &turn)
{
    if (request.round != 0) {
        m_holders[index].roundStartedAt = turn.now;
        setTimer(index, HolderTimer::RoundEnds, *m_holders[index].lock.nextDeadline(), turn);
    }
    for (uint32_t node = 0; node < m_stores.size(); ++node) {
        Event asked = eventOf(index, LockAsked{request.kind, request.round});
        asked.service = componentOfNode(node);
        turn.tell(asked);
        post({.kind = messageKind(request.kind),
              .holder = index,
              .node = node,
              .owner = request.owner,
              .lapsed = request.lapsed,
              .ttl = request.ttl,
              .round = request.round},
             Pending::Kind::ReachLockNode, node, turn);
    }
}

void LockRoom::leaseEnds(uint32_t index, Turn &turn)
{
    LockHolder &holder = m_holders[index];
    if (!holder.believes())
        return;
    // Nobody looks at a clock while standing still, nor any more once it has decided to write.
    holder.knowsItIsOver = m_settings.checksBeforeWriting && !holder.paused() && holder.doing == HolderDoing::Working;
    turn.tell(eventOf(index, LeaseOver{holder.knowsItIsOver}));
}

void LockRoom::endWork(uint32_t index, Turn &turn)
{
    LockHolder &holder = m_holders[index];
    if (m_settings.checksBeforeWriting && !holder.lock.isHeld(turn.now)) {
        holder.knowsItIsOver = true;
        ++m_heldBack;
        turn.tell(eventOf(index, WriteHeldBack{}));
        beginRelease(index, turn);
        return;
    }
    // From here on it does not look again.
    enter(holder, HolderDoing::Writing, turn.now);
    setTimer(index, HolderTimer::SendWrite, saturatingAdd(turn.now, kPrepare), turn);
}

void LockRoom::sendWrite(uint32_t index, Turn &turn)
{
    post({.kind = LockMessage::Kind::Write,
          .holder = index,
          .node = LockMessage::kStore,
          .token = m_holders[index].token},
         Pending::Kind::ReachStore, index, turn);
    setTimer(index, HolderTimer::WriteUnanswered, saturatingAdd(turn.now, 4 * m_latency), turn);
}

void LockRoom::beginRelease(uint32_t index, Turn &turn)
{
    LockHolder &holder = m_holders[index];
    stopTimer(index, HolderTimer::Renew);
    stopTimer(index, HolderTimer::LeaseEnds);
    const LockStep step = holder.lock.release(turn.now);
    if (step.outcome == LockOutcome::Refused) { // it knows already that there is nothing to give back
        rest(index, turn);
        return;
    }
    holder.validUntil.reset(); // it has let go, whenever the nodes hear of it
    enter(holder, HolderDoing::Releasing, turn.now);
    follow(index, step, turn);
}

void LockRoom::rest(uint32_t index, Turn &turn)
{
    LockHolder &holder = m_holders[index];
    holder.askedAt.reset();
    holder.validUntil.reset();
    std::fill(holder.answers.begin(), holder.answers.end(), std::nullopt);
    const Time again = saturatingAdd(turn.now, holder.config.rest);
    enter(holder, HolderDoing::Resting, turn.now, again);
    setTimer(index, HolderTimer::Ask, again, turn);
}

bool LockRoom::othersBelieve(uint32_t index) const
{
    for (uint32_t i = 0; i < m_holders.size(); ++i)
        if (i != index && m_holders[i].believes())
            return true;
    return false;
}

} // namespace resilience::sim
