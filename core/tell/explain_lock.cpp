// SPDX-License-Identifier: MIT
#include "core/duration_text.h"
#include "core/tell/explainer.h"

#include <algorithm>
#include <cctype>

// Why a lock was got, lost or trusted too long.
namespace resilience::sim {

namespace {

std::string ofNodes(uint32_t some, const RedlockConfig &rule)
{
    if (rule.nodes == 1)
        return some == 1 ? "the only node" : "no node";
    return (some == 0 ? "none" : std::to_string(some)) + " of " + std::to_string(rule.nodes) + " nodes";
}

// At the start of a sentence.
std::string nodesOf(uint32_t some, const RedlockConfig &rule)
{
    std::string text = ofNodes(some, rule);
    text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
    return text;
}

std::string onlyNodes(uint32_t some, const RedlockConfig &rule)
{
    return rule.nodes == 1 || some == 0 ? nodesOf(some, rule) : "Only " + ofNodes(some, rule);
}

std::string needed(const RedlockConfig &rule)
{
    return std::to_string(rule.quorum()) + (rule.quorum() == 1 ? " is" : " are") + " needed";
}

// "B and C"
std::string others(const LockView &room, uint32_t but)
{
    std::string text;
    for (uint32_t i = 0; i < room.holders.size(); ++i)
        if (i != but && room.holders[i].believes)
            text += (text.empty() ? "" : " and ") + room.holders[i].name;
    return text;
}

// What the nodes know of those who believe to hold it.
std::string evidence(const LockView &room, uint32_t but, Time now)
{
    std::string text;
    for (uint32_t i = 0; i < room.holders.size(); ++i) {
        const LockHolderView &other = room.holders[i];
        if (i == but || !other.believes)
            continue;
        text += " " + other.name + " has it at " + ofNodes(other.heldAt, room.lock);
        if (other.validUntil && *other.validUntil <= now)
            text += ", and its lease has been over since " + momentText(*other.validUntil);
        else if (other.validUntil)
            text += ", and counts on it until " + momentText(*other.validUntil);
        text += other.pausedSince ? "; it is paused and cannot know." : ".";
    }
    return text;
}

} // namespace

std::vector<uint64_t> Explainer::answersBefore(uint64_t most) const
{
    std::vector<uint64_t> numbers;
    const EventLog &log = timeline.history().log();
    for (uint64_t number = event.number; number >= log.firstNumber() && number > 0 && numbers.size() < most; --number) {
        const Event *earlier = log.numbered(number);
        if (!earlier || (number != event.number && earlier->as<LockDecided>() && earlier->actor == event.actor))
            break;
        if (earlier->as<LockVoted>() && earlier->actor == event.actor)
            numbers.push_back(number);
    }
    std::reverse(numbers.begin(), numbers.end());
    return numbers;
}

void Explainer::operator()(const LockAsked &asked)
{
    const RedlockConfig &rule = before.lock().settings().lock;
    switch (asked.kind) {
    case LockRequest::Kind::Acquire:
        say(holder() + " asks " + service() + " for a lease of " + durationText(rule.ttl) + " at " + now(),
            (rule.nodes == 1 ? std::string("There is one node, and ")
                             : "It asks all " + std::to_string(rule.nodes) + " nodes at once, and ")
                + needed(rule) + ". It counts the lease from now on, before the first answer is there.");
        return;
    case LockRequest::Kind::Extend:
        say(holder() + " asks " + service() + " to renew its lease at " + now(),
            "For another " + durationText(rule.ttl) + ". The node does so only if " + holder()
                + " still has it there.");
        return;
    default:
        say(holder() + " gives back what " + service() + " has granted, at " + now(),
            std::string(asked.round == 0 ? "It did not get the lock, or has lost it: whatever was granted goes back, "
                                           "also at nodes whose answers never came. "
                                         : "")
                + (before.lock().settings().releaseComparesOwner
                       ? "The node compares the owner: nobody ends the lease of another."
                       : "The node does not compare the owner: whoever has the lease there, it is deleted."));
    }
}

void Explainer::operator()(const LockVoted &voted)
{
    const LockView room = before.lock().view(event.at);
    const LockHolderView &asker = room.holders[event.actor.index];
    const LockNodeStateView &node = room.nodes[event.target.index];
    switch (voted.reply) {
    case LockReply::Granted:
        out.title = service() + " says yes to " + holder();
        break;
    case LockReply::Taken:
        out.title = service() + " says no to " + holder() + ": it is taken";
        break;
    case LockReply::NotOwner:
        out.title = service() + " says no to " + holder() + ": not its lease";
        break;
    case LockReply::Unreachable:
        out.title = holder() + " cannot reach " + service();
        break;
    }
    if (node.holder != kNobody && node.state.expiresAt)
        out.text = "There " + room.holders[node.holder].name + " has the lease for another "
                   + spanText(std::max(Duration{}, *node.state.expiresAt - node.state.clock))
                   + ", by the node's own clock. ";
    else
        out.text = "There nobody has the lease any more. ";
    if (asker.lock.roundEnds && asker.doing == HolderDoing::Asking) {
        const uint32_t votes = asker.lock.votes + (voted.reply == LockReply::Granted);
        out.text += "With this answer " + ofNodes(votes, room.lock) + (votes == 1 ? " has" : " have") + " granted it; "
                    + needed(room.lock) + ".";
        out.rule = "votes " + std::to_string(votes) + (votes >= room.lock.quorum() ? " >= " : " < ")
                   + "quorum = " + std::to_string(room.lock.nodes) + " / 2 + 1 = " + std::to_string(room.lock.quorum());
    }
    out.title += ", at " + now();
}

void Explainer::operator()(const LockDecided &decided)
{
    const LockView room = before.lock().view(event.at);
    const RedlockConfig &rule = room.lock;
    out.counted = answersBefore(rule.nodes);
    const auto quorum = [&] {
        return "votes " + std::to_string(decided.votes) + (decided.votes >= rule.quorum() ? " >= " : " < ")
               + std::to_string(rule.quorum());
    };
    const auto sum = [&](Duration validity) {
        const Duration elapsed = rule.ttl - rule.drift() - validity;
        out.rule = quorum() + "; validity = ttl - elapsed - drift = " + inSeconds(rule.ttl) + " - " + inSeconds(elapsed)
                   + " - " + inSeconds(rule.drift()) + " = " + inSeconds(validity) + " s";
        return "until " + momentText(event.at + validity) + ": the lease of " + durationText(rule.ttl)
               + " began when it asked, " + spanText(elapsed) + " ago, and " + spanText(rule.drift())
               + " are kept back for clocks that drift apart";
    };
    switch (decided.outcome) {
    case LockOutcome::Acquired:
        out.title = holder() + " holds the lease" + (decided.token ? ", token " + std::to_string(decided.token) : "");
        out.text = nodesOf(decided.votes, rule) + " granted it; " + needed(rule) + ". It may rely on it "
                   + sum(decided.validity.value_or(Duration{})) + ".";
        if (decided.othersHold)
            out.text += " But " + others(room, event.actor.index) + " takes it for its own as well."
                        + evidence(room, event.actor.index, event.at);
        break;
    case LockOutcome::NotAcquired:
        out.title = holder() + " does not get the lease";
        out.text = decided.votes < rule.quorum()
                       ? onlyNodes(decided.votes, rule) + " granted it; " + needed(rule) + "."
                       : nodesOf(decided.votes, rule)
                             + " granted it, but the answers took so long that nothing is left "
                               "of the lease.";
        out.rule = quorum();
        out.text += " It gives back what it got, waits for a random time and tries again.";
        break;
    case LockOutcome::Extended:
        out.title = holder() + " has renewed its lease";
        out.text = nodesOf(decided.votes, rule) + " agreed; " + needed(rule) + ". It may rely on it "
                   + sum(decided.validity.value_or(Duration{})) + ".";
        break;
    case LockOutcome::NotExtended:
        say(holder() + " could not renew its lease",
            (decided.votes < rule.quorum()
                 ? onlyNodes(decided.votes, rule) + " agreed in time; " + needed(rule) + "."
                 : nodesOf(decided.votes, rule) + " agreed, but too late for any of it to be left.")
                + " What it has is good until its own end.",
            quorum());
        break;
    case LockOutcome::Released:
        say(holder() + " has given the lease back",
            nodesOf(decided.votes, rule) + " ended it; " + needed(rule) + ". Whoever asks next can have it.", quorum());
        break;
    case LockOutcome::NotReleased:
        say(holder() + " could not give the lease back",
            onlyNodes(decided.votes, rule) + " ended it; " + needed(rule)
                + ". The rest ends by itself, after the ttl of " + durationText(rule.ttl) + ".",
            quorum());
        break;
    case LockOutcome::Lost: {
        const auto &until = room.holders[event.actor.index].validUntil;
        const bool lapsed = until && *until <= event.at;
        say(holder() + " learns that its lease was over",
            (lapsed ? "It was good until " + momentText(*until) + ", " + spanText(event.at - *until) + " ago."
                    : std::string("Too few nodes still know it as the owner."))
                + " What it did since it was over was not protected.",
            lapsed ? now() + " >= " + momentText(*until) : std::string());
        break;
    }
    case LockOutcome::None:
    case LockOutcome::Refused:
        say(holder() + " knows no more than before", "Nothing was decided.");
        break;
    }
    out.title += ", at " + now();
}

void Explainer::operator()(const LeaseOver &over)
{
    const LockView room = before.lock().view(event.at);
    const LockHolderView &who = room.holders[event.actor.index];
    out.title = "The lease of " + holder() + " is over at " + now();
    if (who.askedAt && who.validUntil)
        out.rule = "good until " + momentText(*who.validUntil) + ", asked for at " + momentText(*who.askedAt);
    if (over.known)
        out.text = "Its own clock says so: it may not rely on it any more, and will not write.";
    else if (who.pausedSince)
        out.text = holder() + " has been paused since " + momentText(*who.pausedSince)
                   + " and cannot know. The nodes will give the lock to whoever asks.";
    else if (who.doing == HolderDoing::Writing)
        out.text = "It has looked at its clock before and does not look again: its write is on its way.";
    else
        out.text = holder() + " works on and does not look at its clock. The nodes will give the lock to whoever asks.";
}

void Explainer::operator()(const WriteTried &tried)
{
    const LockView room = before.lock().view(event.at);
    const std::string token = "token " + std::to_string(tried.token);
    out.title = "The write of " + holder() + ", " + token + ", was " + (tried.accepted ? "accepted" : "refused")
                + " at " + now() + (tried.stale ? ": it is stale" : "");
    const std::string later =
        "Somebody with a later grant, token " + std::to_string(room.largestToken) + ", has written already";
    if (room.fencing)
        out.rule = "token " + std::to_string(tried.token) + (tried.accepted ? " >= " : " < ")
                   + std::to_string(room.largestToken) + ", the largest seen";
    if (tried.stale && tried.accepted)
        out.text = later + ", and this write overwrites it. The storage does not compare tokens: it cannot tell.";
    else if (tried.stale)
        out.text =
            later + ". The storage remembers the largest token and refuses smaller ones: nothing is overwritten.";
    else if (tried.accepted)
        out.text = "No later grant has written before.";
    else
        out.text = "It carries no token that the storage takes.";
    for (const LockWriteView &write : room.writes)
        if (tried.stale && write.accepted && write.token > tried.token)
            out.counted.push_back(write.event);
}

void Explainer::operator()(const WriteHeldBack &)
{
    const LockHolderView who = before.lock().view(event.at).holders[event.actor.index];
    std::string since = who.validUntil && *who.validUntil <= event.at
                            ? "Its lease has been over since " + momentText(*who.validUntil) + "."
                            : "It has lost its lease.";
    say(holder() + " does not write at " + now(),
        "It looked at its clock first. " + since
            + " That is good, but no proof: a pause between the look and the write would not be seen.");
}

void Explainer::operator()(const NodeRestarted &)
{
    const LockView room = before.lock().view(event.at);
    const LockNodeStateView &node = room.nodes[event.target.index];
    const bool forgets = node.state.owner != 0;
    say(service() + " is back at " + now() + ", and has forgotten all it granted",
        forgets ? "It had granted a lease that is still running, and knows nothing of it: it will vote for somebody "
                  "else. A node should stay away for one ttl, "
                      + durationText(room.lock.ttl) + ", after it has lost its memory."
                : "No lease that it gave is running: nothing is lost.");
}

} // namespace resilience::sim
