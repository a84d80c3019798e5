// SPDX-License-Identifier: GPL-3.0-or-later
#include "labs/bulkhead/step.h"

#include "core/sim/world/knobs.h"
#include "labs/kit/lab_files.h"
#include "labs/kit/play.h"

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

// The client that calls a good service, through a pool of its own or a shared one.
std::optional<uint32_t> goodClient(const World &world, bool shared)
{
    for (uint32_t i = 0; i < world.clients().size(); ++i)
        if (const auto &called = world.services()[world.clients()[i].config().target()];
            called.config().role != Role::Slow && shares(world, i) == shared)
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
    const auto faults = t.world().faultsOf(0);
    const bool healthy =
        std::none_of(faults.begin(), faults.end(), [](const auto &fault) { return fault.has_value(); });
    const Bulkhead &pool = t.world().pipelines()[t.world().clients()[*client].pipeline()].bulkhead();
    return healthy && pool.inUse() < pool.config().maxConcurrent;
}

// What became of the good service's calls through the shared pool, or through its own, in the next `span`.
std::optional<Question::Answer> goodCalls(Timeline fork, bool shared, Duration span, const std::string &because)
{
    const auto client = goodClient(fork.world(), shared);
    if (!client)
        return std::nullopt;
    // The calls that fill the pool have to come first.
    fork.runTo(fork.now() + std::chrono::seconds{8});
    const Ends before = endsOf(fork.world(), *client);
    fork.runTo(fork.now() + span);
    const Ends after = endsOf(fork.world(), *client);
    const Ends between{after.good - before.good, after.all - before.all};
    return Question::Answer{
        between.share() > 0.94   ? 0.0
        : between.share() > 0.05 ? 1.0
                                 : 2.0,
        std::to_string(between.good) + " of " + std::to_string(between.all) + " succeeded. " + because, fork.now()};
}

constexpr Duration kMeasured = std::chrono::seconds{16};

Question goodSuccess()
{
    Question question;
    question.id = "success-of-the-good-one";
    question.prompt =
        "Reports take 5.4 s from now on, and 2.5 of them come a second. Once the shared pool of eight slots is full, "
        "how many of the orders still get a slot there?";
    question.hint = "Slots needed = calls a second x seconds each. The orders' own service stays well.";
    question.choices = {
        {"nearly all: more than 94 %",
         "It is not their service that turns them away, but the pool: it has no slot left."},
        {"some, but far from all", "No slot is ever missing."},
        {"hardly any: 5 % at most", "A slot that gets free goes to whoever comes next, and that can be an order."}};
    question.about = {Spot::Kind::Service, 1, {}};
    question.covers = {"succeeded"}; // how it has been so far
    question.isMoment = [](const Timeline &, const Event &event) { return setsFault(event, FaultKind::Latency); };
    question.answer = [](Timeline fork) {
        return goodCalls(std::move(fork), true, kMeasured,
                         "2.5 x 5.4 = 13.5 slots are wanted by reports alone, and there are eight.");
    };
    return question;
}

Question ownPool()
{
    Question question;
    question.id = "orders-of-their-own";
    question.prompt =
        "The shared pool has just turned its first call away. In the lower hull orders have four slots of their own. "
        "How many of the orders get one of those?";
    question.hint = "Three orders a second. Each holds its slot for 0.2 s: 0.15 s of work, and the network.";
    question.choices = {
        {"nearly all: more than 94 %", "Four slots are too few for all of them."},
        {"some, but far from all", "Half the slots does not mean half the calls: an order holds one for a moment."},
        {"hardly any: 5 % at most", "No report ever gets into that pool."}};
    question.about = {Spot::Kind::Service, 1, {}};
    question.covers = {"succeeded"}; // how it has been so far
    question.isMoment = [](const Timeline &t, const Event &event) {
        return event.as<Rejected>() && shares(t.world(), event.actor.index)
               && t.world().pipelines().front().bulkhead().view(t.now()).rejected == 1;
    };
    question.answer = [](Timeline fork) {
        return goodCalls(std::move(fork), false, std::chrono::seconds{20},
                         "3 x 0.2 = 0.6 slots are wanted on average, and there are four.");
    };
    return question;
}

Question seatsToWaitIn()
{
    Question question;
    question.id = "seats-to-wait-in";
    question.prompt = "Now up to eight calls may wait for a slot, for 2 s at most. Reports become slow again. Once "
                      "pool and seats are "
                      "full, how many of the orders still get a slot?";
    question.hint = "What comes in is more than what can go out, with or without seats.";
    question.choices = {
        {"nearly all: more than 94 %", "Waiting helps where a slot gets free in time. Here all are held for 5 s."},
        {"some, but far from all", "There is a slot for everybody within 2 s."},
        {"hardly any: 5 % at most", "Now and then a slot gets free, and whoever has waited longest takes it."}};
    question.about = {Spot::Kind::Service, 1, {}};
    question.covers = {"succeeded"}; // how it has been so far
    question.isMoment = [](const Timeline &, const Event &event) { return setsFault(event, FaultKind::Latency); };
    question.answer = [](Timeline fork) {
        return goodCalls(std::move(fork), true, kMeasured,
                         "The seats fill up like the slots did, and most who sit there give up after 2 s.");
    };
    return question;
}

Question browsing()
{
    Question question;
    question.id = "browsing";
    question.prompt =
        "Authorization takes 5.3 s now. Browsing does not need it. Once the shared pool is full, how many of the "
        "catalogue's calls still get a slot there?";
    question.hint = "2.5 authorizations a second, eight slots.";
    question.choices = {
        {"nearly all: more than 94 %", "They need no authorization, but they need a slot of the same pool."},
        {"some, but far from all", "No slot is ever missing."},
        {"hardly any: 5 % at most",
         "A slot that gets free goes to whoever comes next, and that can be a catalogue call."}};
    question.about = {Spot::Kind::Service, 1, {}};
    question.covers = {"succeeded"}; // how it has been so far
    question.isMoment = [](const Timeline &, const Event &event) { return setsFault(event, FaultKind::Latency); };
    question.answer = [](Timeline fork) {
        return goodCalls(std::move(fork), true, kMeasured,
                         "Whoever shares a pool with something slow is slow, or turned away.");
    };
    return question;
}

} // namespace

Lab bulkheadLab()
{
    Lab lab;
    lab.id = "bulkhead";
    lab.title = "Bulkhead";
    lab.guide = parseGuide(labFile("bulkhead/guide.md"));
    lab.scenarios = labScenarios("bulkhead", {"both-well", "slow-reports", "slow-reports-shared", "slow-reports-split",
                                              "with-a-queue", "slow-authorization", "too-small"});
    lab.mainKnobs = {"total_slots", "wall", "max_queue"};
    lab.otherKnobs = {"service_latency", "max_wait", "timeout", "arrival_rate", "broken_endless_queue"};
    lab.faults = {FaultKind::Latency, FaultKind::LatencySpikes, FaultKind::Hang, FaultKind::ErrorRate,
                  FaultKind::Outage};
    lab.panels = {PanelKind::BulkheadStage};
    lab.commonWords = commonTerms({"bulkhead"});
    lab.charts = sim::chartsNamed({"levels", "outcomes", "lost", "latency"});
    lab.goals = {{"fills", "A pool is full and turns a call away", fills},
                 {"starves", "The shared pool turns away ten calls to the good service", starves},
                 {"shields", "Split pools keep the good service above 99 %", shields},
                 {"waits", "Five calls wait for a slot", waits},
                 {"recovers", "The shared pool has room again", poolRecovers}};
    lab.comparisons = {{"shared-or-split",
                        "One pool for both, and one for each",
                        {"Shared", "slow-reports-shared"},
                        {"Split", "slow-reports-split"},
                        "The same eight slots: 69.6 % of all calls succeed from the shared pool, 79.5 % from the split "
                        "ones; 67 calls are "
                        "rejected against 45. Whose they are is the point: look at the orders.",
                        {{"goodput", "69.6 %", "79.5 %"}, {"rejected", "67", "45"}}}};
    lab.questions = {goodSuccess(), ownPool(), seatsToWaitIn(), browsing()};
    lab.solutions.push_back({"both-well",
                             {{at(std::chrono::seconds{3}), 0, SetFault{0, FaultKind::Latency, 6}},
                              {at(std::chrono::seconds{34}), 0, ClearFault{0, FaultKind::Latency}},
                              {at(std::chrono::seconds{31}), 0, TurnKnob{*knobNamed("max_queue"), 6}}},
                             std::chrono::seconds{50}});
    return lab;
}

} // namespace resilience::labs
