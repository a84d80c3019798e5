// SPDX-License-Identifier: GPL-3.0-or-later
#include "labs/bulkhead/step.h"

#include "core/sim/duration_text.h"
#include "core/sim/knobs.h"
#include "labs/lab_files.h"

#include <algorithm>

namespace resilience::labs {

using namespace resilience;
using namespace resilience::sim;

namespace {

bool shares(const World &world, uint32_t client)
{
    const uint32_t pipeline = world.clients()[client].pipeline();
    return std::count_if(world.clients().begin(), world.clients().end(),
                         [&](const Client &other) { return other.pipeline() == pipeline; })
           > 1;
}

// The client that calls the good service (the first service is the slow one), through a pool of its own or a shared
// one.
std::optional<uint32_t> goodClient(const World &world, bool shared)
{
    for (uint32_t i = 0; i < world.clients().size(); ++i)
        if (world.clients()[i].config().target() != 0 && shares(world, i) == shared)
            return i;
    return std::nullopt;
}

struct Ends {
    uint64_t good = 0;
    uint64_t all = 0;
    double share() const { return all == 0 ? 1.0 : double(good) / double(all); }
};
Ends endsOf(const World &world, uint32_t client)
{
    const Totals &totals = world.flow().totalsByClient()[client];
    return {totals.of(RequestOutcome::Succeeded), totals.offered - totals.inFlight};
}

bool fills(const Timeline &t)
{
    return std::any_of(t.world().pipelines().begin(), t.world().pipelines().end(),
                       [&](const Pipeline &pipeline) { return pipeline.bulkhead().view(t.now()).rejected > 0; });
}

bool starves(const Timeline &t)
{
    const auto client = goodClient(t.world(), true);
    return client && t.world().flow().totalsByClient()[*client].of(RequestOutcome::Rejected) >= 10;
}

bool shields(const Timeline &t)
{
    const auto client = goodClient(t.world(), false);
    return client && starves(t) && endsOf(t.world(), *client).share() > 0.99;
}

bool waits(const Timeline &t)
{
    uint64_t waited = 0;
    for (uint32_t i = 0; i < t.world().pipelines().size(); ++i)
        waited += t.world().flow().countsOf(i).waited;
    return waited >= 5;
}

bool poolRecovers(const Timeline &t)
{
    const auto client = goodClient(t.world(), true);
    if (!client || !starves(t))
        return false;
    // Nothing is wrong any more, and the shared pool has room again.
    const auto &faults = t.world().services().front().faults();
    const bool healthy =
        std::none_of(faults.begin(), faults.end(), [](const auto &fault) { return fault.has_value(); });
    const Bulkhead &pool = t.world().pipelines()[t.world().clients()[*client].pipeline()].bulkhead();
    return healthy && pool.inUse() < pool.config().maxConcurrent;
}

Question goodSuccess()
{
    return {
        "success-of-the-good-one",
        "The first service has become slow. How many of the good service's calls through the shared pool will succeed "
        "in the next twenty seconds?",
        {"nearly all", "more than half", "less than half", "none"},
        [](const Timeline &, const Event &event) {
            const auto *set = event.as<FaultSet>();
            return set && set->kind == FaultKind::Latency;
        },
        [](Timeline fork) -> std::optional<Question::Answer> {
            const auto client = goodClient(fork.world(), true);
            if (!client)
                return std::nullopt;
            const Ends before = endsOf(fork.world(), *client);
            const Time end = saturatingAdd(fork.now(), std::chrono::seconds{20});
            fork.runTo(end);
            const Ends after = endsOf(fork.world(), *client);
            const Ends between{after.good - before.good, after.all - before.all};
            const size_t choice = between.share() > 0.95 ? 0 : between.share() >= 0.5 ? 1 : between.good > 0 ? 2 : 3;
            return Question::Answer{choice,
                                    std::to_string(between.good) + " of " + std::to_string(between.all)
                                        + " succeeded, although their own service was well all the time.",
                                    end};
        },
        "slow-reports"};
}

Question whoIsFirst()
{
    return {"who-is-rejected-first",
            "The shared pool is filling with slow calls. Whose call will be turned away first, of either pool?",
            {"one to the slow service", "one to the good service"},
            [](const Timeline &timeline, const Event &event) {
                if (!event.as<Sent>())
                    return false;
                const Bulkhead &pool = timeline.world().pipelines().front().bulkhead();
                return pool.inUse() + 2 == pool.config().maxConcurrent && pool.view(timeline.now()).rejected == 0;
            },
            [](Timeline fork) -> std::optional<Question::Answer> {
                std::optional<Event> first;
                fork.runUntil(
                    [&](const Event &event) {
                        if (event.as<TurnedAway>() && !first)
                            first = event;
                        return first.has_value();
                    },
                    saturatingAdd(fork.now(), std::chrono::seconds{30}));
                if (!first)
                    return std::nullopt;
                const World &world = fork.world();
                const bool good = world.clients()[first->client].config().target() != 0;
                return Question::Answer{good ? size_t{1} : size_t{0},
                                        "It was a call of " + world.clients()[first->client].config().name + ", at "
                                            + durationText(first->at) + ".",
                                        first->at};
            },
            "slow-reports"};
}

} // namespace

Lab bulkheadLab()
{
    Lab lab;
    lab.id = "bulkhead";
    lab.title = "Bulkhead";
    lab.guide = parseGuide(labFile("bulkhead/guide.md"));
    lab.scenarios =
        labScenarios("bulkhead", {"both-well", "slow-reports", "with-a-queue", "slow-authorization", "too-small"});
    lab.mainKnobs = {"max_concurrent", "max_queue", "service_latency"};
    lab.otherKnobs = {"max_wait", "timeout", "arrival_rate", "broken_endless_queue"};
    lab.faults = {FaultKind::Latency, FaultKind::LatencySpikes, FaultKind::Hang, FaultKind::ErrorRate,
                  FaultKind::Outage};
    lab.panels = {PanelKind::BulkheadStage};
    lab.charts = {ChartKind::Levels, ChartKind::OutcomesPerSecond, ChartKind::Latency};
    lab.goals = {{"fills", "A pool is full and turns a call away", fills},
                 {"starves", "The shared pool turns away ten calls to the good service", starves},
                 {"shields", "Split pools keep the good service above 99 %", shields},
                 {"waits", "Five calls wait for a slot", waits},
                 {"recovers", "The shared pool has room again", poolRecovers}};
    lab.questions = {goodSuccess(), whoIsFirst()};
    lab.solution = {"both-well",
                    {{at(std::chrono::seconds{3}), 0, SetFault{0, FaultKind::Latency, 6}},
                     {at(std::chrono::seconds{34}), 0, ClearFault{0, FaultKind::Latency}},
                     {at(std::chrono::seconds{31}), 0, TurnKnob{*knobNamed("max_queue"), 6}}},
                    std::chrono::seconds{50}};
    return lab;
}

} // namespace resilience::labs
