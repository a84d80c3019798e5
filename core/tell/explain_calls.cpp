// SPDX-License-Identifier: MIT
#include "core/duration_text.h"
#include "core/tell/explainer.h"

#include <algorithm>

// What happened to a call on its way through the policies, and why.
namespace resilience::sim {

namespace {

// Where the breaker lies so that this result does not get there: said in place of its judgement.
std::string unheardByBreaker(const PolicyOrder &order, const Finished &finished)
{
    const auto breaker = order.levelOf(PolicyKind::CircuitBreaker);
    if (!breaker || finished.recorded != Recorded::Nothing)
        return {};
    if (finished.timedOutBy && order.levelOf(*finished.timedOutBy).value_or(*breaker) < *breaker)
        return "That timeout lies outside the breaker, to which the call is merely cancelled: it counts nothing.";
    if (order.levelOf(PolicyKind::Retry).value_or(0) > *breaker)
        return "The retry lies inside the breaker, which only hears how the whole call ends.";
    return {};
}

void add(std::string &text, const std::string &sentence)
{
    if (!sentence.empty())
        text += (text.empty() ? "" : " ") + sentence;
}

const char *whereItWaited(std::optional<PolicyKind> where)
{
    if (!where)
        return "while it waited";
    switch (roleOf(*where)) {
    case PolicyRole::Gate:
        return where == PolicyKind::Bulkhead ? "while it waited for a slot" : "while it waited for its turn";
    case PolicyRole::Retry:
    case PolicyRole::Hedging:
        return "while it waited for the next attempt";
    default:
        return "while it waited";
    }
}

} // namespace

bool Explainer::asked(PolicyKind kind) const
{
    const PolicyOrder &order = pipeline().config().order;
    const auto level = order.levelOf(kind);
    if (!level)
        return false;
    const Event *went = atOnce(
        [this](const Event &other) { return other.number < event.number && sameCall(other) && other.as<Admitted>(); });
    const auto from = went              ? order.levelOf(went->as<Admitted>()->at)
                      : plannedBefore() ? order.levelOf(PolicyKind::Retry)
                                        : std::nullopt;
    return !from || *level > *from;
}

void Explainer::operator()(const Offered &)
{
    say(call() + " begins at " + now(),
        pipeline().config().order.empty()
            ? "The client has a new request and sends it at once."
            : "The client has a new request; first it passes the policies, the outermost first.");
}

void Explainer::operator()(const Sent &sent)
{
    const PolicyOrder &order = pipeline().config().order;
    out.title = (event.attempt > 1 ? attempt() + " goes out at " : call() + " was let through at ") + now();
    if (sent.permit.trial) {
        const bool tooMany = sent.trial > rule().halfOpenMaxCalls;
        out.text =
            "It is trial " + std::to_string(sent.trial)
            + (tooMany ? ", though only " + std::to_string(rule().halfOpenMaxCalls) + " were meant (broken on purpose)"
                       : " of " + std::to_string(rule().halfOpenMaxCalls))
            + ": the open wait was over, so a few calls may test whether " + service() + " is back.";
        out.rule =
            "half-open: trials given " + std::to_string(sent.trial - 1)
            + (tooMany ? " -> passes" : " < " + std::to_string(rule().halfOpenMaxCalls) + " -> passes as a trial");
    } else if (order.has(PolicyKind::CircuitBreaker)) {
        out.text = std::string("The breaker is ") + name(sent.state) + ", so calls pass.";
        out.rule = std::string(name(sent.state)) + ": every call -> passes";
    } else if (order.empty()) {
        out.text = "There is no policy that could stop it.";
    }
    add(out.text, permitGiven());
    add(out.text, slotGiven());
    if (out.text.empty())
        out.text = "No policy between the client and " + service() + " stops it.";
}

void Explainer::operator()(const Rejected &away)
{
    out.title = call() + " was turned away at " + now();
    if (away.by == PolicyKind::CircuitBreaker)
        turnedAwayByBreaker(away);
    else if (away.by == PolicyKind::RateLimiter)
        turnedAwayByLimiter(away);
    else if (away.by == PolicyKind::Bulkhead)
        turnedAwayByBulkhead(away);
    else
        turnedAwayByGate(away);
    add(out.text, whatNext());
}

void Explainer::operator()(const Queued &queued)
{
    out.title = call() + " waits at the " + wordsOf(queued.at).label + " from " + now() + " on";
    if (queued.at == PolicyKind::Bulkhead)
        waitsForSlot(queued);
    else if (queued.at == PolicyKind::RateLimiter)
        waitsForTurn(queued);
    else
        waitsAtGate(queued);
}

void Explainer::operator()(const HedgeBegun &hedge)
{
    const HedgingConfig &config = pipeline().config().hedging;
    const std::string number = std::to_string(hedge.hedge);
    const std::string most = std::to_string(config.maxAttempts);
    out.title = call() + " gets another attempt beside those that run, at " + now();
    if (hedge.afterFailure) {
        out.text = "One of its attempts has failed, so that the next begins at once.";
    } else if (config.delay) {
        const Event *before = latest([this](const Event &other) {
            return sameCall(other) && (other.as<Offered>() || other.as<HedgeBegun>() || other.as<RetryPlanned>());
        });
        if (before)
            out.counted = {before->number};
        out.text = "No answer has come within the hedging delay of " + durationText(*config.delay)
                   + " since the attempt before it began.";
        out.rule = "no answer after " + durationText(*config.delay) + ": attempt " + number + " <= " + most
                   + " -> begins beside the others";
    }
    add(out.text, "It is number " + number + " of at most " + most
                      + ". The first success answers the call; the others are cancelled then.");
}

void Explainer::operator()(const OutOfTime &late)
{
    const PipelineConfig &config = pipeline().config();
    const auto &calls = before.flow().openCalls();
    const auto found = std::find_if(calls.begin(), calls.end(), [this](const OpenCall &call) {
        return call.id == event.request && call.caller == event.caller && call.pipeline == event.pipeline;
    });
    const auto where = found == calls.end() ? std::nullopt : pipeline().waitsAt(found->handle);
    if (!late.by) {
        say(call() + " ran out of time at " + now(),
            std::string("Its caller's own deadline was over ") + whereItWaited(where) + ".");
        return;
    }
    const Duration limit = late.by == PolicyKind::TotalTimeout ? config.totalTimeout : config.attemptTimeout;
    say(call() + " ran out of time at " + now(), std::string("The ") + wordsOf(*late.by).label + " of "
                                                     + durationText(limit) + " was over " + whereItWaited(where) + ".");
    if (event.ends && event.ends->fellBack)
        add(out.text, "A fallback has answered instead.");
}

// The attempt failed; whether the call has failed too is another question.
std::string Explainer::whatNext() const
{
    if (event.ends)
        return event.ends->fellBack ? "A fallback has answered instead." : "";
    const Event *next = atOnce([this](const Event &other) {
        return other.number > event.number && sameCall(other) && (other.as<RetryPlanned>() || other.as<RetryGivenUp>());
    });
    if (!next)
        return {};
    if (const auto *planned = next->as<RetryPlanned>())
        return "The call goes on: its next attempt is planned for " + momentText(planned->next) + ".";
    return "It is not tried again, so the call ends with it.";
}

std::string Explainer::howItFailed(const Finished &finished) const
{
    const Event *answer = latest([this](const Event &other) {
        return sameCall(other) && other.attempt == event.attempt
               && (other.as<Answered>() || other.as<Dropped>() || other.as<Sent>());
    });
    if (finished.refused) {
        const Client &client = before.clients()[event.actor.index];
        bool anyRouted = static_cast<bool>(event.caller);
        for (size_t place = 0; place < client.config().targets.size(); ++place)
            anyRouted = anyRouted || client.isRouted(place);
        return anyRouted
                   ? "The connection was refused after " + spanText(finished.took) + ": nobody was there to answer."
                   : "No target is in rotation, so there was nobody to send it to.";
    }
    const auto *answered = answer ? answer->as<Answered>() : nullptr;
    if (answered && finished.broken)
        return service() + " crashed at " + momentText(answer->at)
               + " with this call on it. It answers nothing; the caller sees that the connection is gone, "
               + spanText(finished.took) + " after it had sent the call.";
    if (answered && answered->overloaded)
        return service() + " refused it after " + spanText(finished.took)
               + ": every worker was busy, and there was no room to wait.";
    return service() + " answered with an error after " + spanText(finished.took) + ".";
}

void Explainer::operator()(const Finished &finished)
{
    const bool success = finished.outcome == RequestOutcome::Succeeded;
    const bool timedOut = finished.outcome == RequestOutcome::TimedOut;
    const PipelineConfig &config = pipeline().config();
    out.title = attempt() + (success ? " succeeded" : timedOut ? " timed out" : " failed") + " at " + now();
    if (success) {
        out.text = service() + " answered after " + spanText(finished.took) + ".";
    } else if (timedOut) {
        const bool total = finished.timedOutBy == PolicyKind::TotalTimeout;
        const Duration limit = total ? config.totalTimeout : config.attemptTimeout;
        out.text = std::string("The ") + (total ? "total" : "attempt") + " timeout"
                   + (finished.took <= limit ? " of " + durationText(limit) : std::string())
                   + " was over: no answer had come within " + spanText(finished.took) + ".";
        out.rule = "answer after more than " + spanText(finished.took)
                   + (finished.took == limit ? " = " + std::string(total ? "total" : "attempt") + " timeout" : "");
    } else {
        out.text = howItFailed(finished);
    }
    if (const std::string unheard = unheardByBreaker(config.order, finished); !unheard.empty())
        add(out.text, unheard);
    else if (config.order.has(PolicyKind::CircuitBreaker))
        add(out.text, judgementOf(finished));
    if (!success)
        add(out.text, whatNext());
}

void Explainer::operator()(const Cancelled &cancelled)
{
    if (cancelled.beaten) {
        const Event *winner = atOnce([this](const Event &other) {
            const auto *finished = other.as<Finished>();
            return sameCall(other) && finished && finished->outcome == RequestOutcome::Succeeded;
        });
        say("Attempt " + std::to_string(event.attempt) + " of call " + named(event) + " is cancelled at " + now(),
            (winner ? "Attempt " + std::to_string(winner->attempt) + " has answered first. "
                    : std::string("The call has its answer. "))
                + "What this one still brings is not wanted; the service does its work all the same.");
        if (winner)
            out.counted = {winner->number};
        return;
    }
    say(call() + " is given up at " + now(), "Whoever wanted it has failed or has no use for it any more.");
}

void Explainer::operator()(const LateAnswer &)
{
    const Event *over = latest([this](const Event &other) {
        return other.request == event.request && other.caller == event.caller && other.attempt == event.attempt
               && (other.as<Finished>() || other.as<Cancelled>());
    });
    say("A late answer to call " + named(event) + ", at " + now(),
        "Its caller had given up"
            + (over ? " at " + momentText(over->at) + ", " + spanText(event.at - over->at) + " before" : std::string())
            + ": the answer changes nothing, and the work for it was for nobody.");
    if (over)
        out.counted = {over->number};
}

} // namespace resilience::sim
