// SPDX-License-Identifier: GPL-3.0-or-later
#include "labs/retry/step.h"

#include "core/sim/duration_text.h"
#include "core/sim/knobs.h"
#include "labs/lab_files.h"
#include "labs/play.h"

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
    const auto &client = t.world().clients().front();
    const Jitter jitter = t.world().pipelines()[client.pipeline()].config().retry.backoff.jitter;
    if (!fault || jitter == Jitter::None || t.world().clients().size() < 6)
        return false;
    // A service that was gone, callers that have come back since, and no crowd among them.
    const bool gone = fault->kind == FaultKind::Crash || fault->kind == FaultKind::Outage;
    const Time end = *fault->to + std::min<Duration>(t.now() - *fault->to, std::chrono::seconds{8});
    return gone && t.now() - *fault->to >= std::chrono::seconds{2}
           && 2 * peakArrivals(t, *fault->to, end) < t.world().clients().size() && t.world().totals().recovered > 0;
}

bool chargedTwice(const Timeline &t) { return t.world().services().front().counts.again > 0; }
bool chargedOnce(const Timeline &t) { return t.world().services().front().counts.stored > 0; }

constexpr Duration kRetryLookAhead = std::chrono::seconds{60};

Question howManyAtOnce()
{
    return {
        "how-many-at-once",
        "The service is back. How many calls will reach it in the busiest tenth of a second of the next ten seconds?",
        {"1 or 2", "3 or 4", "5 to 7", "8 or more"},
        [](const Timeline &, const Event &event) {
            const auto *cleared = event.as<FaultCleared>();
            return cleared && (cleared->kind == FaultKind::Crash || cleared->kind == FaultKind::Outage);
        },
        [](Timeline fork) -> std::optional<Question::Answer> {
            const Time from = fork.now();
            fork.runTo(saturatingAdd(from, std::chrono::seconds{10}));
            const OutcomeSeries &series = fork.history().outcomes();
            uint32_t peak = 0;
            Time when = from;
            for (size_t i = static_cast<size_t>(from.time_since_epoch() / series.binWidth()); i < series.bins().size();
                 ++i)
                if (series.bins()[i].arrived > peak) {
                    peak = series.bins()[i].arrived;
                    when = at(series.binWidth() * static_cast<int64_t>(i));
                }
            const size_t choice = peak <= 2 ? 0 : peak <= 4 ? 1 : peak <= 7 ? 2 : 3;
            return Question::Answer{
                choice, std::to_string(peak) + " came within one tenth of a second, at " + durationText(when) + ".",
                std::max(when, from)};
        },
        "herd"};
}

Question whichAttempt()
{
    return {"which-attempt-gets-through",
            "A call has failed for the first time. Which attempt will get through?",
            {"the 2nd", "the 3rd", "the 4th", "a later one", "none"},
            [](const Timeline &, const Event &event) {
                const auto *planned = event.as<RetryPlanned>();
                return planned && planned->attempt == 2;
            },
            [](Timeline fork) -> std::optional<Question::Answer> {
                const Event *asked = fork.history().log().numbered(fork.lastEvent());
                while (asked && !asked->as<RetryPlanned>())
                    asked = fork.history().log().numbered(asked->number - 1);
                if (!asked)
                    return std::nullopt;
                const auto end = playUntil(fork, kRetryLookAhead, [request = asked->request](const Event &event) {
                    return event.request == request && event.ends;
                });
                if (!end)
                    return std::nullopt;
                if (end->ends->outcome != RequestOutcome::Succeeded)
                    return Question::Answer{
                        4, "Attempt " + std::to_string(end->ends->attempts) + " was the last, and it failed too.",
                        end->at};
                return Question::Answer{std::min<size_t>(end->ends->attempts, 5) - 2,
                                        "Attempt " + std::to_string(end->ends->attempts) + " got through at "
                                            + durationText(end->at) + ".",
                                        end->at};
            },
            "herd"};
}

} // namespace

Lab retryLab()
{
    Lab lab;
    lab.id = "retry";
    lab.title = "Retry";
    lab.guide = parseGuide(labFile("retry/guide.md"));
    lab.scenarios = labScenarios("retry", {"single-failures", "herd", "herd-exponential", "herd-jitter",
                                           "forty-clients", "storm", "double-charge", "request-ids"});
    lab.mainKnobs = {"max_attempts", "base_delay", "jitter"};
    lab.otherKnobs = {"backoff",        "multiplier",   "max_delay",       "timeout",
                      "retry_budget",   "budget_ratio", "budget_floor",    "idempotent",
                      "request_id",     "arrival_rate", "service_latency", "broken_retry_everything",
                      "broken_no_limit"};
    lab.faults = {FaultKind::Crash,         FaultKind::Outage,  FaultKind::ErrorRate,
                  FaultKind::LatencySpikes, FaultKind::Latency, FaultKind::PacketLoss};
    lab.panels = {PanelKind::RetryStage};
    lab.charts = {ChartKind::Load, ChartKind::OutcomesPerSecond, ChartKind::Latency};
    lab.goals = {{"comes-back", "A retry gets a call through", comesBack},
                 {"herd", "All clients arrive in the same tenth of a second", herd},
                 {"dissolves", "With jitter the service comes back to a trickle", dissolves},
                 {"charged-twice", "A payment is carried out twice", chargedTwice},
                 {"charged-once", "A request id makes a repetition harmless", chargedOnce}};
    lab.questions = {whichAttempt(), howManyAtOnce()};
    lab.solution = {"herd",
                    {turn(7.5, "jitter", 1),
                     turn(7.5, "backoff", 2),
                     {at(std::chrono::milliseconds{11000}), 0, SetFault{0, FaultKind::Crash, 1}},
                     {at(std::chrono::milliseconds{14500}), 0, ClearFault{0, FaultKind::Crash}},
                     turn(25, "timeout", 2),
                     turn(25, "broken_retry_everything", 1),
                     turn(41, "request_id", 1)},
                    std::chrono::seconds{60}};
    return lab;
}

} // namespace resilience::labs
