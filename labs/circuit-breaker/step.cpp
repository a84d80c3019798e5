// SPDX-License-Identifier: GPL-3.0-or-later
#include "labs/circuit-breaker/step.h"

#include "core/tell/figures.h"
#include "labs/kit/lab_files.h"
#include "labs/kit/play.h"

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

// A failure that a closed breaker counts.
bool isFailure(const Event &event)
{
    const auto *finished = event.as<Finished>();
    return finished && finished->state == BreakerState::Closed && finished->outcome != RequestOutcome::Succeeded
           && finished->recorded == Recorded::Counted;
}

Question whenDoesItOpen()
{
    Question question;
    question.id = "when-does-it-open";
    question.by = Question::By::Time;
    question.prompt = "A call has just failed. When will the breaker open?";
    question.hint = "The knobs tell how many failures in a row it takes, the checkout how often it calls.";
    question.tolerance = 0.3;
    question.about = {Spot::Kind::State, 0, BreakerState::Open};
    question.isMoment = [](const Timeline &, const Event &event) {
        return isFailure(event) && event.as<Finished>()->window.consecutiveFailures == 1;
    };
    question.answer = [](Timeline fork) -> std::optional<Question::Answer> {
        std::vector<Question::Slip> slips{{secondsOf(fork.now()), "One failure is too few for the threshold."}};
        const auto opened = playUntil(fork, kBreakerLookAhead, [&](const Event &event) {
            if (isFailure(event) && slips.size() < 4)
                slips.push_back({secondsOf(event.at), "That failure was the " + ordinal(slips.size() + 1)
                                                          + " in a row, and the breaker still counted."});
            return movedTo(event, BreakerState::Open);
        });
        if (!opened)
            return std::nullopt;
        slips.pop_back(); // the last one did open it
        const uint32_t run = opened->as<Transitioned>()->window.consecutiveFailures;
        return Question::Answer{secondsOf(opened->at),
                                "The " + ordinal(run) + " failure in a row opened it, as soon as its answer was there.",
                                opened->at, std::move(slips)};
    };
    return question;
}

Question howManyAreTurnedAway()
{
    Question question;
    question.id = "how-many-turned-away";
    question.by = Question::By::Number;
    question.prompt = "Open, and the first call has been turned away. How many more will be, before one may try?";
    question.hint = "The wait is a knob; it began when the breaker opened.";
    question.most = 20;
    question.tolerance = 1;
    question.about = {Spot::Kind::Client, 0, {}};
    question.isMoment = [](const Timeline &, const Event &event) {
        const auto *away = event.as<Rejected>();
        return away && away->by == PolicyKind::CircuitBreaker && away->state == BreakerState::Open
               && event.at - away->since <= std::chrono::seconds{1};
    };
    question.answer = [](Timeline fork) -> std::optional<Question::Answer> {
        double count = 0;
        const auto tried = playUntil(fork, kBreakerLookAhead, [&](const Event &event) {
            count += event.as<Rejected>() ? 1 : 0;
            return movedTo(event, BreakerState::HalfOpen);
        });
        if (!tried)
            return std::nullopt;
        return Question::Answer{count,
                                "All that came during the wait were turned away, and none of them reached the service. "
                                "The next call, at "
                                    + momentText(tried->at) + ", was the first trial.",
                                tried->at,
                                {{0, "An open breaker does not ask the service at all: it only looks at the clock."}}};
    };
    return question;
}

Question whenIsTheNextTrial()
{
    Question question;
    question.id = "when-is-the-next-trial";
    question.by = Question::By::Time;
    question.prompt = "This trial is going to fail. When does the next one start?";
    question.hint = "Think of what one failed trial does, and of the wait.";
    question.tolerance = 0.6;
    question.about = {Spot::Kind::State, 0, BreakerState::HalfOpen};
    question.isMoment = [](const Timeline &, const Event &event) {
        return movedTo(event, BreakerState::HalfOpen) != nullptr;
    };
    question.answer = [](Timeline fork) -> std::optional<Question::Answer> {
        const auto moved =
            playUntil(fork, kBreakerLookAhead, [](const Event &event) { return event.as<Transitioned>(); });
        if (!moved || !movedTo(*moved, BreakerState::Open))
            return std::nullopt;
        const auto next = playUntil(fork, kBreakerLookAhead,
                                    [](const Event &event) { return movedTo(event, BreakerState::HalfOpen); });
        if (!next)
            return std::nullopt;
        return Question::Answer{secondsOf(next->at),
                                "The failed trial opened the breaker at " + momentText(moved->at)
                                    + ", and the wait began anew. The first call after it was the next trial.",
                                next->at,
                                {{secondsOf(moved->at),
                                  "One failed trial is enough: it is open again, and whoever comes is turned away."}}};
    };
    return question;
}

Question whenIsItClosed()
{
    Question question;
    question.id = "when-is-it-closed";
    question.by = Question::By::Time;
    question.prompt = "When will the breaker be closed again?";
    question.hint = "The outage ends at 13 s. Three rules decide: the wait, the trials, and the time of an answer.";
    question.tolerance = 0.6;
    question.about = {Spot::Kind::State, 0, BreakerState::Closed};
    question.isMoment = [](const Timeline &, const Event &event) {
        const auto *moved = movedTo(event, BreakerState::Open);
        return moved && moved->move.from == BreakerState::HalfOpen;
    };
    question.answer = [](Timeline fork) -> std::optional<Question::Answer> {
        std::vector<Question::Slip> slips;
        const auto closed = playUntil(fork, kBreakerLookAhead, [&](const Event &event) {
            if (clearsFault(event, FaultKind::Outage))
                slips.push_back({secondsOf(event.at), "Nobody tells the breaker that the service is back."});
            if (movedTo(event, BreakerState::HalfOpen))
                slips.push_back({secondsOf(event.at), "Then the first trial starts; all of them have to succeed."});
            return movedTo(event, BreakerState::Closed);
        });
        if (!closed)
            return std::nullopt;
        return Question::Answer{secondsOf(closed->at),
                                "The wait had to end, a call had to come, and the "
                                    + ordinal(closed->as<Transitioned>()->trialsSucceeded)
                                    + " successful trial closed it.",
                                closed->at, std::move(slips)};
    };
    return question;
}

} // namespace

Lab circuitBreakerLab()
{
    Lab lab;
    lab.id = "circuit-breaker";
    lab.title = "Circuit breaker";
    lab.guide = parseGuide(labFile("circuit-breaker/guide.md"));
    lab.scenarios = labScenarios("circuit-breaker", {"steady-traffic", "outage-and-recovery", "lab-11-demo", "flapping",
                                                     "slow-not-dead", "slow-return"});
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
    lab.commonWords = commonTerms({"attempt", "fail fast", "half-open", "threshold", "window"});
    lab.charts = sim::chartsNamed({"outcomes", "latency"});
    lab.goals = {{"opens", "It opens by itself", opens},
                 {"fails-fast", "A call fails fast while it is open", failsFast},
                 {"reopens", "A failed trial opens it again", reopens},
                 {"recovers", "It recovers through half-open", breakerRecovers}};
    lab.comparisons = {{"unlimited-trials",
                        "Three trial calls, and any number of them",
                        {"Unlimited trials", "slow-return", {turned("broken_unlimited_trials", 1)}},
                        {"Three trials at a time", "slow-return"},
                        "The same return of a cold service: 49.2 % of the calls succeed when everybody is let through "
                        "as a trial, 66.7 % "
                        "when three are. Without the limit 10 answers come for nobody, with it none.",
                        {{"goodput", "49.2 %", "66.7 %"}, {"wasted", "10", "0"}}}};
    lab.questions = {whenDoesItOpen(), howManyAreTurnedAway(), whenIsTheNextTrial(), whenIsItClosed()};
    lab.solutions.push_back({"steady-traffic",
                             {{at(std::chrono::seconds{3}), 0, SetFault{0, FaultKind::Outage, 1}},
                              {at(std::chrono::seconds{12}), 0, ClearFault{0, FaultKind::Outage}}},
                             std::chrono::seconds{30}});
    return lab;
}

} // namespace resilience::labs
