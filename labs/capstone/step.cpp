// SPDX-License-Identifier: GPL-3.0-or-later
#include "labs/capstone/step.h"

#include "core/sim/duration_text.h"
#include "core/sim/goodput.h"
#include "core/sim/knobs.h"
#include "labs/capstone/goals.h"
#include "labs/lab_files.h"
#include "labs/play.h"

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
           && turned->value == timeline.scenario().clients.front().arrivals.rate;
}

bool isFault(const Event &event, FaultKind kind)
{
    const auto *set = event.as<FaultSet>();
    return set && set->kind == kind;
}

Question afterTheRush()
{
    return {
        "after-the-rush",
        "The rush is over: 20 requests a second again, and no fault. How many of them succeed ten seconds from now?",
        {"more than 90 %", "about half", "fewer than 30 %"},
        loadIsBack,
        [](Timeline fork) -> std::optional<Question::Answer> {
            fork.runTo(fork.now() + 10s);
            const Goodput goodput = goodputNow(fork);
            const std::string much = percentText(goodput.share()) + " succeeded";
            const std::string tries = durationText(fork.now()) + ", with "
                                      + std::to_string(std::lround(goodput.amplification()))
                                      + (goodput.up() ? " attempt" : " attempts") + " for each request.";
            return Question::Answer{goodput.up() ? 0U : goodput.down() ? 2U : 1U, much + " at " + tries, fork.now()};
        },
        "rush-and-trap"};
}

Question whenPaymentIsBack()
{
    return {"when-payment-is-back",
            "Payment is as fast as ever again. When will 90 % of the requests succeed?",
            {"within 6 s", "in 6 to 15 s", "later", "not by itself"},
            [](const Timeline &, const Event &event) {
                const auto *cleared = event.as<FaultCleared>();
                return cleared && cleared->kind == FaultKind::Latency;
            },
            [](Timeline fork) -> std::optional<Question::Answer> {
                const Time back = fork.now();
                for (Time t = back + 1s; t <= back + 30s; t += 1s) {
                    fork.runTo(t);
                    if (!goodputNow(fork).up())
                        continue;
                    const Duration took = t - back;
                    return Question::Answer{took <= 6s    ? 0U
                                            : took <= 15s ? 1U
                                                          : 2U,
                                            "It took " + durationText(took)
                                                + " until 90 % of the last five seconds' requests had succeeded.",
                                            t};
                }
                return Question::Answer{3,
                                        "30 s later the goodput was " + percentText(goodputNow(fork).share())
                                            + ": retries keep the queue full, and nobody waits for what is served.",
                                        fork.now()};
            },
            "slow-payment-trap"};
}

Question withoutInventory()
{
    return {
        "without-inventory",
        "Inventory is gone, and every order needs it. How many requests succeed in the next six seconds?",
        {"more than 90 %", "about half", "fewer than 30 %"},
        [](const Timeline &, const Event &event) { return isFault(event, FaultKind::Outage); },
        [](Timeline fork) -> std::optional<Question::Answer> {
            fork.runTo(fork.now() + 6s);
            const Goodput goodput = goodputNow(fork);
            return Question::Answer{
                goodput.up()     ? 0U
                : goodput.down() ? 2U
                                 : 1U,
                percentText(goodput.share()) + " succeeded"
                    + (goodput.up() ? ": the fallback answers for inventory, and the breaker saves the wait." : "."),
                fork.now()};
        },
        "bad-day-protected"};
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
    lab.charts = {ChartKind::OutcomesPerSecond, ChartKind::Load, ChartKind::LatencyPercentiles};
    lab.goals = {{"gets-stuck", "The load is gone and the system stays down", capstone::gotStuck},
                 {"gets-out", "Goodput is above 90 % again", capstone::gotOut},
                 {"switches", "A policy is switched off and on again", capstone::switchedOffAndOn},
                 {"survives", "A bad day ends with 80 % goodput in its last third", capstone::survived}};
    lab.questions = {afterTheRush(), whenPaymentIsBack(), withoutInventory()};
    lab.solution = capstoneSolution();
    return lab;
}

} // namespace resilience::labs
