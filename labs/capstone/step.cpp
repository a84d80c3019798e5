// SPDX-License-Identifier: GPL-3.0-or-later
#include "labs/capstone/step.h"

#include "core/sim/measure/goodput.h"
#include "core/sim/world/knobs.h"
#include "core/tell/figures.h"
#include "labs/capstone/goals.h"
#include "labs/kit/lab_files.h"
#include "labs/kit/play.h"

#include <algorithm>
#include <cmath>

namespace resilience::labs {

using namespace resilience;
using namespace resilience::sim;
using namespace std::chrono_literals;

namespace {

Goodput goodputNow(const Timeline &timeline)
{
    return goodputAt(timeline.history(), timeline.scenario(), timeline.now());
}

std::string percentText(double share) { return std::to_string(std::lround(share * 100)) + " %"; }

// The load has been turned back to what it is by itself.
bool loadIsBack(const Timeline &timeline, const Event &event)
{
    const auto *turned = event.as<KnobTurned>();
    return turned && turned->knob == knobNamed("arrival_rate") && timeline.now() > at(Goodput::kOver)
           && turned->value == subjectOf(timeline.scenario().clients).arrivals.rate;
}

bool isFault(const Event &event, FaultKind kind)
{
    const auto *set = event.as<FaultSet>();
    return set && set->kind == kind;
}

// What share succeeds of what comes in the five seconds before a moment.
Question::Answer goodputIn(Timeline fork, Duration span, const std::string &because)
{
    fork.runTo(fork.now() + span);
    const Goodput goodput = goodputNow(fork);
    return {goodput.up()     ? 0.0
            : goodput.down() ? 2.0
                             : 1.0,
            percentText(goodput.share()) + " succeeded. " + because, fork.now()};
}

Question afterTheRush()
{
    Question question;
    question.id = "after-the-rush";
    question.prompt =
        "The rush is over: 20 requests a second again, and no fault. How many of them succeed ten seconds from "
        "now?";
    question.hint = "20 workers at half a second each. The queue is full; a shopper waits 1.5 s and tries three times.";
    question.choices = {{"more than 90 %", "The load is back, but what is in the queue is not gone, and is asked for "
                                           "again."},
                        {"about half", "The queue is served in order: it comes too late for everybody alike."},
                        {"fewer than 30 %", "Nothing holds the queue full."}};
    question.covers = {"figures", "rates"}; // they tell how it stands already
    question.isMoment = loadIsBack;
    question.answer = [](Timeline fork) -> std::optional<Question::Answer> {
        return goodputIn(std::move(fork), 10s,
                         "A wait in the queue is longer than a shopper's patience, and the repetitions keep it full.");
    };
    return question;
}

// More shoppers come than usual.
bool rushBegins(const Timeline &timeline, const Event &event)
{
    const auto *turned = event.as<KnobTurned>();
    return turned && turned->knob == knobNamed("arrival_rate")
           && turned->value > subjectOf(timeline.scenario().clients).arrivals.rate;
}

Question howLongTheRushLasts()
{
    Question question;
    question.id = "how-long-the-rush-lasts";
    question.prompt = "For ten seconds, 60 requests a second come. When will 90 % of them succeed again?";
    question.hint = "20 workers at half a second each; every shopper waits 1.5 s and tries three times.";
    question.choices = {{"as soon as it is over", "The queue is still full then."},
                        {"within 15 s after it", "The queue would be empty by then, if nobody asked again."},
                        {"later, or never", "The usual load alone could be served."}};
    question.about = {Spot::Kind::Client, 0, {}};
    question.isMoment = rushBegins;
    question.answer = [](Timeline fork) -> std::optional<Question::Answer> {
        const Time over = fork.now() + 10s;
        for (Time t = over + 1s; t <= over + 15s; t += 1s) {
            fork.runTo(t);
            if (goodputNow(fork).up())
                return Question::Answer{t <= over + 3s ? 0.0 : 1.0, "It was well again at " + momentText(t) + ".", t};
        }
        return Question::Answer{2,
                                "15 s after it " + percentText(goodputNow(fork).share())
                                    + " succeeded: the repetitions are a rush of their own.",
                                fork.now()};
    };
    return question;
}

Question withoutInventory()
{
    Question question;
    question.id = "without-inventory";
    question.prompt = "Inventory is gone, and every order needs it. How many requests succeed in the next six seconds?";
    question.hint = "Look which policies are on, on the line to inventory.";
    question.choices = {
        {"more than 90 %", "Nothing stands in for inventory."},
        {"about half", "The fallback answers all of them, not half."},
        {"fewer than 30 %", "The line to inventory has a fallback, and a breaker that saves the wait."}};
    question.about = {Spot::Kind::Service, 2, {}};
    question.isMoment = [](const Timeline &, const Event &event) { return isFault(event, FaultKind::Outage); };
    question.answer = [](Timeline fork) -> std::optional<Question::Answer> {
        return goodputIn(std::move(fork), 6s, "The fallback answers for inventory, and the breaker saves the wait.");
    };
    return question;
}

// The day without policies, until at 38 s somebody switches them on; and the bulkheads off and on again.
Lab::Solution capstoneSolution()
{
    Lab::Solution solution{"bad-day-unprotected", {}, 120s};
    for (const char *knob :
         {"use_fallback", "use_total_timeout", "use_retry", "use_rate_limiter", "use_circuit_breaker", "use_bulkhead",
          "use_attempt_timeout", "retry_budget", "drop_expired"})
        solution.steps.push_back(turn(38, knob, 1));
    solution.steps.push_back(turn(65, "use_bulkhead", 0));
    solution.steps.push_back(turn(68, "use_bulkhead", 1));
    return solution;
}

} // namespace

Lab capstoneLab()
{
    Lab lab;
    lab.id = "capstone";
    lab.title = "Capstone";
    lab.guide = parseGuide(labFile("capstone/guide.md"));
    lab.scenarios = labScenarios(
        "capstone", {"quiet-shop", "rush-and-trap", "slow-payment-trap", "bad-day-unprotected", "bad-day-protected"});
    lab.mainKnobs = {"arrival_rate", "max_attempts", "retry_budget"};
    lab.otherKnobs = {"use_fallback",
                      "use_total_timeout",
                      "use_retry",
                      "use_rate_limiter",
                      "use_circuit_breaker",
                      "use_bulkhead",
                      "use_attempt_timeout",
                      "drop_expired",
                      "service_queue",
                      "service_workers",
                      "service_latency",
                      "timeout",
                      "total_timeout",
                      "base_delay",
                      "jitter",
                      "budget_ratio",
                      "budget_floor",
                      "limit_rate",
                      "open_duration",
                      "failure_rate_threshold",
                      "max_concurrent",
                      "broken_no_limit"};
    lab.faults = {FaultKind::Latency, FaultKind::Outage, FaultKind::ErrorRate, FaultKind::Hang, FaultKind::Crash};
    lab.panels = {PanelKind::CapstoneStage};
    lab.words = {{"metastable",
                  "A state that keeps itself going after its cause has gone: here retries that keep the queue full."}};
    lab.commonWords = commonTerms(
        {"amplification", "backoff", "budget", "bulkhead", "fail fast", "goodput", "half-open", "throttled"});
    lab.charts = sim::chartsNamed({"goodput", "outcomes", "load", "latency-percentiles"});
    lab.goals = {{"gets-stuck", "The load is gone and the system stays down", capstone::gotStuck},
                 {"gets-out", "Goodput is above 90 % again", capstone::gotOut},
                 {"switches", "A policy is switched off and on again", capstone::switchedOffAndOn},
                 {"survives", "A bad day ends with 80 % goodput in its last third", capstone::survived}};
    lab.comparisons = {{"budget",
                        "A retry budget, and none",
                        {"No budget", "rush-and-trap"},
                        {"Budget", "rush-and-trap", {turned("retry_budget", 1)}},
                        "The same rush. Without a budget 2.64 attempts are sent for each call and 15.9 % of the calls "
                        "succeed: the shop "
                        "never gets out. With one it is 1.10 attempts, and 79.6 % succeed.",
                        {{"amplification", "2.64", "1.10"}, {"goodput", "15.9 %", "79.6 %"}}}};
    lab.questions = {afterTheRush(), howLongTheRushLasts(), withoutInventory()};
    lab.solutions.push_back(capstoneSolution());
    return lab;
}

} // namespace resilience::labs
