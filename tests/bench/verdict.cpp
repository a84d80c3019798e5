// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/table.h"

#include <cstdio>

namespace bench {

namespace {

constexpr double kBreakerNs = 10;
constexpr double kTokenBucketNs = 5;
constexpr double kRatio = 2;
// A pipeline's call, as a multiple of something in the same run, so that another machine says the same.
constexpr struct {
    const char *what;
    const char *of;
    double most;
} kPipelineCosts[] = {
    {kPipelineAlone, kClock, 3.9}, // it reads the clock twice
    {kPipelineOfThree, kClock, 5.8}, {kPipelineOfThree, kThreeByHand, 2.4},
    {kPipelineOfAll, kClock, 9.0},   {kPipelineOfAll, kAllByHand, 2.5},
};

// The largest or smallest value seen, and where.
struct Extreme {
    std::optional<double> value;
    std::string where;

    void take(double candidate, const std::string &place, bool better)
    {
        if (value && !better)
            return;
        value = candidate;
        where = place;
    }
};

void say(const char *aim, const Extreme &seen, const char *unit, bool met)
{
    if (!seen.value)
        std::printf("%-58s not measured\n", aim);
    else
        std::printf("%-58s %-8s %.2f%s, %s\n", aim, met ? "met:" : "NOT met:", *seen.value, unit, seen.where.c_str());
}

Extreme slowest(const Subjects &subjects, const Measurements &ours, const char *beginning)
{
    Extreme slowest;
    for (const Subject &subject : subjects.all())
        if (const auto plain = ours.plain(subject.what); plain && subject.what.starts_with(beginning))
            slowest.take(*plain, subject.what, *plain > slowest.value.value_or(0));
    return slowest;
}

// Baselines, in parentheses, are not compared: they are what both sides contain.
Extreme leastRatio(const Subjects &subjects, const Measurements &ours, const PeerResults &peers)
{
    Extreme least;
    for (const Subject &subject : subjects.all()) {
        for (int threads = 1; threads <= subject.mostThreads && !subject.what.starts_with('('); ++threads) {
            for (const std::string &peer : subject.peers) {
                const auto mine = ours.threaded(subject.what, threads);
                const auto theirs = peers.find(subject.what, threads, peer);
                if (!mine || !theirs)
                    continue;
                const double ratio = theirs->nanoseconds / *mine;
                const std::string where =
                    subject.what + ", " + std::to_string(threads) + (threads == 1 ? " thread, " : " threads, ") + peer;
                least.take(ratio, where, ratio < least.value.value_or(0));
            }
        }
    }
    return least;
}

Extreme mostAllocations(const Subjects &subjects, const Measurements &ours)
{
    Extreme most;
    for (const Subject &subject : subjects.all())
        if (const auto made = ours.allocations(subject.what))
            most.take(*made, subject.what, *made > most.value.value_or(0));
    if (most.value && *most.value == 0)
        most.where = "anywhere";
    return most;
}

} // namespace

void printVerdict(const Subjects &subjects, const Measurements &ours, const PeerResults &peers)
{
    std::printf("\nAims, and the value furthest from each:\n");
    const Extreme breaker = slowest(subjects, ours, "breaker");
    say("plain breaker, permit and result: at most 10 ns", breaker, " ns", breaker.value <= kBreakerNs);
    const Extreme bucket = slowest(subjects, ours, "token bucket");
    say("plain token bucket: at most 5 ns", bucket, " ns", bucket.value <= kTokenBucketNs);
    const Extreme ratio = leastRatio(subjects, ours, peers);
    say("threaded, clock included: at most half of any peer's time", ratio, " times ours", ratio.value >= kRatio);
    for (const auto &[what, of, most] : kPipelineCosts) {
        Extreme cost;
        const auto mine = ours.threaded(what, 1);
        if (const auto measure = ours.threaded(of, 1); mine && measure)
            cost.take(*mine / *measure, what, true);
        char aim[64];
        std::snprintf(aim, sizeof aim, "at most %.1f times %s", most, of);
        say(aim, cost, " times", cost.value <= most);
    }
    const Extreme made = mostAllocations(subjects, ours);
    say("no allocations", made, " a call", made.value <= 0);
}

} // namespace bench
