// SPDX-License-Identifier: GPL-3.0-or-later
#include "labs/combining/step.h"

#include "core/sim/world/knobs.h"
#include "core/tell/figures.h"
#include "labs/kit/lab_files.h"
#include "labs/kit/play.h"

#include <algorithm>

namespace resilience::labs {

using namespace resilience;
using namespace resilience::sim;

namespace {

// The first client keeps the usual order; the last one's is changed.
uint32_t usualPipeline(const Timeline &t) { return clientWith(t, Role::Control).pipeline(); }
uint32_t yourPipeline(const Timeline &t) { return subject(t).pipeline(); }
const PipelineCounts &usual(const Timeline &t) { return t.world().flow().countsOf(usualPipeline(t)); }
const PipelineCounts &yours(const Timeline &t) { return t.world().flow().countsOf(yourPipeline(t)); }
const PolicyOrder &yourOrder(const Timeline &t) { return t.world().pipelines()[yourPipeline(t)].config().order; }
uint64_t turnedAway(const PipelineCounts &counts, PolicyKind by) { return counts.turnedAway[static_cast<size_t>(by)]; }

bool opensLater(const Timeline &t)
{
    return usual(t).firstOpened && yours(t).firstOpened && *yours(t).firstOpened > *usual(t).firstOpened;
}
bool cutsOff(const Timeline &t)
{
    return turnedAway(usual(t), PolicyKind::TotalTimeout) + turnedAway(yours(t), PolicyKind::TotalTimeout) > 0;
}
bool retriesForFree(const Timeline &t)
{
    return turnedAway(usual(t), PolicyKind::RateLimiter) > turnedAway(yours(t), PolicyKind::RateLimiter);
}

constexpr uint64_t kManyTimeouts = 10;

bool staysDeaf(const Timeline &t)
{
    const auto timeout = yourOrder(t).levelOf(PolicyKind::AttemptTimeout);
    const auto breaker = yourOrder(t).levelOf(PolicyKind::CircuitBreaker);
    return timeout && breaker && *timeout < *breaker
           && turnedAway(yours(t), PolicyKind::AttemptTimeout) >= kManyTimeouts
           && t.world().pipelines()[yourPipeline(t)].breaker().state() == BreakerState::Closed;
}
// Somebody of yours got no answer, although the fallback is on; with the usual order everybody got one.
bool leavesOneWithoutAnswer(const Timeline &t)
{
    const auto &totals = t.world().flow().totalsByClient();
    return yourOrder(t).has(PolicyKind::Fallback) && totals.back().notSucceeded() > totals.back().fellBack
           && totals.front().notSucceeded() == totals.front().fellBack && totals.front().fellBack > 0;
}

constexpr uint64_t kEnoughForATail = 50;

// The slowest calls of yours end a third sooner, if not more, and hedges are what did it.
bool savesTheTail(const Timeline &t)
{
    const auto &flow = t.world().flow();
    const sim::DurationHistogram &there = flow.successTimesOf(0);
    const sim::DurationHistogram &here = flow.successTimesOf(static_cast<uint32_t>(flow.clients().size() - 1));
    return yours(t).hedges > 0 && there.count() >= kEnoughForATail && here.count() >= kEnoughForATail
           && *here.percentile(0.99) <= *there.percentile(0.99) / 3 * 2;
}
bool beatsAnAttempt(const Timeline &t) { return yours(t).beaten > 0; }

constexpr Duration kCombiningLookAhead = std::chrono::seconds{30};

Question whichOpensFirst()
{
    Question question;
    question.id = "which-opens-first";
    question.prompt = "The service is gone, and every attempt fails. Which of the two breakers will open first?";
    question.hint = "Both open after five failures in a row. One of them hears of attempts, the other of whole calls.";
    question.choices = {{"that of the usual order", "Outside of the retry it would hear of whole calls only."},
                        {"that of your order", "With the retry inside, three attempts are one failure to it."},
                        {"both at once", "The same calls come, but one hears of attempts and one of calls."},
                        {"neither", "An outage gives failures enough."}};
    question.about = {Spot::Kind::Service, 0, {}};
    question.isMoment = [](const Timeline &t, const Event &event) {
        return setsFault(event, FaultKind::Outage)
               && yourOrder(t) != t.world().pipelines()[usualPipeline(t)].config().order && !usual(t).firstOpened
               && !yours(t).firstOpened;
    };
    question.answer = [](Timeline fork) -> std::optional<Question::Answer> {
        const auto opened = playUntil(fork, kCombiningLookAhead, [](const Event &event) {
            const auto *moved = event.as<Transitioned>();
            return moved && moved->move.to == BreakerState::Open;
        });
        if (!opened)
            return Question::Answer{3, "Neither heard of enough failures in a row.", fork.now()};
        const bool first = usual(fork).firstOpened.has_value();
        const bool both = first && yours(fork).firstOpened.has_value();
        return Question::Answer{both    ? 2.0
                                : first ? 0.0
                                        : 1.0,
                                both ? "Both opened at " + momentText(opened->at) + "."
                                     : std::string(first ? "The usual one" : "Yours") + " opened at "
                                           + momentText(opened->at) + ", when the other had heard of fewer failures.",
                                opened->at};
    };
    return question;
}

Question whenIsItOver()
{
    Question question;
    question.id = "when-is-it-over";
    question.by = Question::By::Time;
    question.prompt = "A call of the usual order has failed once and will be tried again. When does its caller get an "
                      "answer?";
    question.hint = "It began when its first attempt went out, a second ago. Each of three attempts may take 1 s, the "
                    "waits between them are 0.4 s and 0.8 s, and all of it may take 3.5 s.";
    question.tolerance = 0.3;
    question.covers = {"budget"}; // it adds them up
    question.about = {Spot::Kind::Client, 0, {}};
    question.isMoment = [](const Timeline &t, const Event &event) {
        return event.as<RetryPlanned>() && event.pipeline == usualPipeline(t) && usual(t).retries == 1;
    };
    question.answer = [](Timeline fork) -> std::optional<Question::Answer> {
        const Event *planned = lastEvent(fork, [](const Event &event) { return event.as<RetryPlanned>() != nullptr; });
        if (!planned)
            return std::nullopt;
        const uint64_t request = planned->request;
        const double askedAt = secondsOf(fork.now());
        const auto end = playUntil(fork, kCombiningLookAhead,
                                   [request](const Event &event) { return event.request == request && event.ends; });
        if (!end)
            return std::nullopt;
        const double start = secondsOf(end->at) - toSeconds(end->ends->took);
        return Question::Answer{secondsOf(end->at),
                                "After " + spanText(end->ends->took) + " the total timeout ended it, in the middle of "
                                    + "attempt " + std::to_string(end->ends->attempts) + ".",
                                end->at,
                                {{start + 4.2, "So long all three attempts would take, and that is more than 3.5 s."},
                                 {askedAt + 1.4, "After the second attempt it is tried once more."}}};
    };
    return question;
}

Question whatTheBreakerHears()
{
    Question question;
    question.id = "what-the-breaker-hears";
    question.prompt = "The first call of your order has just timed out. As what has your breaker counted it?";
    question.hint = "In your order, the timeout lies outside of the breaker.";
    question.choices = {{"as a failure",
                         "Only what ends inside of it is a failure to it; this call was called off from "
                         "outside."},
                        {"not at all", "The timeout lies inside, so it hears of it."},
                        {"as a success", "It has heard of no answer at all."}};
    question.covers = {"your breaker"}; // its strip shows the count
    question.isMoment = [](const Timeline &t, const Event &event) {
        const auto *finished = event.as<Finished>();
        return finished && finished->timedOutBy == PolicyKind::AttemptTimeout && event.pipeline == yourPipeline(t)
               && turnedAway(yours(t), PolicyKind::AttemptTimeout) == 1;
    };
    question.answer = [](Timeline fork) -> std::optional<Question::Answer> {
        const uint32_t pipeline = yourPipeline(fork);
        const Event *timedOut = lastEvent(fork, [pipeline](const Event &event) {
            const auto *finished = event.as<Finished>();
            return finished && finished->timedOutBy && event.pipeline == pipeline;
        });
        if (!timedOut)
            return std::nullopt;
        if (timedOut->as<Finished>()->recorded == Recorded::Counted)
            return Question::Answer{0, "The timeout lies inside the breaker, which gets the failure.", fork.now()};
        return Question::Answer{1, "To the breaker the call was cancelled, and that counts for nothing.", fork.now()};
    };
    return question;
}

Question whatBecomesOfTheBeaten()
{
    Question question;
    question.id = "what-becomes-of-the-beaten";
    question.prompt = "One attempt has just answered a call of your order, while another one of it is still at the "
                      "service. What becomes of the other one?";
    question.hint = "The client has what it wanted. The service does not know that.";
    question.choices = {{"the service stops its work on it", "Nobody tells the service: what was sent is sent."},
                        {"it is finished, for nobody", "Its answer would have to come, only too late."},
                        {"the call waits for it", "The first success answers the call; nothing waits for a second."}};
    question.isMoment = [](const Timeline &t, const Event &event) {
        const auto *cancelled = event.as<Cancelled>();
        return cancelled && cancelled->beaten && event.pipeline == yourPipeline(t);
    };
    question.answer = [](Timeline fork) -> std::optional<Question::Answer> {
        const Event *last = lastEvent(fork, [](const Event &event) {
            const auto *cancelled = event.as<Cancelled>();
            return cancelled && cancelled->beaten;
        });
        if (!last)
            return std::nullopt;
        const Event beaten = *last;
        const auto late = playUntil(fork, kCombiningLookAhead, [&beaten](const Event &event) {
            return event.as<LateAnswer>() && event.request == beaten.request && event.attempt == beaten.attempt;
        });
        if (!late)
            return Question::Answer{0, "No answer to it ever came.", fork.now()};
        return Question::Answer{1,
                                "Attempt " + std::to_string(beaten.attempt) + " was answered "
                                    + spanText(late->at - beaten.at)
                                    + " later. Hedging saves the caller's time, never the service's work.",
                                late->at};
    };
    return question;
}

PolicyOrder orderOf(std::initializer_list<PolicyKind> kinds)
{
    PolicyOrder order;
    for (const PolicyKind kind : kinds)
        order.append(kind);
    return order;
}

PolicyOrder usualOrder()
{
    using enum PolicyKind;
    return orderOf({Fallback, TotalTimeout, Retry, RateLimiter, CircuitBreaker, Bulkhead, AttemptTimeout});
}

Lab::Solution ordersSolution()
{
    using enum PolicyKind;
    const auto when = [](double seconds) { return at(fromSeconds(seconds)); };
    const auto turn = [](const char *knob, double value) { return TurnKnob{*knobNamed(knob), value}; };
    constexpr uint32_t kYours = 1;
    return {
        "seven-policies",
        {// Retry and fallback inside the breaker, and an outage.
         {when(3), 0,
          SetPolicies{kYours,
                      orderOf({TotalTimeout, RateLimiter, CircuitBreaker, Fallback, Retry, Bulkhead, AttemptTimeout})}},
         {when(4), 0, SetFault{0, FaultKind::Outage, 1}},
         {when(12), 0, ClearFault{0, FaultKind::Outage}},
         // The limiter outside the retry, few permits, and more than every other attempt failing.
         {when(20), 0,
          SetPolicies{kYours,
                      orderOf({Fallback, TotalTimeout, RateLimiter, Retry, CircuitBreaker, Bulkhead, AttemptTimeout})}},
         {when(20), 0, turn("failure_threshold", 10)},
         {when(20), 0, turn("burst", 3)},
         {when(20), 0, turn("limit_rate", 2.2)},
         {when(20), 0, SetFault{0, FaultKind::ErrorRate, 0.6}},
         {when(32), 0, ClearFault{0, FaultKind::ErrorRate}},
         // The timeout outside the breaker, too little time for three attempts, and a service that hangs.
         {when(34), 0,
          SetPolicies{kYours,
                      orderOf({Fallback, TotalTimeout, Retry, AttemptTimeout, RateLimiter, CircuitBreaker, Bulkhead})}},
         {when(34), 0, turn("total_timeout", 3.5)},
         {when(34), 0, turn("limit_rate", 8)},
         {when(35), 0, SetFault{0, FaultKind::Hang, 1}},
         {when(44), 0, ClearFault{0, FaultKind::Hang}}},
        std::chrono::seconds{45}};
}

} // namespace

Lab combiningLab()
{
    Lab lab;
    lab.id = "combining";
    lab.title = "Combining";
    lab.guide = parseGuide(labFile("combining/guide.md"));
    lab.scenarios =
        labScenarios("combining", {"seven-policies", "retry-and-breaker", "attempts-and-deadline", "retry-and-limiter",
                                   "timeout-and-breaker", "fallback-and-breaker", "hedging"});
    lab.mainKnobs = {"max_attempts", "timeout", "total_timeout"};
    lab.otherKnobs = {"arrival_rate",
                      "service_latency",
                      "backoff",
                      "base_delay",
                      "multiplier",
                      "max_delay",
                      "jitter",
                      "retry_rejected",
                      "hedge_delay",
                      "hedge_attempts",
                      "limiter",
                      "burst",
                      "limit_rate",
                      "failure_threshold",
                      "open_duration",
                      "half_open_max_calls",
                      "max_concurrent",
                      "max_queue",
                      "max_wait",
                      "use_fallback",
                      "use_total_timeout",
                      "use_retry",
                      "use_hedging",
                      "use_rate_limiter",
                      "use_circuit_breaker",
                      "use_bulkhead",
                      "use_attempt_timeout",
                      "broken_timeout_outside_breaker",
                      "broken_retry_everything",
                      "broken_no_limit"};
    lab.faults = {FaultKind::Outage, FaultKind::ErrorRate, FaultKind::Latency, FaultKind::LatencySpikes,
                  FaultKind::Hang};
    lab.panels = {PanelKind::CombiningStage};
    lab.commonWords = commonTerms({"amplification", "attempt", "backoff", "bulkhead", "fail fast", "goodput",
                                   "half-open", "idempotent", "request id", "threshold", "throttled"});
    lab.charts = sim::chartsNamed({"load", "outcomes", "lost", "latency", "levels"});
    lab.goals = {{"opens-later", "Your breaker opens later than the usual one", opensLater},
                 {"cuts-off", "The total timeout cuts a call off", cutsOff},
                 {"retries-for-free", "The usual limiter turns away more than yours", retriesForFree},
                 {"stays-deaf", "Ten time-outs, and your breaker is still closed", staysDeaf},
                 {"no-answer", "A call of yours gets past the fallback", leavesOneWithoutAnswer},
                 {"hedge-wins", "Two attempts run side by side, and one is beaten", beatsAnAttempt},
                 {"saves-the-tail", "99 % of your successes within two thirds of the usual time", savesTheTail}};
    lab.comparisons = {
        {"two-orders",
         "The retry inside the breaker, and outside",
         {"Retry inside", "retry-and-breaker"},
         {"Retry outside", "retry-and-breaker", {SetPolicies{1, usualOrder()}}},
         "The same outage. With your retry inside the breaker 33 attempts hit the dead service, with it outside 12; 6 "
         "of "
         "these are the usual order's in both. Inside, 9 calls fail for good only after all their attempts.",
         {{"dead_service", "33", "12"}, {"failed", "9", "0"}}}};
    lab.questions = {whichOpensFirst(), whenIsItOver(), whatTheBreakerHears(), whatBecomesOfTheBeaten()};
    lab.solutions = {ordersSolution(), {"hedging", {}, std::chrono::seconds{30}}};
    return lab;
}

} // namespace resilience::labs
