// SPDX-License-Identifier: GPL-3.0-or-later
#include "labs/retry/step.h"

#include "core/sim/world/knobs.h"
#include "core/tell/figures.h"
#include "labs/kit/lab_files.h"
#include "labs/kit/play.h"

#include <algorithm>

namespace resilience::labs {

using namespace resilience;
using namespace resilience::sim;

namespace {

// The most arrivals at the service within one bin of the history, between two moments.
uint32_t peakArrivals(const Timeline &timeline, Time from, Time to)
{
    const OutcomeSeries &series = timeline.history().outcomes();
    const auto binOf = [&](Time t) { return static_cast<size_t>(t.time_since_epoch() / series.binWidth()); };
    uint32_t peak = 0;
    for (size_t i = binOf(from); i < series.bins().size() && i <= binOf(to); ++i)
        peak = std::max(peak, series.bins()[i].arrived);
    return peak;
}

// The latest fault that has ended by now.
const FaultSpan *latestRecovery(const Timeline &timeline)
{
    const FaultSpan *latest = nullptr;
    for (const FaultSpan &span : timeline.history().faults())
        if (span.to && *span.to <= timeline.now() && (!latest || *span.to > *latest->to))
            latest = &span;
    return latest;
}

bool comesBack(const Timeline &t) { return t.world().totals().recovered > 0; }

bool herd(const Timeline &t)
{
    const size_t clients = t.world().clients().size();
    return clients >= 6 && peakArrivals(t, kTimeZero, t.now()) >= clients;
}

bool dissolves(const Timeline &t)
{
    const FaultSpan *fault = latestRecovery(t);
    const auto &client = subject(t);
    const Jitter jitter = t.world().pipelines()[client.pipeline()].config().retry.backoff.jitter;
    if (!fault || jitter == Jitter::None || t.world().clients().size() < 6)
        return false;
    // A service that was gone, callers that have come back since, and no crowd among them.
    const bool gone = fault->kind == FaultKind::Crash || fault->kind == FaultKind::Outage;
    const Time end = *fault->to + std::min<Duration>(t.now() - *fault->to, std::chrono::seconds{8});
    return gone && t.now() - *fault->to >= std::chrono::seconds{2}
           && 2 * peakArrivals(t, *fault->to, end) < t.world().clients().size() && t.world().totals().recovered > 0;
}

template <uint64_t ServiceCounts::*Count> bool hasAny(const Timeline &t)
{
    const auto &services = t.world().services();
    return std::any_of(services.begin(), services.end(),
                       [](const Service &service) { return service.counts.*Count > 0; });
}
bool chargedTwice(const Timeline &t) { return hasAny<&ServiceCounts::again>(t); }
bool chargedOnce(const Timeline &t) { return hasAny<&ServiceCounts::stored>(t); }

constexpr Duration kRetryLookAhead = std::chrono::seconds{60};

const RetryPlanned *plansThird(const Event &event)
{
    const auto *planned = event.as<RetryPlanned>();
    return planned && planned->attempt == 3 ? planned : nullptr;
}

Question whenIsTheThirdAttempt()
{
    Question question;
    question.id = "when-is-the-third-attempt";
    question.by = Question::By::Time;
    question.prompt = "A call has failed twice now. When does its third attempt start?";
    question.hint = "Exponential backoff: each wait is twice the one before, and the first was the base delay.";
    question.tolerance = 0.2;
    question.covers = {"ahead"}; // the lane shows the wait
    question.isMoment = [](const Timeline &, const Event &event) { return plansThird(event) != nullptr; };
    question.answer = [](Timeline fork) -> std::optional<Question::Answer> {
        const Event *planned = lastEvent(fork, [](const Event &event) { return plansThird(event) != nullptr; });
        if (!planned)
            return std::nullopt;
        const Duration wait = planned->as<RetryPlanned>()->delay;
        return Question::Answer{
            secondsOf(planned->as<RetryPlanned>()->next),
            "The second wait was " + spanText(wait) + ", twice the first.",
            planned->as<RetryPlanned>()->next,
            {{secondsOf(planned->at), "Without a wait it would be the first thing that an overloaded service has to "
                                      "cope with."},
             {secondsOf(planned->at + wait / 2), "So long was the first wait; the second is twice as long."},
             {secondsOf(planned->at + 2 * wait), "So long will the third wait be."}}};
    };
    return question;
}

Question howManyAtOnce()
{
    Question question;
    question.id = "how-many-at-once";
    question.by = Question::By::Number;
    question.prompt =
        "The service has crashed. How many calls will come in the same tenth of a second once it is back?";
    question.hint = "Eight callers waited for an answer, and each tries again one second after it has failed.";
    question.most = 12;
    question.about = {Spot::Kind::Service, 0, {}};
    question.isMoment = [](const Timeline &, const Event &event) { return setsFault(event, FaultKind::Crash); };
    question.answer = [](Timeline fork) -> std::optional<Question::Answer> {
        const auto back =
            playUntil(fork, kRetryLookAhead, [](const Event &event) { return clearsFault(event, FaultKind::Crash); });
        if (!back)
            return std::nullopt;
        fork.runTo(back->at + std::chrono::seconds{2});
        const uint32_t peak = peakArrivals(fork, back->at, fork.now());
        return Question::Answer{double(peak),
                                "They failed in the same instant and wait equally long, so they stay together.",
                                fork.now(),
                                {{1, "Nothing spreads them: who failed together comes back together."},
                                 {0, "They have not given up; each has attempts left."}}};
    };
    return question;
}

Question afterThePause()
{
    Question question;
    question.id = "after-the-pause";
    question.prompt =
        "The service works again: 20 calls a second, and 12 come. How many calls succeed ten seconds from "
        "now?";
    question.hint = "Each call waits one second and is tried five times.";
    question.choices = {{"nearly all", "The 12 are calls; with their repetitions several times as many attempts come."},
                        {"about half", "The queue is full all the time, so it is the same for nearly everybody."},
                        {"hardly any", "There is nothing that takes the load away again."}};
    question.about = {Spot::Kind::Service, 0, {}};
    question.isMoment = [](const Timeline &, const Event &event) { return clearsFault(event, FaultKind::Pause); };
    question.answer = [](Timeline fork) -> std::optional<Question::Answer> {
        fork.runTo(fork.now() + std::chrono::seconds{8});
        const auto goodOf = [](const Timeline &t) { return t.world().totals().of(RequestOutcome::Succeeded); };
        const Totals before = fork.world().totals();
        const uint64_t good = goodOf(fork);
        fork.runTo(fork.now() + std::chrono::seconds{4});
        const double share = double(goodOf(fork) - good) / double(fork.world().totals().offered - before.offered);
        return Question::Answer{
            share > 0.8    ? 0.0
            : share > 0.25 ? 1.0
                           : 2.0,
            std::to_string(goodOf(fork) - good) + " of "
                + std::to_string(fork.world().totals().offered - before.offered)
                + " in four seconds: an answer comes after the queue, the callers are gone by then, "
                  "and their repetitions keep the queue full.",
            fork.now()};
    };
    return question;
}

} // namespace

Lab retryLab()
{
    Lab lab;
    lab.id = "retry";
    lab.title = "Retry";
    lab.guide = parseGuide(labFile("retry/guide.md"));
    lab.scenarios = labScenarios("retry", {"single-failures", "herd", "herd-exponential", "herd-jitter",
                                           "forty-clients", "storm", "storm-budget", "double-charge", "request-ids"});
    lab.mainKnobs = {"max_attempts", "base_delay", "jitter"};
    lab.otherKnobs = {"backoff",        "multiplier",   "max_delay",       "timeout",
                      "retry_budget",   "budget_ratio", "budget_floor",    "idempotent",
                      "request_id",     "arrival_rate", "service_latency", "broken_retry_everything",
                      "broken_no_limit"};
    lab.faults = {FaultKind::Crash,         FaultKind::Outage,  FaultKind::ErrorRate,
                  FaultKind::LatencySpikes, FaultKind::Latency, FaultKind::PacketLoss};
    lab.panels = {PanelKind::RetryStage};
    lab.words = {{"herd", "Callers who failed at the same moment and therefore all come back at the same moment."},
                 {"jitter", "Chance in the length of a wait, so that callers do not come back together."}};
    lab.commonWords =
        commonTerms({"amplification", "attempt", "backoff", "budget", "goodput", "idempotent", "request id"});
    lab.charts = sim::chartsNamed({"arrivals", "load", "outcomes", "latency"});
    lab.goals = {{"comes-back", "A retry gets a call through", comesBack},
                 {"herd", "All clients arrive in the same tenth of a second", herd},
                 {"dissolves", "With jitter the service comes back to a trickle", dissolves},
                 {"charged-twice", "A payment is carried out twice", chargedTwice},
                 {"charged-once", "A request id makes a repetition harmless", chargedOnce}};
    lab.comparisons = {{"jitter",
                        "Without jitter, and with it",
                        {"Fixed waits", "herd"},
                        {"Full jitter", "herd", {turned("jitter", 1)}},
                        "Without jitter 8 calls arrive in the same tenth of a second, with it at most 3. It is not for "
                        "free: 107 attempts "
                        "are sent instead of 88, for the waits are half as long.",
                        {{"attempts", "88", "107"}}}};
    lab.questions = {whenIsTheThirdAttempt(), howManyAtOnce(), afterThePause()};
    lab.solutions.push_back({"herd",
                             {turn(7.5, "jitter", 1),
                              turn(7.5, "backoff", 2),
                              {at(std::chrono::milliseconds{11000}), 0, SetFault{0, FaultKind::Crash, 1}},
                              {at(std::chrono::milliseconds{14500}), 0, ClearFault{0, FaultKind::Crash}},
                              turn(25, "timeout", 2),
                              turn(25, "broken_retry_everything", 1),
                              turn(41, "request_id", 1)},
                             std::chrono::seconds{60}});
    return lab;
}

} // namespace resilience::labs
