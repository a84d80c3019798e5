// SPDX-License-Identifier: GPL-3.0-or-later
#include "labs/combining/step.h"

#include "core/sim/duration_text.h"
#include "core/sim/knobs.h"
#include "labs/lab_files.h"
#include "labs/play.h"

#include <algorithm>

namespace resilience::labs {

using namespace resilience;
using namespace resilience::sim;

namespace {

// The first client keeps the usual order; the last one's is changed.
uint32_t usualPipeline(const Timeline &t) { return t.world().clients().front().pipeline(); }
uint32_t yourPipeline(const Timeline &t) { return t.world().clients().back().pipeline(); }
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

// The last event up to now that `wanted` accepts.
template <typename Wanted> const Event *lastEvent(const Timeline &timeline, Wanted wanted)
{
    const EventLog &log = timeline.history().log();
    for (uint64_t number = timeline.lastEvent(); number >= log.firstNumber() && number > 0; --number)
        if (const Event *event = log.numbered(number); event && wanted(*event))
            return event;
    return nullptr;
}

// How the call ends that the last `Detail` up to now is about.
template <typename Detail> std::optional<Event> endOfCallWith(Timeline &fork)
{
    const Event *about = lastEvent(fork, [](const Event &event) { return event.as<Detail>() != nullptr; });
    if (!about)
        return std::nullopt;
    const uint64_t request = about->request;
    return playUntil(fork, kCombiningLookAhead,
                     [request](const Event &event) { return event.request == request && event.ends; });
}

Question whichOpensFirst()
{
    return {"which-opens-first",
            "The service is gone. Which breaker will open first?",
            {"that of the usual order", "that of your order", "both at once", "neither"},
            [](const Timeline &t, const Event &event) {
                const auto *fault = event.as<FaultSet>();
                return fault && fault->kind == FaultKind::Outage
                       && yourOrder(t) != t.world().pipelines()[usualPipeline(t)].config().order
                       && !usual(t).firstOpened && !yours(t).firstOpened;
            },
            [](Timeline fork) -> std::optional<Question::Answer> {
                const auto opened = playUntil(fork, kCombiningLookAhead, [](const Event &event) {
                    const auto *moved = event.as<Transitioned>();
                    return moved && moved->move.to == BreakerState::Open;
                });
                if (!opened)
                    return Question::Answer{3, "Neither heard of enough failures in a row.", fork.now()};
                const bool both = usual(fork).firstOpened == yours(fork).firstOpened;
                const bool first = usual(fork).firstOpened.has_value();
                return Question::Answer{both    ? 2U
                                        : first ? 0U
                                                : 1U,
                                        both ? "Both opened at " + durationText(opened->at) + "."
                                             : std::string(first ? "That of the usual order" : "That of your order")
                                                   + " opened at " + durationText(opened->at)
                                                   + ", when the other had not yet heard of enough failures.",
                                        opened->at};
            },
            "retry-and-breaker"};
}

Question howManyAttempts()
{
    return {"how-many-attempts",
            "A call of the usual order has failed once and will be tried again. How many attempts will be sent for it?",
            {"2", "3", "4 or more"},
            [](const Timeline &t, const Event &event) {
                return event.as<RetryPlanned>() && event.pipeline == usualPipeline(t) && usual(t).retries == 1;
            },
            [](Timeline fork) -> std::optional<Question::Answer> {
                const auto end = endOfCallWith<RetryPlanned>(fork);
                if (!end)
                    return std::nullopt;
                const uint32_t sent = end->ends->attempts;
                const std::string took = durationText(end->ends->took);
                const auto *finished = end->as<Finished>();
                const bool cut = finished && finished->timedOutBy == PolicyKind::TotalTimeout;
                return Question::Answer{std::clamp<size_t>(sent, 2, 4) - 2,
                                        "It was sent " + std::to_string(sent) + " times; after " + took
                                            + (cut ? " the total timeout cut the last attempt off." : " it was over."),
                                        end->at};
            },
            "attempts-and-deadline"};
}

Question whatTheBreakerHears()
{
    return {
        "what-the-breaker-hears",
        "A call of your order has just timed out for the first time. What does your breaker count?",
        {"a failure", "nothing", "a success"},
        [](const Timeline &t, const Event &event) {
            const auto *finished = event.as<Finished>();
            return finished && finished->timedOutBy == PolicyKind::AttemptTimeout && event.pipeline == yourPipeline(t)
                   && turnedAway(yours(t), PolicyKind::AttemptTimeout) == 1;
        },
        [](Timeline fork) -> std::optional<Question::Answer> {
            const uint32_t pipeline = yourPipeline(fork);
            const Event *timedOut = lastEvent(fork, [pipeline](const Event &event) {
                const auto *finished = event.as<Finished>();
                return finished && finished->timedOutBy && event.pipeline == pipeline;
            });
            if (!timedOut)
                return std::nullopt;
            if (timedOut->as<Finished>()->recorded == Recorded::Counted)
                return Question::Answer{0, "The timeout lies inside the breaker, which gets the failure.", fork.now()};
            return Question::Answer{
                1, "The breaker took the call as cancelled: whoever lies outside of it did the cancelling.",
                fork.now()};
        },
        "timeout-and-breaker"};
}

Question whichAttemptAnswers()
{
    return {"which-attempt-answers",
            "A call of your order is still without an answer, and a second attempt begins beside the first. Which will "
            "answer the call?",
            {"the first", "the second", "a later one", "none"},
            [](const Timeline &t, const Event &event) {
                return event.as<HedgeBegun>() && event.pipeline == yourPipeline(t) && yours(t).hedges == 1;
            },
            [](Timeline fork) -> std::optional<Question::Answer> {
                const auto end = endOfCallWith<HedgeBegun>(fork);
                if (!end)
                    return std::nullopt;
                const std::string took = durationText(end->ends->took);
                if (end->ends->outcome != RequestOutcome::Succeeded)
                    return Question::Answer{3, "After " + took + " the call was over without a success.", end->at};
                // The call may end with the attempt that was beaten.
                const Event *answered = lastEvent(fork, [&end](const Event &event) {
                    const auto *finished = event.as<Finished>();
                    return event.request == end->request && finished && finished->outcome == RequestOutcome::Succeeded;
                });
                if (!answered)
                    return std::nullopt;
                return Question::Answer{std::clamp<size_t>(answered->attempt, 1, 3) - 1,
                                        "Attempt " + std::to_string(answered->attempt) + " of "
                                            + std::to_string(end->ends->attempts) + " answered, " + took
                                            + " after the call began.",
                                        end->at};
            },
            "hedging"};
}

PolicyOrder orderOf(std::initializer_list<PolicyKind> kinds)
{
    PolicyOrder order;
    for (const PolicyKind kind : kinds)
        order.append(kind);
    return order;
}

Lab::Solution combiningSolution()
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
         {when(44), 0, ClearFault{0, FaultKind::Hang}},
         // A service that is slow now and then, time enough for it, and a second attempt beside the slow one.
         {when(50), 0,
          SetPolicies{kYours, orderOf({Fallback, TotalTimeout, Retry, Hedging, AttemptTimeout, RateLimiter,
                                       CircuitBreaker, Bulkhead})}},
         {when(50), 0, turn("timeout", 8)},
         {when(50), 0, turn("total_timeout", 9)},
         {when(50), 0, turn("limit_rate", 50)},
         {when(50), 0, turn("max_concurrent", 60)},
         {when(50), 0, turn("arrival_rate", 8)},
         {when(50), 0, SetFault{0, FaultKind::LatencySpikes, 6}}},
        std::chrono::seconds{59}};
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
    lab.charts = {ChartKind::Load, ChartKind::OutcomesPerSecond, ChartKind::Latency, ChartKind::Levels};
    lab.goals = {{"opens-later", "Your breaker opens later than the usual one", opensLater},
                 {"cuts-off", "The total timeout cuts a call off", cutsOff},
                 {"retries-for-free", "The usual limiter turns away more than yours", retriesForFree},
                 {"stays-deaf", "Ten time-outs, and your breaker is still closed", staysDeaf},
                 {"no-answer", "A call of yours gets past the fallback", leavesOneWithoutAnswer},
                 {"hedge-wins", "Two attempts run side by side, and one is beaten", beatsAnAttempt},
                 {"saves-the-tail", "99 % of your successes within two thirds of the usual time", savesTheTail}};
    lab.questions = {whichOpensFirst(), howManyAttempts(), whatTheBreakerHears(), whichAttemptAnswers()};
    lab.solution = combiningSolution();
    return lab;
}

} // namespace resilience::labs
