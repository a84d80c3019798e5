// SPDX-License-Identifier: GPL-3.0-or-later
#include "labs/circuit-breaker/step.h"

#include "core/sim/duration_text.h"
#include "labs/lab_files.h"
#include "labs/play.h"

#include <algorithm>

namespace resilience::labs {

using namespace resilience;
using namespace resilience::sim;

namespace {

// Whether the breaker went through these states one after the other, by now.
bool wentThrough(const Timeline &timeline, std::initializer_list<BreakerState> path)
{
    const auto &spans = timeline.history().states(0);
    const auto end = std::partition_point(spans.begin(), spans.end(),
                                          [&](const StateSpan &span) { return span.from <= timeline.now(); });
    return std::search(spans.begin(), end, path.begin(), path.end(),
                       [](const StateSpan &span, BreakerState state) { return span.state == state; })
           != end;
}

bool opens(const Timeline &t) { return wentThrough(t, {BreakerState::Closed, BreakerState::Open}); }
bool failsFast(const Timeline &t) { return t.world().totals().of(RequestOutcome::ShortCircuited) > 0; }
bool breakerRecovers(const Timeline &t)
{
    return wentThrough(t, {BreakerState::Open, BreakerState::HalfOpen, BreakerState::Closed});
}
bool reopens(const Timeline &t)
{
    return wentThrough(t, {BreakerState::Open, BreakerState::HalfOpen, BreakerState::Open});
}

const Transitioned *movedTo(const Event &event, BreakerState state)
{
    const auto *moved = event.as<Transitioned>();
    return moved && moved->move.to == state ? moved : nullptr;
}

constexpr Duration kBreakerLookAhead = std::chrono::seconds{120};

std::string ordinal(uint64_t n) { return std::to_string(n) + (n == 1 ? "st" : n == 2 ? "nd" : n == 3 ? "rd" : "th"); }

Question whichFailureTrips()
{
    return {"which-failure-trips",
            "The first call has failed. Which failure in a row will open the breaker?",
            {"1st", "2nd", "3rd", "a later one", "none"},
            [](const Timeline &, const Event &event) {
                const auto *finished = event.as<Finished>();
                return finished && finished->state == BreakerState::Closed && finished->window.consecutiveFailures == 1;
            },
            [](Timeline fork) -> std::optional<Question::Answer> {
                const auto opened = playUntil(fork, kBreakerLookAhead,
                                              [](const Event &event) { return movedTo(event, BreakerState::Open); });
                if (!opened)
                    return Question::Answer{4, "No run of failures was long enough to open it.", fork.now()};
                const uint32_t run = opened->as<Transitioned>()->window.consecutiveFailures;
                return Question::Answer{std::min<size_t>(run, 4) - 1,
                                        "The " + ordinal(run) + " failure in a row opened it, at "
                                            + durationText(opened->at) + ".",
                                        opened->at};
            }};
}

Question whatTheNextGets()
{
    return {"what-the-next-gets",
            "The breaker has just opened. What does the next caller get?",
            {"a rejection at once", "the service's error", "a timeout", "a good answer"},
            [](const Timeline &, const Event &event) { return movedTo(event, BreakerState::Open) != nullptr; },
            [](Timeline fork) -> std::optional<Question::Answer> {
                const uint64_t known = fork.world().totals().offered;
                const auto end = playUntil(fork, kBreakerLookAhead, [known](const Event &event) {
                    return event.request > known && endedBy(event);
                });
                if (!end)
                    return std::nullopt;
                constexpr size_t choices[kOutcomeCount] = {3, 1, 2, 0, 0, 0};
                const RequestOutcome outcome = *endedBy(*end);
                const std::string call = "Call " + std::to_string(end->request);
                return Question::Answer{choices[static_cast<size_t>(outcome)],
                                        outcome == RequestOutcome::ShortCircuited
                                            ? call + " was turned away at the switch and waited for nothing."
                                            : call + " still reached the service.",
                                        end->at};
            }};
}

Question whichTrialCloses()
{
    return {"which-trial-closes",
            "Half-open. Which trial call will close the breaker?",
            {"1st", "2nd", "3rd", "a later one", "none: it opens again"},
            [](const Timeline &, const Event &event) { return movedTo(event, BreakerState::HalfOpen) != nullptr; },
            [](Timeline fork) -> std::optional<Question::Answer> {
                const auto moved =
                    playUntil(fork, kBreakerLookAhead, [](const Event &event) { return event.as<Transitioned>(); });
                if (!moved)
                    return std::nullopt;
                if (!movedTo(*moved, BreakerState::Closed))
                    return Question::Answer{4, "A trial failed, and one is enough: it opened again.", moved->at};
                const uint32_t passed = moved->as<Transitioned>()->trialsSucceeded;
                return Question::Answer{std::min<size_t>(passed, 4) - 1,
                                        "The " + ordinal(passed) + " successful trial closed it, at "
                                            + durationText(moved->at) + ".",
                                        moved->at};
            }};
}

} // namespace

Lab circuitBreakerLab()
{
    Lab lab;
    lab.id = "circuit-breaker";
    lab.title = "Circuit breaker";
    lab.guide = parseGuide(labFile("circuit-breaker/guide.md"));
    lab.scenarios = labScenarios("circuit-breaker",
                                 {"steady-traffic", "outage-and-recovery", "lab-11-demo", "flapping", "slow-not-dead"});
    lab.mainKnobs = {"failure_threshold", "open_duration", "half_open_max_calls"};
    lab.otherKnobs = {"arrival_rate",
                      "timeout",
                      "service_latency",
                      "window_type",
                      "window_calls",
                      "window_duration",
                      "failure_rate_threshold",
                      "minimum_calls",
                      "slow_call_duration",
                      "slow_call_rate_threshold",
                      "open_duration_multiplier",
                      "half_open_rule",
                      "half_open_max_duration",
                      "half_open_max_concurrent",
                      "hold",
                      "broken_wait_not_restarted",
                      "broken_unlimited_trials"};
    lab.faults = {FaultKind::Outage, FaultKind::ErrorRate, FaultKind::Latency, FaultKind::LatencySpikes,
                  FaultKind::Hang};
    lab.panels = {PanelKind::BreakerStage};
    lab.charts = {ChartKind::OutcomesPerSecond, ChartKind::Latency};
    lab.goals = {{"opens", "Failures in a row open it", opens},
                 {"fails-fast", "A call fails fast while it is open", failsFast},
                 {"reopens", "A failed trial opens it again", reopens},
                 {"recovers", "It recovers through half-open", breakerRecovers}};
    lab.questions = {whichFailureTrips(), whatTheNextGets(), whichTrialCloses()};
    for (Question &question : lab.questions)
        question.scenario = "outage-and-recovery";
    lab.solution = {"steady-traffic",
                    {{at(std::chrono::seconds{3}), 0, SetFault{0, FaultKind::Outage, 1}},
                     {at(std::chrono::seconds{12}), 0, ClearFault{0, FaultKind::Outage}}},
                    std::chrono::seconds{30}};
    return lab;
}

} // namespace resilience::labs
