// SPDX-License-Identifier: MIT
#include "core/sim/duration_text.h"
#include "core/sim/explainer.h"

#include <algorithm>

// Why the breaker did what it did.
namespace resilience::sim {

const Event *Explainer::transitionInto(uint64_t generation) const
{
    const EventLog &log = timeline.history().log();
    for (uint64_t number = event.number; number >= log.firstNumber() && number > 0; --number) {
        const Event *candidate = log.numbered(number);
        const auto *moved = candidate->as<Transitioned>();
        if (moved && candidate->pipeline == event.pipeline && moved->generation == generation)
            return candidate;
    }
    return nullptr;
}

// The results that were in the window, or the trials, when `generation` ended.
void Explainer::lightUp(uint64_t generation, size_t most, bool onlyFailures)
{
    const EventLog &log = timeline.history().log();
    for (uint64_t number = event.number; number >= log.firstNumber() && number > 0 && out.counted.size() < most;
         --number) {
        const Event *candidate = log.numbered(number);
        const auto *moved = candidate->as<Transitioned>();
        if (moved && candidate->pipeline == event.pipeline && moved->generation == generation)
            break;
        const auto *finished = candidate->as<Finished>();
        if (finished && candidate->pipeline == event.pipeline && finished->generation == generation
            && finished->recorded == Recorded::Counted
            && (!onlyFailures || finished->outcome != RequestOutcome::Succeeded))
            out.counted.push_back(number);
    }
    std::reverse(out.counted.begin(), out.counted.end());
}

std::string Explainer::thresholdReason(const WindowCounts &window) const
{
    const CircuitBreakerConfig &r = rule();
    if (r.window.kind == OutcomeWindowConfig::Kind::Consecutive)
        return count(window.consecutiveFailures, "failure", "failures") + " in a row reached the threshold of "
               + std::to_string(r.failureThreshold);
    const std::string of =
        " of the " + count(window.calls, "call", "calls") + " in the window ("
        + (r.failureRateThreshold.reachedBy(window.failures, window.calls)
               ? percent(window.failures, window.calls) + ") failed, and the limit is "
                     + percent(r.failureRateThreshold)
               : percent(window.slow, window.calls) + ") took longer than " + durationText(r.slowCallDuration)
                     + ", and the limit is " + percent(r.slowCallRateThreshold));
    return std::to_string(r.failureRateThreshold.reachedBy(window.failures, window.calls) ? window.failures
                                                                                          : window.slow)
           + of;
}

std::string Explainer::reason(const Transitioned &moved) const
{
    const std::string wait = " It stays open for " + durationText(moved.wait) + ".";
    switch (moved.move.trigger) {
    case BreakerTrigger::ThresholdReached:
        return "It opened because " + thresholdReason(moved.window) + "." + wait;
    case BreakerTrigger::CallAfterWait:
        return "The open wait was over and a call came: from now on up to "
               + count(rule().halfOpenMaxCalls, "trial call", "trial calls") + " may pass.";
    case BreakerTrigger::TrialsPassed:
        return "It closed because " + count(moved.trialsSucceeded, "trial call", "trial calls")
               + " succeeded, as many as it takes.";
    case BreakerTrigger::TrialsFailed:
        return "It opened again because "
               + (moved.trialsFailed > 0 ? count(moved.trialsFailed, "trial call", "trial calls") + " failed."
                                         : count(moved.trialsSlow, "trial call", "trial calls") + " took longer than "
                                               + durationText(rule().slowCallDuration) + ".")
               + wait;
    case BreakerTrigger::TrialsExpired:
        return "It opened again because half-open had no verdict within " + durationText(rule().halfOpenPatience())
               + "." + wait;
    default:
        return "An operator moved it by hand.";
    }
}

void Explainer::operator()(const Transitioned &moved)
{
    out.title = std::string("From ") + name(moved.move.from) + " to " + name(moved.move.to);
    out.text = reason(moved);
    const bool consecutive = rule().window.kind == OutcomeWindowConfig::Kind::Consecutive;
    const bool byWindow = moved.move.trigger == BreakerTrigger::ThresholdReached;
    lightUp(moved.generation - 1, byWindow ? (consecutive ? moved.window.consecutiveFailures : moved.window.calls) : 64,
            byWindow && consecutive);
}

void Explainer::turnedAwayByBreaker(const TurnedAway &away)
{
    if (away.why == Rejection::ForcedOpen) {
        out.text = "An operator holds the breaker open, so no call passes until it is released.";
        return;
    }
    out.text = away.why == Rejection::Open
                   ? "The breaker is open, so " + service() + " was not called. "
                   : "Half-open lets " + count(rule().halfOpenMaxCalls, "trial call", "trial calls")
                         + " pass and all are taken. ";
    if (const Event *cause = transitionInto(away.generation)) {
        Explainer opened{timeline, *cause, timeline.worldBefore(cause->number)};
        opened(*cause->as<Transitioned>());
        out.text += "At " + durationText(cause->at) + ": " + opened.out.text + " ";
        out.counted = opened.out.counted;
    }
    out.text += away.retryAfter ? "Asking again in " + durationText(*away.retryAfter)
                                      + " or later would pass, if nobody else does before."
                                : "Waiting alone will not change that.";
}

// What a result means to the breaker that was told of it.
std::string Explainer::judgementOf(const Finished &finished) const
{
    const bool success = finished.outcome == RequestOutcome::Succeeded;
    std::string text;
    if (finished.slow)
        text += "It was slow: longer than " + durationText(rule().slowCallDuration) + ". ";
    if (finished.recorded == Recorded::Late)
        text += "The breaker has moved on since it let the call through, so the result does not count.";
    else if (finished.recorded == Recorded::Neutral)
        text += "It says nothing about the target, so the breaker takes no notice.";
    else if (finished.recorded == Recorded::Nothing)
        text += "The breaker keeps no record in its present state.";
    else if (finished.state == BreakerState::HalfOpen)
        text += "As a trial: " + std::to_string(finished.trialsSucceeded) + " succeeded, "
                + std::to_string(finished.trialsFailed) + " failed, of " + std::to_string(rule().halfOpenMaxCalls)
                + ".";
    else if (rule().window.kind == OutcomeWindowConfig::Kind::Consecutive)
        text += success ? "The run of failures starts again at 0."
                        : "That makes " + count(finished.window.consecutiveFailures, "failure", "failures")
                              + " in a row; it opens at " + std::to_string(rule().failureThreshold) + ".";
    else
        text += "The window now holds " + count(finished.window.calls, "call", "calls") + ": "
                + std::to_string(finished.window.failures) + " failed, " + std::to_string(finished.window.slow)
                + " slow. It is judged from " + count(rule().minimumCalls, "call", "calls") + " on.";
    return text;
}

void Explainer::operator()(const WaitOver &)
{
    say("The open wait is over", "Nothing moves by itself: the breaker stays open until the next call asks, and that "
                                 "one becomes the first trial.");
}

} // namespace resilience::sim
