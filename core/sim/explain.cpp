// SPDX-License-Identifier: MIT
#include "core/sim/explain.h"

#include "core/sim/duration_text.h"
#include "core/sim/knobs.h"

#include <algorithm>

namespace resilience::sim {

namespace {

std::string count(uint64_t n, const char *one, const char *many)
{
    return std::to_string(n) + " " + (n == 1 ? one : many);
}

std::string percent(uint64_t hits, uint64_t total)
{
    const uint64_t tenths = total == 0 ? 0 : (hits * 1000 + total / 2) / total;
    return std::to_string(tenths / 10) + (tenths % 10 ? "." + std::to_string(tenths % 10) : "") + " %";
}

std::string percent(Ratio ratio) { return percent(ratio.parts(), Ratio::kParts); }

struct Explainer {
    const Timeline &timeline;
    const Event &event;
    World before;
    Explanation out{};

    const CircuitBreakerConfig &rule() const { return before.clients()[event.client].breaker.config(); }
    std::string service() const { return before.services()[event.service].config().name; }
    std::string call() const { return "Call " + std::to_string(event.request); }

    const Event *transitionInto(uint64_t generation) const
    {
        const EventLog &log = timeline.history().log();
        for (uint64_t number = event.number; number >= log.firstNumber() && number > 0; --number) {
            const Event *candidate = log.numbered(number);
            const auto *moved = candidate->as<Transitioned>();
            if (moved && candidate->client == event.client && moved->generation == generation)
                return candidate;
        }
        return nullptr;
    }

    // The results that were in the window, or the trials, when `generation` ended.
    void lightUp(uint64_t generation, size_t most, bool onlyFailures)
    {
        const EventLog &log = timeline.history().log();
        for (uint64_t number = event.number; number >= log.firstNumber() && number > 0 && out.counted.size() < most; --number) {
            const Event *candidate = log.numbered(number);
            const auto *moved = candidate->as<Transitioned>();
            if (moved && candidate->client == event.client && moved->generation == generation)
                break;
            const auto *finished = candidate->as<Finished>();
            if (finished && candidate->client == event.client && finished->generation == generation
                && finished->recorded == Recorded::Counted
                && (!onlyFailures || finished->outcome != RequestOutcome::Succeeded))
                out.counted.push_back(number);
        }
        std::reverse(out.counted.begin(), out.counted.end());
    }

    std::string thresholdReason(const WindowCounts &window) const
    {
        const CircuitBreakerConfig &r = rule();
        if (r.window.kind == OutcomeWindowConfig::Kind::Consecutive)
            return count(window.consecutiveFailures, "failure", "failures") + " in a row reached the threshold of "
                 + std::to_string(r.failureThreshold);
        const std::string of = " of the " + count(window.calls, "call", "calls") + " in the window ("
                             + (r.failureRateThreshold.reachedBy(window.failures, window.calls)
                                    ? percent(window.failures, window.calls) + ") failed, and the limit is "
                                          + percent(r.failureRateThreshold)
                                    : percent(window.slow, window.calls) + ") took longer than "
                                          + durationText(r.slowCallDuration) + ", and the limit is "
                                          + percent(r.slowCallRateThreshold));
        return std::to_string(r.failureRateThreshold.reachedBy(window.failures, window.calls) ? window.failures : window.slow) + of;
    }

    std::string reason(const Transitioned &moved) const
    {
        const std::string wait = " It stays open for " + durationText(moved.wait) + ".";
        switch (moved.move.trigger) {
        case BreakerTrigger::ThresholdReached: return "It opened because " + thresholdReason(moved.window) + "." + wait;
        case BreakerTrigger::CallAfterWait:
            return "The open wait was over and a call came: from now on up to "
                 + count(rule().halfOpenMaxCalls, "trial call", "trial calls") + " may pass.";
        case BreakerTrigger::TrialsPassed:
            return "It closed because " + count(moved.trialsSucceeded, "trial call", "trial calls") + " succeeded, as many as it takes.";
        case BreakerTrigger::TrialsFailed:
            return "It opened again because "
                 + (moved.trialsFailed > 0 ? count(moved.trialsFailed, "trial call", "trial calls") + " failed."
                                           : count(moved.trialsSlow, "trial call", "trial calls") + " took longer than "
                                                 + durationText(rule().slowCallDuration) + ".")
                 + wait;
        case BreakerTrigger::TrialsExpired:
            return "It opened again because half-open had no verdict within " + durationText(rule().halfOpenPatience()) + "." + wait;
        default: return "An operator moved it by hand.";
        }
    }

    void operator()(const Transitioned &moved)
    {
        out.title = std::string("From ") + name(moved.move.from) + " to " + name(moved.move.to);
        out.text = reason(moved);
        const bool consecutive = rule().window.kind == OutcomeWindowConfig::Kind::Consecutive;
        const bool byWindow = moved.move.trigger == BreakerTrigger::ThresholdReached;
        lightUp(moved.generation - 1, byWindow ? (consecutive ? moved.window.consecutiveFailures : moved.window.calls) : 64,
                byWindow && consecutive);
    }
    void operator()(const TurnedAway &away)
    {
        out.title = call() + " was turned away";
        if (away.why == Rejection::ForcedOpen) {
            out.text = "An operator holds the breaker open, so no call passes until it is released.";
            return;
        }
        out.text = away.why == Rejection::Open
                     ? "The breaker is open, so " + service() + " was not called. "
                     : "Half-open lets " + count(rule().halfOpenMaxCalls, "trial call", "trial calls") + " pass and all are taken. ";
        if (const Event *cause = transitionInto(away.generation)) {
            Explainer opened{timeline, *cause, timeline.worldBefore(cause->number)};
            opened(*cause->as<Transitioned>());
            out.text += "At " + durationText(cause->at) + ": " + opened.out.text + " ";
            out.counted = opened.out.counted;
        }
        out.text += away.retryAfter ? "Asking again in " + durationText(*away.retryAfter) + " or later would pass, if nobody else does before."
                                    : "Waiting alone will not change that.";
    }
    void operator()(const Sent &sent)
    {
        out.title = call() + " was let through";
        if (sent.permit.trial)
            out.text = "It is trial " + std::to_string(sent.trial) + " of " + std::to_string(rule().halfOpenMaxCalls)
                     + ": the open wait was over, so a few calls may test whether " + service() + " is back.";
        else
            out.text = std::string("The breaker is ") + name(sent.state) + ", so calls pass.";
    }
    void operator()(const Finished &finished)
    {
        const bool success = finished.outcome == RequestOutcome::Succeeded;
        const bool timedOut = finished.outcome == RequestOutcome::TimedOut;
        out.title = call() + (success ? " succeeded" : timedOut ? " timed out" : " failed");
        out.text = success    ? service() + " answered after " + durationText(finished.took) + ". "
                   : timedOut ? "No answer came within " + durationText(finished.took) + "; that counts as a failure. "
                   : finished.refused ? "Connection refused: nobody was there to answer. "
                                      : service() + " answered with an error after " + durationText(finished.took) + ". ";
        if (finished.slow)
            out.text += "It was slow: longer than " + durationText(rule().slowCallDuration) + ". ";
        if (finished.recorded == Recorded::Late)
            out.text += "The breaker has moved on since it let the call through, so the result does not count.";
        else if (finished.recorded != Recorded::Counted)
            out.text += "The breaker keeps no record in its present state.";
        else if (finished.state == BreakerState::HalfOpen)
            out.text += "As a trial: " + std::to_string(finished.trialsSucceeded) + " succeeded, "
                      + std::to_string(finished.trialsFailed) + " failed, of " + std::to_string(rule().halfOpenMaxCalls) + ".";
        else if (rule().window.kind == OutcomeWindowConfig::Kind::Consecutive)
            out.text += success ? "The run of failures starts again at 0."
                                : "That makes " + count(finished.window.consecutiveFailures, "failure", "failures")
                                      + " in a row; it opens at " + std::to_string(rule().failureThreshold) + ".";
        else
            out.text += "The window now holds " + count(finished.window.calls, "call", "calls") + ": "
                      + std::to_string(finished.window.failures) + " failed, " + std::to_string(finished.window.slow)
                      + " slow. It is judged from " + count(rule().minimumCalls, "call", "calls") + " on.";
    }
    void operator()(const Offered &) { say(call() + " begins", "The client has a new request and asks the breaker for a permit."); }
    void operator()(const ReachedService &) { say(call() + " reached " + service(), "It took " + durationText(before.networkLatency()) + " over the network."); }
    void operator()(const Answered &answered)
    {
        say(service() + " answers call " + std::to_string(event.request),
            answered.refused ? "It refuses: there is an outage." : answered.failed ? "With an error." : "With success.");
    }
    void operator()(const LateAnswer &)
    {
        say("A late answer to call " + std::to_string(event.request),
            "Its client had given up already; the request counted as timed out, and this answer changes nothing.");
    }
    void operator()(const WaitOver &)
    {
        say("The open wait is over", "Nothing moves by itself: the breaker stays open until the next call asks, and that one becomes the first trial.");
    }
    void operator()(const FaultSet &set) { say(std::string(spec(set.kind).label) + " at " + service(), "Somebody switched this fault on."); }
    void operator()(const FaultCleared &cleared) { say(std::string(spec(cleared.kind).label) + " at " + service() + " ends", "Somebody switched this fault off."); }
    void operator()(const KnobTurned &turned)
    {
        const KnobSpec &knob = knobs()[turned.knob];
        say(std::string(knob.label) + " is now " + formatKnobValue(knob, turned.value) + (*knob.unit ? std::string(" ") + knob.unit : ""),
            "Somebody turned this knob; it was " + formatKnobValue(knob, knob.get(before)) + ".");
    }
    void say(std::string title, std::string text)
    {
        out.title = std::move(title);
        out.text = std::move(text);
    }
};

} // namespace

std::optional<Explanation> explain(const Timeline &timeline, uint64_t eventNumber)
{
    const Event *event = timeline.history().log().numbered(eventNumber);
    if (!event)
        return std::nullopt;
    Explainer explainer{timeline, *event, timeline.worldBefore(eventNumber)};
    std::visit(explainer, event->detail);
    return explainer.out;
}

uint64_t tellingEvent(const Timeline &timeline, uint64_t request)
{
    const EventLog &log = timeline.history().log();
    uint64_t latest = 0;
    for (uint64_t number = timeline.lastEvent(); number >= log.firstNumber() && number > 0; --number) {
        const Event *event = log.numbered(number);
        if (!event || event->request != request || event->as<Transitioned>())
            continue;
        if (endedBy(*event))
            return number;
        latest = std::max(latest, number);
        if (event->as<Offered>())
            break;
    }
    return latest;
}

} // namespace resilience::sim
