// SPDX-License-Identifier: GPL-3.0-or-later
#include "labs/rate-limiter/step.h"

#include "core/duration_text.h"
#include "core/sim/world/knobs.h"
#include "labs/kit/lab_files.h"
#include "labs/kit/play.h"

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

uint64_t offeredBy(const Timeline &timeline, uint32_t client)
{
    return timeline.world().flow().totalsByClient()[client].offered;
}

// How many of its calls a client's limiter lets pass from now to then.
double passesUntil(Timeline &fork, uint32_t client, Time then)
{
    const uint64_t before = passed(fork.world(), client);
    fork.runTo(then);
    return double(passed(fork.world(), client) - before);
}

// The bucket's tape is the first one: all of them carry the same calls.
bool isCallOfTheTape(const Timeline &timeline, const Event &event, uint64_t number)
{
    return event.as<Offered>() && event.actor == Subject::client(0) && offeredBy(timeline, 0) == number;
}

std::string countText(double count) { return std::to_string(static_cast<uint64_t>(count)); }

Question howManyOfTheBurst()
{
    Question question;
    question.id = "how-many-of-the-burst";
    question.by = Question::By::Number;
    question.prompt = "The bucket was full. Eight calls come within 0.35 s, the first of them now. How many pass?";
    question.hint = "Capacity and rate are the first two knobs.";
    question.most = 8;
    question.isMoment = [](const Timeline &t, const Event &event) { return isCallOfTheTape(t, event, 1); };
    question.answer = [](Timeline fork) -> std::optional<Question::Answer> {
        const double before = double(passed(fork.world(), 0));
        const double count = before + passesUntil(fork, 0, fork.now() + std::chrono::milliseconds{500});
        return Question::Answer{
            count,
            countText(count)
                + " passed: one for each token. In 0.35 s the tap gives a third of a token, and nobody can "
                  "take a third.",
            fork.now(),
            {{8, "Without a token nobody passes: only a limiter without memory lets a burst through."},
             {count + 1, "A token is whole only after a full second."},
             {1, "The rate holds for long; for a moment, the capacity does."}}};
    };
    return question;
}

Question howManyOfTheSecond()
{
    Question question;
    question.id = "how-many-of-the-second";
    question.by = Question::By::Number;
    question.prompt = "The next eight calls come in 3.15 s, at 6.5 s. How many of those pass?";
    question.hint = "Since the bucket was full at 3.0 s, it has given what it had.";
    question.most = 8;
    question.covers = {"vessels"}; // they show what is left
    question.isMoment = [](const Timeline &t, const Event &event) {
        return event.as<Rejected>() && event.actor == Subject::client(0) && offeredBy(t, 0) == 8;
    };
    question.answer = [](Timeline fork) -> std::optional<Question::Answer> {
        const double count = passesUntil(fork, 0, at(std::chrono::seconds{7}));
        return Question::Answer{count,
                                countText(count) + " passed: from 3.0 s to 6.5 s the tap gave three and a half tokens.",
                                fork.now(),
                                {{5, "The bucket is not full again: it takes five seconds to fill."},
                                 {count + 1, "Half a token is none."},
                                 {0, "The tap has dripped all the time."}}};
    };
    return question;
}

Question howManyAcrossTheEdge()
{
    Question question;
    question.id = "how-many-across-the-edge";
    question.by = Question::By::Number;
    question.prompt =
        "Ten calls: five just before the window's edge at 5 s, five just after it. How many does the fixed "
        "window let pass?";
    question.hint = "The limit is five in each window of five seconds.";
    question.most = 10;
    question.isMoment = [](const Timeline &t, const Event &event) { return isCallOfTheTape(t, event, 1); };
    question.answer = [](Timeline fork) -> std::optional<Question::Answer> {
        const auto fixed = clientWith(fork.world(), LimiterKind::FixedWindow);
        if (!fixed)
            return std::nullopt;
        const double before = double(passed(fork.world(), *fixed));
        const double count = before + passesUntil(fork, *fixed, fork.now() + std::chrono::milliseconds{1200});
        return Question::Answer{
            count,
            "All that a window allows came at its end, and all of the next at its beginning: " + countText(count)
                + " within a second.",
            fork.now(),
            {{5, "At the edge it counts from zero again, whatever passed a moment ago."},
             {6, "It does not fill up slowly, as a bucket does: at the edge all of its five come back at once."}}};
    };
    return question;
}

Question howManyInTheLog()
{
    Question question;
    question.id = "how-many-in-the-log";
    question.by = Question::By::Number;
    question.prompt = "Nine calls come between 14.6 s and 15.4 s. How many does the sliding log let pass?";
    question.hint = "It lets five pass in any five seconds. Calls have passed at 9, 11 and 13 s.";
    question.most = 9;
    question.isMoment = [](const Timeline &t, const Event &event) { return isCallOfTheTape(t, event, 14); };
    question.answer = [](Timeline fork) -> std::optional<Question::Answer> {
        const auto log = clientWith(fork.world(), LimiterKind::SlidingWindowLog);
        if (!log)
            return std::nullopt;
        const uint64_t before =
            passed(fork.world(), *log)
            - (lastEvent(fork,
                         [&](const Event &event) {
                             return event.as<Sent>() && event.actor == Subject::client(*log) && event.at == fork.now();
                         })
                   ? 1
                   : 0);
        fork.runTo(fork.now() + std::chrono::milliseconds{900});
        const double count = double(passed(fork.world(), *log) - before);
        return Question::Answer{count,
                                "Of the last five seconds it remembers the calls of 11 s and 13 s, so "
                                    + countText(count) + " of five places were free.",
                                fork.now(),
                                {{5, "Those of 11 s and 13 s still count: they are less than five seconds old."},
                                 {2, "The call of 9 s is more than five seconds old and no longer counts."},
                                 {9, "It has no edge at which everything is forgotten."}}};
    };
    return question;
}

Question whenDoesTheLastLeave()
{
    Question question;
    question.id = "when-does-the-last-leave";
    question.by = Question::By::Time;
    question.prompt =
        "Six calls come at once. The leaky queue takes five: one goes on, and four wait. When does the last of "
        "those leave it?";
    question.hint = "It lets one go each second, the first at once.";
    question.tolerance = 0.5;
    question.isMoment = [](const Timeline &t, const Event &event) { return isCallOfTheTape(t, event, 1); };
    question.answer = [](Timeline fork) -> std::optional<Question::Answer> {
        const auto queue = clientWith(fork.world(), LimiterKind::LeakyQueue);
        if (!queue)
            return std::nullopt;
        const double start = secondsOf(fork.now());
        double last = start;
        double count = 0;
        playUntil(fork, std::chrono::milliseconds{7500}, [&](const Event &event) {
            if (event.as<Sent>() && event.actor == Subject::client(*queue)) {
                last = secondsOf(event.at);
                ++count;
            }
            return false;
        });
        return Question::Answer{last,
                                "Of those that found room, each left one second after the one before.",
                                at(fromSeconds(last)),
                                {{start, "That is the token bucket: five leave at once, and the sixth not at all."},
                                 {last + 1, "The first one has not waited: the fifth leaves after four gaps."}}};
    };
    return question;
}

} // namespace

Lab rateLimiterLab()
{
    Lab lab;
    lab.id = "rate-limiter";
    lab.title = "Rate limiter";
    lab.guide = parseGuide(labFile("rate-limiter/guide.md"));
    lab.scenarios =
        labScenarios("rate-limiter", {"burst", "below-the-rate", "window-edge", "a-day-of-traffic", "smoothing",
                                      "bursts-token-bucket", "bursts-leaky-queue", "eager-callers"});
    lab.mainKnobs = {"burst", "limit_rate", "arrival_rate"};
    lab.otherKnobs = {"service_latency", "broken_counts_time_twice"};
    lab.faults = {FaultKind::Outage, FaultKind::Latency};
    lab.panels = {PanelKind::LimiterStage};
    lab.commonWords = commonTerms({"throttled", "window"});
    lab.charts = sim::chartsNamed({"levels", "outcomes", "lost"});
    lab.goals = {{"throttles", "A call is throttled", throttles},
                 {"refills", "The bucket is full again after it was empty", refills},
                 {"edge", "Around an edge the fixed window passes 1.5 times its limit", edge},
                 {"exact", "The sliding log never lets more than its limit through", exact},
                 {"counts-twice", "A refill counts time twice, and the limit is none", countsTwice}};
    lab.comparisons = {
        {"two-limiters",
         "Turned away, or made to wait",
         {"Token bucket", "bursts-token-bucket"},
         {"Leaky queue", "bursts-leaky-queue"},
         "Both turn away 5 calls, one of each burst. What passes the bucket passes at once: half of the successes take "
         "0.40 s or less. Through the queue they take 2.77 s.",
         {{"throttled", "5", "5"}, {"p50", "0.40 s", "2.77 s"}}}};
    lab.questions = {howManyOfTheBurst(), howManyOfTheSecond(), howManyAcrossTheEdge(), howManyInTheLog(),
                     whenDoesTheLastLeave()};
    lab.solutions.push_back(
        {"eager-callers",
         {turn(2, "arrival_rate", 0.1), turn(9.55, "arrival_rate", 30), turn(10.5, "arrival_rate", 0.1),
          turn(16, "broken_counts_time_twice", 1), turn(16, "arrival_rate", 60),
          turn(22, "broken_counts_time_twice", 0), turn(22, "arrival_rate", 0.1)},
         std::chrono::seconds{31}});
    return lab;
}

} // namespace resilience::labs
