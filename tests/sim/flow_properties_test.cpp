// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/register_test.h"
#include "tests/sim/any_scenario.h"
#include "tests/sim/sample_runs.h"

#include <QtTest>
#include <rapidcheck.h>

#include <algorithm>
#include <set>

using namespace resilience;
using namespace resilience::sim;
using namespace std::chrono_literals;
using tests::accountedFor;

namespace {

std::shared_ptr<const Scenario> anyShared()
{
    RandomStream random(*rc::gen::resize(rc::kNominalSize, rc::gen::arbitrary<uint64_t>()), "scenario");
    return std::make_shared<const Scenario>(tests::anyScenario(random));
}

Totals sumOf(const std::vector<Totals> &all)
{
    Totals sum;
    for (const Totals &one : all) {
        sum.offered += one.offered;
        sum.inFlight += one.inFlight;
        sum.attempts += one.attempts;
        sum.late += one.late;
        sum.recovered += one.recovered;
        sum.fellBack += one.fellBack;
        sum.unsuccessful += one.unsuccessful;
        for (size_t i = 0; i < kOutcomeCount; ++i)
            sum.ended[i] += one.ended[i];
    }
    return sum;
}

// Every request that was ever offered is in exactly one place.
void checkTotals(const World &world)
{
    RC_ASSERT(world.totals().offered == accountedFor(world.totals()));
    for (const Totals &totals : world.flow().totalsByClient())
        RC_ASSERT(totals.offered == accountedFor(totals));
    RC_ASSERT(sumOf(world.flow().totalsByClient()) == world.totals());
    const auto &calls = world.flow().openCalls();
    const auto originals = std::ranges::count(calls, uint64_t{0}, &OpenCall::parent);
    RC_ASSERT(uint64_t(originals) == world.totals().inFlight);
}

// Calls, attempts and workers: nothing is lost, nothing is there twice.
void checkFlow(const World &world)
{
    std::vector<size_t> underWay(world.pipelines().size());
    std::set<uint64_t> out;
    for (const OpenCall &call : world.flow().openCalls()) {
        ++underWay[call.pipeline];
        for (const OpenCall::Out &one : call.out) {
            RC_ASSERT(out.insert(one.request).second);
            const Request *request = world.flow().request(one.request);
            RC_ASSERT(request && !request->abandoned && request->id == call.id);
            RC_ASSERT(request->attempt == one.attempt);
        }
    }
    for (size_t i = 0; i < underWay.size(); ++i)
        RC_ASSERT(world.pipelines()[i].underWay() == underWay[i]);
    std::vector<uint32_t> working(world.services().size());
    for (const Request &request : world.requests()) {
        RC_ASSERT(request.abandoned != out.contains(request.key));
        working[request.service] += request.leg == Leg::Serving;
        const Service &service = world.services()[request.service];
        if (request.leg == Leg::Queued)
            RC_ASSERT(std::ranges::count(service.queue(), request.key) + std::ranges::count(service.held, request.key)
                      == 1);
    }
    for (size_t i = 0; i < working.size(); ++i) {
        const Service &service = world.services()[i];
        RC_ASSERT(service.busy() >= working[i]);
        if (service.fault(FaultKind::Hang) == std::nullopt)
            RC_ASSERT(service.busy() == working[i]);
    }
}

void checkEvents(const std::vector<Event> &events, uint64_t &lastNumber, Time &latest)
{
    for (const Event &event : events) {
        RC_ASSERT(event.number == ++lastNumber);
        RC_ASSERT(event.at >= latest);
        latest = event.at;
    }
}

} // namespace

// Any scenario, and people who do things to it at any moment.
class FlowPropertiesTest : public QObject {
    Q_OBJECT
private slots:
    void everythingIsAccountedForAtEveryEvent()
    {
        std::array<uint64_t, kOutcomeCount> ended{};
        QVERIFY(rc::check([&ended] {
            const auto scenario = anyShared();
            World world(*scenario, scenario->seed);
            std::vector<Event> events;
            uint64_t lastNumber = 0;
            Time latest = kTimeZero;
            for (int i = 0; i < 400 && world.next(); ++i) {
                events.clear();
                if (i % 16 == 15)
                    world.apply(tests::anyIntervention(world), events);
                world.step(events);
                checkEvents(events, lastNumber, latest);
                checkTotals(world);
                if (i % 8 == 0)
                    checkFlow(world);
            }
            checkFlow(world);
            for (size_t i = 0; i < kOutcomeCount; ++i)
                ended[i] += world.totals().ended[i];
        }));
        for (const uint64_t count : ended)
            QVERIFY2(count > 100, QByteArray::number(quint64(count)).constData());
    }

    void theSameTwiceAndSeekEqualsRun()
    {
        int runs = 0;
        QVERIFY(rc::check([&runs] {
            if (++runs > 80) // each plays whole runs several times over
                return;
            const auto scenario = anyShared();
            Timeline timeline(scenario);
            for (int i = *rc::gen::inRange(0, 4); i > 0; --i) {
                timeline.runTo(at(Duration{*rc::gen::inRange<int64_t>(0, 10'000'000'000)}));
                timeline.intervene(tests::anyIntervention(timeline.world()));
            }
            timeline.runTo(at(12s));
            Timeline again(scenario, scenario->seed, timeline.journal());
            again.runTo(at(12s));
            RC_ASSERT(again.world().fingerprint().text() == timeline.world().fingerprint().text());
            RC_ASSERT(again.world() == timeline.world());
            RC_ASSERT(!again.refusal());
            const Time t = at(Duration{*rc::gen::inRange<int64_t>(0, 12'000'000'000)});
            Timeline fresh(scenario, scenario->seed, timeline.journal());
            fresh.runTo(t);
            again.runTo(t);
            RC_ASSERT(fresh.world() == again.world());
            RC_ASSERT(fresh.lastEvent() == again.lastEvent());
        }));
    }
};
REGISTER_TEST(FlowPropertiesTest)

#include "flow_properties_test.moc"
