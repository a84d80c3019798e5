// SPDX-License-Identifier: MIT
#include "core/duration_text.h"
#include "core/tell/explainer.h"

#include <algorithm>
#include <set>

// Why the breaker did what it did: each answer is a row of its transition table.
namespace resilience::sim {

namespace {

using WindowKind = OutcomeWindowConfig::Kind;

// What the window says, when it says "open".
struct Verdict {
    std::string text; // "6 of the 10 calls in the window failed"
    std::string rule; // "6 of 10 = 60 % >= 50 %"
};
Verdict rateVerdict(uint64_t failed, uint64_t slow, uint64_t calls, const CircuitBreakerConfig &rule)
{
    const bool failures = rule.failureRateThreshold.reachedBy(failed, calls);
    const uint64_t bad = failures ? failed : slow;
    const Ratio limit = failures ? rule.failureRateThreshold : rule.slowCallRateThreshold;
    return {std::to_string(bad) + " of " + count(calls, "call", "calls")
                + (failures ? " failed" : " took longer than " + durationText(rule.slowCallDuration)),
            std::to_string(bad) + " of " + std::to_string(calls) + " = " + percent(bad, calls)
                + " >= " + percent(limit)};
}

std::string windowName(const OutcomeWindowConfig &window)
{
    return window.kind == WindowKind::Count ? "the last " + count(window.calls, "call", "calls")
                                            : "the last " + durationText(window.duration);
}

std::string openUntilText(const Event &event, const Transitioned &moved)
{
    return moved.wait <= Duration::zero() ? std::string(
               " Broken on purpose: the open wait is not started again, so that the next call is a trial.")
                                          : " It lets nobody through for " + durationText(moved.wait) + ", until "
                                                + momentText(event.at + moved.wait) + ".";
}

std::string tableRow(const Transitioned &moved, const std::string &when)
{
    return std::string(name(moved.move.from)) + ": " + when + " -> " + name(moved.move.to);
}

} // namespace

const Event *Explainer::transitionInto(uint64_t generation) const
{
    return latest([&](const Event &candidate) {
        const auto *moved = candidate.as<Transitioned>();
        return moved && candidate.pipeline == event.pipeline && moved->generation == generation;
    });
}

// The results that were in the window, or the trials, when `generation` ended.
void Explainer::lightUp(uint64_t generation, size_t most, bool onlyFailures)
{
    const EventLog &log = timeline.history().log();
    for (uint64_t number = event.number; number-- > log.firstNumber() && out.counted.size() < most;) {
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

// "Calls 10, 11 and 12 failed at 5.4 s, 5.9 s and 6.4 s: " when they are few and each is another call.
std::string Explainer::whoCounted() const
{
    const EventLog &log = timeline.history().log();
    std::vector<std::string> calls;
    std::vector<std::string> moments;
    std::set<uint64_t> seen;
    for (const uint64_t number : out.counted) {
        const Event *one = log.numbered(number);
        seen.insert(one->request);
        calls.push_back(named(*one));
        moments.push_back(momentText(one->at));
    }
    if (calls.empty() || calls.size() > 5 || seen.size() < calls.size())
        return {};
    return (calls.size() == 1 ? "Call " : "Calls ") + listText(calls) + " failed at " + listText(moments) + ": ";
}

void Explainer::opened(const Transitioned &moved)
{
    out.title = "The breaker opened at " + now();
    const CircuitBreakerConfig &r = rule();
    if (r.window.kind == WindowKind::Consecutive) {
        lightUp(moved.generation - 1, moved.window.consecutiveFailures, true);
        const std::string threshold = std::to_string(r.failureThreshold);
        const bool all = out.counted.size() == moved.window.consecutiveFailures;
        out.text = (all ? whoCounted() : std::string()) + count(moved.window.consecutiveFailures, "failure", "failures")
                   + " in a row, and the threshold is " + threshold + ".";
        out.rule = tableRow(moved, "failures in a row " + std::to_string(moved.window.consecutiveFailures)
                                       + " >= " + threshold);
    } else {
        lightUp(moved.generation - 1, moved.window.calls, false);
        const Verdict verdict = rateVerdict(moved.window.failures, moved.window.slow, moved.window.calls, r);
        out.text = "In the window (" + windowName(r.window) + ") " + verdict.text + ". It is judged from "
                   + count(r.minimumCalls, "call", "calls") + " on.";
        out.rule = tableRow(moved, verdict.rule);
    }
    out.text += openUntilText(event, moved);
}

void Explainer::openedAgain(const Transitioned &moved)
{
    const CircuitBreakerConfig &r = rule();
    out.title = "The breaker opened again at " + now();
    lightUp(moved.generation - 1, 64, false);
    if (moved.move.trigger == BreakerTrigger::TrialsExpired) {
        const std::string patience = durationText(r.halfOpenPatience());
        out.text = "Half-open had no verdict, and trials were out, or none had come, for " + patience
                   + ": a trial that does not come back must not hold it there for ever.";
        out.rule = tableRow(moved, "no verdict, and trials out or none given for " + patience);
    } else if (r.halfOpenRule == HalfOpenRule::AllSucceed || moved.trialsFailed + moved.trialsSlow == 0) {
        const bool slow = moved.trialsFailed == 0 || (moved.trialsSlow > 0 && r.countsSlowCalls());
        out.text = slow ? count(moved.trialsSlow, "trial call", "trial calls") + " took longer than "
                              + durationText(r.slowCallDuration) + ", and one is enough."
                        : count(moved.trialsFailed, "trial call", "trial calls") + " failed, and one is enough.";
        out.rule = tableRow(moved, slow ? "slow trials " + std::to_string(moved.trialsSlow) + " >= 1"
                                        : "failed trials " + std::to_string(moved.trialsFailed) + " >= 1");
    } else {
        const uint64_t judged = moved.trialsSucceeded + uint64_t{moved.trialsFailed};
        const uint64_t total = std::max<uint64_t>(r.halfOpenMaxCalls, judged);
        const Verdict verdict = rateVerdict(moved.trialsFailed, moved.trialsSlow, total, r);
        out.text = "Of the trial calls, " + verdict.text + ".";
        out.rule = tableRow(moved, "trials " + verdict.rule);
    }
    out.text += openUntilText(event, moved);
    const uint32_t openings = pipeline().breaker().view(event.at).openingsInARow + 1;
    if (r.openDurationMultiplier != 1.0 && moved.wait > Duration::zero())
        out.text += " It is opening number " + std::to_string(openings) + " in a row: " + inSeconds(r.openDuration)
                    + " x " + decimal(r.openDurationMultiplier, 3) + "^" + std::to_string(openings - 1) + " s"
                    + (r.maxOpenDuration ? ", at most " + durationText(*r.maxOpenDuration) : std::string()) + ".";
}

void Explainer::triedAfterWait(const Transitioned &moved)
{
    const Event *before_ = transitionInto(moved.generation - 1);
    const auto *opening = before_ ? before_->as<Transitioned>() : nullptr;
    const Event *first = atOnce([this](const Event &other) {
        return other.pipeline == event.pipeline && other.request != 0
               && (other.as<Sent>() || other.as<Queued>() || other.as<Rejected>());
    });
    out.title = "The breaker went half-open at " + now();
    out.text =
        (opening && opening->wait > Duration::zero() ? "The open wait of " + durationText(opening->wait)
                                                           + " was over at " + momentText(before_->at + opening->wait)
                                                     : std::string("The open wait was over"))
        + ", but nothing moves by itself: " + (first ? "call " + named(*first) : std::string("a call"))
        + " came and is the first trial. Up to " + count(rule().halfOpenMaxCalls, "trial call", "trial calls")
        + " may pass.";
    out.rule = tableRow(moved, opening && opening->wait > Duration::zero()
                                   ? "a call at " + now() + " >= " + momentText(before_->at) + " + "
                                         + durationText(opening->wait)
                                   : "a call after the wait");
}

void Explainer::closed(const Transitioned &moved)
{
    const CircuitBreakerConfig &r = rule();
    out.title = "The breaker closed at " + now();
    lightUp(moved.generation - 1, 64, false);
    const std::string wanted = std::to_string(r.halfOpenMaxCalls);
    if (r.halfOpenRule == HalfOpenRule::AllSucceed) {
        out.text = count(moved.trialsSucceeded, "trial call", "trial calls") + " succeeded and none failed; it takes "
                   + wanted + ".";
        out.rule = tableRow(moved, "successful trials " + std::to_string(moved.trialsSucceeded) + " >= " + wanted);
    } else {
        out.text = "Of the " + wanted + " trial calls, " + std::to_string(moved.trialsFailed) + " failed and "
                   + std::to_string(moved.trialsSlow) + " took longer than " + durationText(r.slowCallDuration)
                   + ": fewer than " + percent(r.failureRateThreshold) + " and " + percent(r.slowCallRateThreshold)
                   + ".";
        out.rule = tableRow(moved, "trials failed " + std::to_string(moved.trialsFailed) + " of " + wanted + " < "
                                       + percent(r.failureRateThreshold));
    }
}

void Explainer::operator()(const Transitioned &moved)
{
    switch (moved.move.trigger) {
    case BreakerTrigger::ThresholdReached:
        return opened(moved);
    case BreakerTrigger::CallAfterWait:
        return triedAfterWait(moved);
    case BreakerTrigger::TrialsPassed:
        return closed(moved);
    case BreakerTrigger::TrialsFailed:
    case BreakerTrigger::TrialsExpired:
        return openedAgain(moved);
    default:
        say(moved.move.from == moved.move.to
                ? std::string("An operator had the breaker begin anew as ") + name(moved.move.to)
                : std::string("An operator moved the breaker from ") + name(moved.move.from) + " to "
                      + name(moved.move.to),
            "It was done by hand at " + now() + "; its counters begin anew.", tableRow(moved, "an operator's hand"));
    }
}

// No moment is promised: whether the next call passes depends on how the trials end.
void Explainer::trialsTaken(const Rejected &away)
{
    const BreakerView view = pipeline().breaker().view(event.at);
    const uint32_t judged = view.trialsSucceeded + view.trialsFailed;
    const uint32_t out_ = view.trialsGiven - std::min(view.trialsGiven, judged);
    const std::string most = std::to_string(rule().halfOpenMaxCalls);
    const bool allGiven = view.trialsGiven >= rule().halfOpenMaxCalls;
    const EventLog &log = timeline.history().log();
    for (uint64_t number = event.number; number-- > log.firstNumber();) {
        const Event *other = log.numbered(number);
        const auto *sent = other->as<Sent>();
        if (other->pipeline != event.pipeline)
            continue;
        if (other->as<Transitioned>())
            break;
        if (sent && sent->permit.generation == away.generation && sent->permit.trial)
            out.counted.insert(out.counted.begin(), number);
    }
    out.text = "Half-open since " + momentText(away.since) + ": it lets "
               + count(rule().halfOpenMaxCalls, "trial call", "trial calls") + " pass, and "
               + (allGiven ? std::string("all are given. ")
                           : "no more than " + std::to_string(rule().halfOpenMaxConcurrent.value_or(0)) + " at once. ")
               + std::to_string(view.trialsSucceeded) + " succeeded, " + std::to_string(view.trialsFailed) + " failed, "
               + std::to_string(out_) + (out_ == 1 ? " is" : " are")
               + " still out. How they end decides what the next call gets.";
    if (view.halfOpenDeadline)
        out.text += " If there is no verdict by " + momentText(*view.halfOpenDeadline) + ", it opens again.";
    out.rule = allGiven
                   ? "half-open: trials given " + std::to_string(view.trialsGiven) + " >= " + most + " -> turned away"
                   : "half-open: trials out " + std::to_string(out_)
                         + " >= " + std::to_string(rule().halfOpenMaxConcurrent.value_or(0)) + " -> turned away";
}

void Explainer::turnedAwayByBreaker(const Rejected &away)
{
    if (away.why == Rejection::ForcedOpen) {
        out.text = "An operator holds the breaker open since " + momentText(away.since)
                   + ": no call passes until it is released.";
        out.rule = "forced open: every call -> turned away";
        return;
    }
    if (away.why == Rejection::TrialsTaken)
        return trialsTaken(away);
    if (const Event *cause = transitionInto(away.generation)) {
        const World then = timeline.worldBefore(cause->number);
        Explainer opened{timeline, *cause, then};
        opened(*cause->as<Transitioned>());
        out.text = opened.out.title + ". " + opened.out.text;
        out.counted = opened.out.counted;
    } else {
        out.text = "The breaker is open since " + momentText(away.since) + ".";
    }
    out.text += " So " + service() + " was not called.";
    if (away.retryAfter) {
        const std::string until = momentText(event.at + *away.retryAfter);
        out.text += " There are " + spanText(*away.retryAfter) + " left.";
        out.rule = "open: " + now() + " < " + until + " -> turned away";
    }
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
        text += "It was a trial: " + std::to_string(finished.trialsSucceeded) + " succeeded and "
                + std::to_string(finished.trialsFailed) + " failed so far, of "
                + std::to_string(rule().halfOpenMaxCalls) + ".";
    else if (rule().window.kind == WindowKind::Consecutive)
        text += success ? "The count of failures in a row begins at 0 again."
                        : "That makes " + count(finished.window.consecutiveFailures, "failure", "failures")
                              + " in a row; the breaker opens at " + std::to_string(rule().failureThreshold) + ".";
    else
        text += "In the window (" + windowName(rule().window) + ") there are now "
                + count(finished.window.calls, "call", "calls") + ": " + std::to_string(finished.window.failures)
                + " failed, " + std::to_string(finished.window.slow) + (finished.window.slow == 1 ? " was" : " were")
                + " slow. It is judged from " + count(rule().minimumCalls, "call", "calls") + " on.";
    return text;
}

void Explainer::operator()(const WaitOver &)
{
    say("The open wait was over at " + now(),
        "Nothing moves by itself: the breaker stays open until the next call asks, and that one is the first trial.",
        "open: the next call -> half-open");
}

} // namespace resilience::sim
