// SPDX-License-Identifier: GPL-3.0-or-later
#include "labs/rate-limiter/step.h"

#include "core/sim/duration_text.h"
#include "core/sim/knobs.h"
#include "labs/lab_files.h"
#include "labs/play.h"

namespace resilience::labs {

using namespace resilience;
using namespace resilience::sim;

namespace {

const AnyLimiter &limiterOf(const World &world, uint32_t client)
{
    return world.pipelines()[world.clients()[client].pipeline()].rateLimiter();
}

std::optional<uint32_t> clientWith(const World &world, LimiterKind kind)
{
    for (uint32_t i = 0; i < world.clients().size(); ++i)
        if (limiterOf(world, i).kind() == kind)
            return i;
    return std::nullopt;
}

uint64_t passed(const World &world, uint32_t client)
{
    return world.flow().countsOf(world.clients()[client].pipeline()).sent;
}

uint64_t mostInAWindow(const Timeline &timeline, uint32_t client)
{
    return timeline.milestones().mostInAWindow(timeline.world().clients()[client].pipeline());
}

bool throttles(const Timeline &t) { return t.world().totals().of(RequestOutcome::Throttled) > 0; }

bool refills(const Timeline &t)
{
    const auto bucket = clientWith(t.world(), LimiterKind::TokenBucket);
    if (!bucket || t.world().flow().totalsByClient()[*bucket].of(RequestOutcome::Throttled) == 0)
        return false;
    const AnyLimiter &limiter = limiterOf(t.world(), *bucket);
    return limiter.available(t.now()) >= double(burstOf(limiter.config()));
}

bool edge(const Timeline &t)
{
    const auto fixed = clientWith(t.world(), LimiterKind::FixedWindow);
    return fixed && throttles(t) && 2 * mostInAWindow(t, *fixed) >= 3 * burstOf(limiterOf(t.world(), *fixed).config());
}

bool exact(const Timeline &t)
{
    const auto log = clientWith(t.world(), LimiterKind::SlidingWindowLog);
    const auto fixed = clientWith(t.world(), LimiterKind::FixedWindow);
    return log && fixed && throttles(t) && passed(t.world(), *log) < passed(t.world(), *fixed)
           && mostInAWindow(t, *log) == burstOf(limiterOf(t.world(), *log).config());
}

bool countsTwice(const Timeline &t)
{
    const auto bucket = clientWith(t.world(), LimiterKind::TokenBucket);
    if (!bucket)
        return false;
    const AnyLimiterConfig config = limiterOf(t.world(), *bucket).config();
    return double(passed(t.world(), *bucket))
           > double(burstOf(config)) + perSecondOf(config) * toSeconds(t.now() - kTimeZero) + 1;
}

Question howManyOfTheBurst()
{
    return {"how-many-of-the-burst",
            "A burst begins: the bucket is full. How many of the calls of the next half second will the token bucket "
            "let pass?",
            {"4 or fewer", "5", "6 or 7", "all 8"},
            [](const Timeline &timeline, const Event &event) {
                return event.as<Offered>() && event.client == 0
                       && timeline.world().flow().totalsByClient()[0].offered == 1;
            },
            [](Timeline fork) -> std::optional<Question::Answer> {
                const Time end = saturatingAdd(fork.now(), std::chrono::milliseconds{500});
                fork.runTo(end);
                const uint64_t count = passed(fork.world(), 0);
                const size_t choice = count <= 4 ? 0 : count == 5 ? 1 : count <= 7 ? 2 : 3;
                return Question::Answer{
                    choice,
                    std::to_string(count) + " passed: the bucket held "
                        + std::to_string(burstOf(limiterOf(fork.world(), 0).config())) + " tokens, and got "
                        + shortNumber(perSecondOf(limiterOf(fork.world(), 0).config())) + " a second.",
                    end};
            },
            "burst"};
}

Question whenTheNext()
{
    return {"when-does-the-next-pass",
            "The token bucket has just turned a call away. When could the next call pass?",
            {"at once", "within half a second", "in half a second to one second", "in more than one second"},
            [](const Timeline &, const Event &event) { return event.as<TurnedAway>() && event.client == 0; },
            [](Timeline fork) -> std::optional<Question::Answer> {
                AnyLimiter asked = limiterOf(fork.world(), 0);
                const Duration wait = asked.tryAcquire(fork.now()).retryAfter.value_or(Duration{0});
                const double seconds = toSeconds(wait);
                const size_t choice = seconds <= 0 ? 0 : seconds <= 0.5 ? 1 : seconds <= 1 ? 2 : 3;
                return Question::Answer{choice,
                                        "In " + durationText(wait) + ": so long it takes until a whole token is there.",
                                        saturatingAdd(fork.now(), wait)};
            },
            "burst"};
}

} // namespace

Lab rateLimiterLab()
{
    Lab lab;
    lab.id = "rate-limiter";
    lab.title = "Rate limiter";
    lab.guide = parseGuide(labFile("rate-limiter/guide.md"));
    lab.scenarios = labScenarios(
        "rate-limiter", {"burst", "below-the-rate", "window-edge", "a-day-of-traffic", "smoothing", "eager-callers"});
    lab.mainKnobs = {"burst", "limit_rate", "arrival_rate"};
    lab.otherKnobs = {"service_latency", "broken_counts_time_twice"};
    lab.faults = {FaultKind::Outage, FaultKind::Latency};
    lab.panels = {PanelKind::LimiterStage};
    lab.charts = {ChartKind::OutcomesPerSecond, ChartKind::Levels};
    lab.goals = {{"throttles", "A call is throttled", throttles},
                 {"refills", "The bucket is full again after it was empty", refills},
                 {"edge", "The fixed window lets half as much again through across an edge", edge},
                 {"exact", "The sliding log never lets more than its limit through", exact},
                 {"counts-twice", "A refill counts time twice, and the limit is none", countsTwice}};
    lab.questions = {howManyOfTheBurst(), whenTheNext()};
    lab.solution = {"eager-callers",
                    {turn(2, "arrival_rate", 0.1), turn(9.55, "arrival_rate", 30), turn(10.5, "arrival_rate", 0.1),
                     turn(16, "broken_counts_time_twice", 1), turn(16, "arrival_rate", 60),
                     turn(22, "broken_counts_time_twice", 0), turn(22, "arrival_rate", 0.1)},
                    std::chrono::seconds{31}};
    return lab;
}

} // namespace resilience::labs
