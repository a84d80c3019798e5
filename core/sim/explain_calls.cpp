// SPDX-License-Identifier: MIT
#include "core/sim/duration_text.h"
#include "core/sim/explainer.h"
#include "core/sim/knobs.h"

#include <array>
#include <cmath>

// What happened to a call on its way through policies and services, and why.
namespace resilience::sim {

namespace {

std::string wish(const std::optional<Duration> &retryAfter)
{
    return retryAfter
               ? "Asking again in " + durationText(*retryAfter) + " or later would pass, if nobody else does before."
               : "Waiting alone will not change that.";
}

std::string reasonText(RetryVerdict::Reason why, const RetryConfig &retry)
{
    switch (why) {
    case RetryVerdict::Reason::NotRetryable:
        return "Trying again could do harm or cannot help: what failed may have been carried out, and it is neither "
               "idempotent nor does it carry a request id; or one of our own policies turned it away.";
    case RetryVerdict::Reason::MaxAttempts:
        return "It was attempt " + std::to_string(retry.maxAttempts) + " of at most "
               + std::to_string(retry.maxAttempts) + ".";
    case RetryVerdict::Reason::MaxElapsed:
        return "The next attempt could only begin when the time for the whole call is over.";
    case RetryVerdict::Reason::Budget:
        return "The retry budget is spent: there are too many retries already for so few requests.";
    case RetryVerdict::Reason::Cancelled:
        return "The caller has given up.";
    case RetryVerdict::Reason::None:
        break;
    }
    return {};
}

const char *label(PolicyKind kind)
{
    constexpr std::array labels{"fallback",        "total timeout", "retry",          "rate limiter",
                                "circuit breaker", "bulkhead",      "attempt timeout"};
    return labels[static_cast<size_t>(kind)];
}

std::string limiterRule(const AnyLimiter &limiter, Time now)
{
    const AnyLimiterConfig config = limiter.config();
    const auto tenths = std::to_string(std::floor(limiter.available(now) * 10) / 10);
    return std::string("The ") + name(limiter.kind()) + " has " + tenths.substr(0, tenths.find('.') + 2) + " of "
           + std::to_string(burstOf(config)) + " permits and gets "
           + shortNumber(std::round(perSecondOf(config) * 100) / 100) + " a second. ";
}

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

std::string bulkheadRule(const Bulkhead &bulkhead)
{
    std::string text =
        std::to_string(bulkhead.inUse()) + " of " + count(bulkhead.config().maxConcurrent, "slot", "slots") + " taken";
    if (bulkhead.config().maxQueue > 0)
        text += ", " + std::to_string(bulkhead.queued()) + " of " + count(bulkhead.config().maxQueue, "seat", "seats")
                + " in the queue";
    return text + ". ";
}

} // namespace

void Explainer::operator()(const Offered &)
{
    say(call() + " begins", pipeline().config().order.empty()
                                ? "The client has a new request and sends it at once."
                                : "The client has a new request; first it passes the policies, the outermost first.");
}

void Explainer::operator()(const Sent &sent)
{
    const PolicyOrder &order = pipeline().config().order;
    out.title =
        call() + (event.attempt > 1 ? ": attempt " + std::to_string(event.attempt) + " goes out" : " was let through");
    if (sent.permit.trial)
        out.text = "It is trial " + std::to_string(sent.trial) + " of " + std::to_string(rule().halfOpenMaxCalls)
                   + ": the open wait was over, so a few calls may test whether " + service() + " is back.";
    else if (order.has(PolicyKind::CircuitBreaker))
        out.text = std::string("The breaker is ") + name(sent.state) + ", so calls pass.";
    else
        out.text = order.empty() ? "Nothing stands in its way." : "No policy had anything against it.";
    if (order.has(PolicyKind::RateLimiter))
        out.text += " Before it: " + limiterRule(pipeline().rateLimiter(), event.at);
    if (order.has(PolicyKind::Bulkhead))
        out.text += " Before it: " + bulkheadRule(pipeline().bulkhead());
}

void Explainer::operator()(const TurnedAway &away)
{
    out.title = call() + " was turned away";
    if (away.by == PolicyKind::CircuitBreaker) {
        turnedAwayByBreaker(away);
        return;
    }
    if (away.by == PolicyKind::RateLimiter) {
        out.text = limiterRule(pipeline().rateLimiter(), event.at) + wish(away.retryAfter);
        return;
    }
    const Bulkhead &bulkhead = pipeline().bulkhead();
    out.text = bulkheadRule(bulkhead);
    if (away.why == Rejection::WaitedInVain)
        out.text += "It waited as long as it may, and no slot came free.";
    else if (away.why == Rejection::DeadlinePassed)
        out.text += "It has no time left to wait for one.";
    else
        out.text += "There is no room for one more"
                    + std::string(bulkhead.config().maxQueue > 0 ? ", not even to wait." : ", and nobody may wait.");
}

void Explainer::operator()(const Queued &queued)
{
    out.title = call() + " waits at the " + label(queued.at);
    out.text = queued.at == PolicyKind::Bulkhead ? bulkheadRule(pipeline().bulkhead())
                                                       + "It gets the next slot that comes free, after those before it."
                                                 : "Turns are given out one after the other, evenly spaced.";
    if (queued.until)
        out.text += (queued.at == PolicyKind::Bulkhead ? " It gives up in " : " Its turn comes in ")
                    + durationText(*queued.until - event.at) + ".";
}

void Explainer::operator()(const WentOn &went)
{
    say(call() + " goes on", std::string(went.at == PolicyKind::Bulkhead ? "A slot came free" : "Its turn has come")
                                 + ": it waited " + durationText(went.waited) + ".");
}

void Explainer::operator()(const RetryPlanned &planned)
{
    const BackoffConfig &backoff = pipeline().config().retry.backoff;
    out.title = call() + " will be tried again in " + durationText(planned.delay);
    out.text = "That will be attempt " + std::to_string(planned.attempt) + " of at most "
               + std::to_string(pipeline().config().retry.maxAttempts) + ". ";
    if (planned.range.shortest() == planned.range.longest())
        out.text +=
            "The wait is " + durationText(planned.delay)
            + (backoff.jitter == Jitter::None ? ": no jitter, so all who failed together come back together." : ".");
    else
        out.text += "The wait was drawn between " + durationText(planned.range.shortest()) + " and "
                    + durationText(planned.range.longest())
                    + ", so that those who failed together do not come back together.";
}

void Explainer::operator()(const RetryGivenUp &given)
{
    say(call() + " is not tried again", reasonText(given.why, pipeline().config().retry));
}

void Explainer::operator()(const OutOfTime &late)
{
    const PipelineConfig &config = pipeline().config();
    say(call() + " ran out of time",
        std::string("The ") + label(late.by) + " of "
            + durationText(late.by == PolicyKind::TotalTimeout ? config.totalTimeout : config.attemptTimeout)
            + " was over while it was waiting.");
}

void Explainer::operator()(const ReachedService &reached)
{
    out.title = call() + " reached " + service();
    out.text = "It took " + durationText(before.networkLatency()) + " over the network.";
    const Service &target = before.services()[event.service];
    if (reached.queued)
        out.text += " All " + count(target.config().workers, "worker", "workers") + " are busy, and "
                    + count(target.queue().size(), "request waits", "requests wait") + " before it.";
}

void Explainer::operator()(const Answered &answered)
{
    out.title = service() + " answers call " + std::to_string(event.request);
    out.text = answered.refused      ? "It refuses: nobody is there."
               : answered.overloaded ? "It refuses: every worker is busy and there is no room to wait."
               : answered.failed     ? "With an error."
               : answered.stored     ? "With the stored answer: it has carried this request id out before."
               : answered.again ? "With success. It has done this before for the same original: an earlier attempt was "
                                  "carried out, and only its answer came too late."
                                : "With success.";
}

void Explainer::operator()(const MessageLost &lost)
{
    say(std::string(lost.answer ? "The answer to call " : "Call ") + std::to_string(event.request) + " was lost",
        "The network dropped it. Nobody will tell the caller; only its timeout can.");
}

void Explainer::operator()(const Dropped &)
{
    say(service() + " drops call " + std::to_string(event.request),
        "Its turn came, but its deadline was over: nobody waits for the answer any more.");
}

void Explainer::operator()(const Finished &finished)
{
    const bool success = finished.outcome == RequestOutcome::Succeeded;
    const bool timedOut = finished.outcome == RequestOutcome::TimedOut;
    out.title = call() + (event.attempt > 1 ? ", attempt " + std::to_string(event.attempt) + "," : "")
                + (success    ? " succeeded"
                   : timedOut ? " timed out"
                              : " failed");
    out.text = success ? service() + " answered after " + durationText(finished.took) + ". "
               : finished.timedOutBy == PolicyKind::TotalTimeout
                   ? "The total timeout of " + durationText(pipeline().config().totalTimeout)
                         + " was over for the whole call. "
               : timedOut ? "No answer came within " + durationText(finished.took) + "; that counts as a failure. "
               : finished.refused ? "Connection refused: nobody was there to answer. "
                                  : service() + " answered with an error after " + durationText(finished.took) + ". ";
    if (const std::string unheard = unheardByBreaker(pipeline().config().order, finished); !unheard.empty())
        out.text += unheard;
    else if (pipeline().config().order.has(PolicyKind::CircuitBreaker))
        out.text += judgementOf(finished);
    if (event.ends && event.ends->fellBack)
        out.text += " A fallback has answered instead.";
}

void Explainer::operator()(const Cancelled &)
{
    say(call() + " is given up", "Whoever wanted it has failed or has no use for it any more.");
}

void Explainer::operator()(const LateAnswer &)
{
    say("A late answer to call " + std::to_string(event.request),
        "Its caller had given up already; the attempt counted as timed out, and this answer changes nothing.");
}

void Explainer::operator()(const FaultSet &set)
{
    say(std::string(spec(set.kind).label) + " at " + service(), "Somebody switched this fault on.");
}

void Explainer::operator()(const FaultCleared &cleared)
{
    say(std::string(spec(cleared.kind).label) + " at " + service() + " ends", "Somebody switched this fault off.");
}

void Explainer::operator()(const KnobTurned &turned)
{
    const KnobSpec &knob = knobs()[turned.knob];
    say(std::string(knob.label) + " is now " + formatKnobValue(knob, turned.value)
            + (*knob.unit ? std::string(" ") + knob.unit : ""),
        "Somebody turned this knob; it was " + formatKnobValue(knob, knob.get(before)) + ".");
}

void Explainer::operator()(const PoliciesSet &set)
{
    std::string text = "From the outside in: ";
    for (const PolicyKind kind : set.order)
        text += std::string(label(kind)) + ", ";
    say("The policies of " + before.flow().owners()[set.pipeline].name + " have changed",
        set.order.empty() ? "None is in use: bare calls."
                          : text + "and then the call. Calls under way finish in the old order.");
}

} // namespace resilience::sim
