// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sim/run/snapshot.h"
#include "core/sim/world/knobs.h"
#include "resources/load_resources.h"
#include "tests/register_test.h"
#include "widgets/stages/bulkhead/bulkhead_doors.h"
#include "widgets/stages/bulkhead/bulkhead_hull.h"
#include "widgets/stages/bulkhead/bulkhead_scene.h"
#include "widgets/stages/bulkhead/bulkhead_words.h"
#include "widgets/time/time_source.h"

#include <QtTest>

#include <map>

using namespace widgets;
using namespace resilience;
using namespace resilience::sim;
using namespace std::chrono_literals;

namespace {

constexpr uint32_t kSlots = 4;
constexpr uint32_t kSeats = 3;
const QRectF kRow(10, 30, 320, 60);
constexpr double kPitch = 80;

// Reports (slow) and orders share a pool; the reports' service takes ten seconds.
std::shared_ptr<const Scenario> sharedPool()
{
    auto scenario = std::make_shared<Scenario>();
    scenario->step = "bulkhead";
    scenario->name = "shared";
    scenario->until = 30s;
    for (const char *name : {"reports", "orders"}) {
        ServiceConfig service;
        service.name = name;
        service.latency = scenario->services.empty() ? Duration{10s} : Duration{200ms};
        service.spread = 0s;
        scenario->services.push_back(service);
        ClientConfig client;
        client.name = std::string(name) + "-callers";
        client.targets = {uint32_t(scenario->clients.size())};
        client.arrivals.rate = 2;
        if (scenario->clients.empty()) {
            client.pipeline.order.append(PolicyKind::Bulkhead);
            client.pipeline.configured = client.pipeline.order;
            client.pipeline.bulkhead = {.maxConcurrent = kSlots, .maxQueue = kSeats, .maxWait = 2s};
        } else {
            client.sharesPipelineOf = 0;
        }
        scenario->clients.push_back(client);
    }
    return scenario;
}

// The same calls through a pool of eight and, copied, through two of four with a wall between.
std::shared_ptr<const Scenario> twoHulls()
{
    auto scenario = std::make_shared<Scenario>(*sharedPool());
    scenario->clients[0].pipeline.bulkhead = {.maxConcurrent = 8, .maxQueue = 0, .maxWait = 0s};
    for (uint32_t i = 0; i < 2; ++i) {
        ClientConfig &shared = scenario->clients[i];
        shared.arrivals.kind = ArrivalConfig::Kind::Poisson;
        shared.arrivals.arrivalStream = scenario->services[i].name;
        ClientConfig own = shared;
        own.name = scenario->services[i].name + "-split";
        own.sharesPipelineOf.reset();
        own.pipeline = scenario->clients[0].pipeline;
        own.pipeline.bulkhead.maxConcurrent = 4;
        scenario->clients.insert(scenario->clients.begin() + 2, own); // orders first: they are at the left
    }
    return scenario;
}

Timeline playedHulls(Duration until, std::vector<std::pair<const char *, double>> knobs = {})
{
    const auto scenario = twoHulls();
    Journal journal;
    for (const auto &[knob, value] : knobs)
        journal.insert({kTimeZero, 0, TurnKnob{*knobNamed(knob), value}});
    Timeline timeline(scenario, scenario->seed, journal);
    timeline.runTo(at(until));
    return timeline;
}

std::vector<uint32_t> slotsOfAll(const Timeline &timeline)
{
    std::vector<uint32_t> sizes;
    for (const Pipeline &pipeline : timeline.world().pipelines())
        sizes.push_back(pipeline.config().bulkhead.maxConcurrent);
    return sizes;
}

const StageHit &wallOf(const StagePicture &picture)
{
    return *std::find_if(picture.hits().begin(), picture.hits().end(), [](const StageHit &hit) {
        const auto part = hit.target.part<BulkheadPart>();
        return part && part->which == BulkheadPart::Wall;
    });
}

Snapshot poolsAt(Duration when)
{
    Timeline timeline(sharedPool());
    timeline.runTo(at(when));
    return snapshotOf(timeline);
}

BulkheadPool poolOf(const Snapshot &snapshot) { return layoutPool(snapshot, 0, kRow, kPitch, 110, Theme::light()); }

} // namespace

class BulkheadSceneTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { loadResources(); }

    void slotsAndSeatsAreThoseOfThePool()
    {
        for (const Duration when : {Duration{0s}, Duration{700ms}, Duration{1600ms}, Duration{4s}, Duration{9s}}) {
            const Snapshot snapshot = poolsAt(when);
            const PipelineView &pipeline = snapshot.pipelines.at(0);
            const BulkheadPool pool = poolOf(snapshot);
            QCOMPARE(pool.places.size(), size_t(kSlots));
            QCOMPARE(pool.seats.size(), size_t(kSeats));
            for (size_t i = 0; i < pool.places.size(); ++i) {
                if (!pool.places[i].taken)
                    continue;
                const auto occupant = std::find_if(pipeline.inSlots.begin(), pipeline.inSlots.end(),
                                                   [&](const auto &g) { return g.request == pool.places[i].request; });
                QVERIFY(occupant != pipeline.inSlots.end());
                QCOMPARE(pool.places[i].good, snapshot.clients[occupant->client].target != 0);
                // Good calls stand at the left, the others at the right.
                for (size_t j = 0; j < i; ++j)
                    QVERIFY(!pool.places[j].taken || pool.places[j].good || !pool.places[i].good);
            }
            QCOMPARE(size_t(std::count_if(pool.places.begin(), pool.places.end(),
                                          [](const PoolSlot &slot) { return slot.taken; })),
                     pipeline.inSlots.size());
            for (size_t i = 0; i < pool.seats.size(); ++i)
                QCOMPARE(pool.seats[i].taken, i < pipeline.inQueue.size());
        }
    }

    void aSlotDrainsWithTheTimeItsCallStillTakes()
    {
        const Snapshot early = poolsAt(2s);
        const Snapshot late = poolsAt(7s);
        const auto slotOf = [](const Snapshot &snapshot) { return poolOf(snapshot).places.back(); };
        QCOMPARE(slotOf(early).request, slotOf(late).request);
        QVERIFY(slotOf(early).left > slotOf(late).left);
        const BulkheadOccupant &occupant = late.pipelines[0].inSlots[0];
        QVERIFY(occupant.until.has_value());
        QCOMPARE(slotOf(late).left,
                 toSeconds(*occupant.until - late.now) / toSeconds(*occupant.until - occupant.since));
    }

    void fullIsSaidOnlyWhenTheNextCallerIsTurnedAway()
    {
        bool queued = false;
        bool turnedAway = false;
        for (int ms = 0; ms <= 12'000; ms += 100) {
            const Snapshot snapshot = poolsAt(std::chrono::milliseconds(ms));
            bool full = false;
            bool slotsTaken = false;
            for (const PipelineView &pool : snapshot.pipelines) {
                const BulkheadConfig &config = pool.config.bulkhead;
                slotsTaken |= pool.inSlots.size() >= config.maxConcurrent;
                full |= pool.inSlots.size() >= config.maxConcurrent && pool.inQueue.size() >= config.maxQueue;
            }
            const QString title = words::bulkheadHeader(snapshot, Theme::light()).title.front();
            QCOMPARE(title.startsWith(QStringLiteral("FULL")), full);
            QCOMPARE(title.startsWith(QStringLiteral("QUEUEING")), slotsTaken && !full);
            queued |= slotsTaken && !full;
            turnedAway |= full;
        }
        QVERIFY(queued);
        QVERIFY(turnedAway);
    }

    void theSlowOnesFillIt()
    {
        const Snapshot snapshot = poolsAt(9s);
        const BulkheadPool pool = poolOf(snapshot);
        size_t slow = 0;
        for (const PoolSlot &slot : pool.places) {
            slow += slot.taken && !slot.good;
            QVERIFY(!slot.taken || !slot.name.text.isEmpty()); // whose call it is, in a letter
        }
        QCOMPARE(slow, size_t(kSlots));
        QVERIFY(words::poolTitle(snapshot, 0).front().contains(QStringLiteral("%1 of %1").arg(kSlots)));
        QVERIFY(words::successOf(snapshot.clients[1]).value() < 0.6);
    }

    void nothingIsSaidOfCallsThatHaveNotEnded()
    {
        const Snapshot snapshot = poolsAt(0s);
        QVERIFY(!words::successOf(snapshot.clients[1]));
        const QString text = words::bulkheadTargetText(snapshot, targets::Client{1});
        QVERIFY2(!text.contains(QLatin1Char('%')) && text.contains(QStringLiteral("none")), qPrintable(text));
    }

    // Not the name of the first of its clients.
    void whatIsSharedIsNamedAfterAll()
    {
        Timeline alone(sharedPool());
        alone.runTo(at(1s));
        QCOMPARE(timeSourceOf(snapshotOf(alone), alone.history()).gaugeOwners.front(),
                 QStringLiteral("reports-callers + orders-callers"));
        auto scenario = std::make_shared<Scenario>(*twoHulls());
        scenario->clients[0].name = "reports-shared";
        scenario->clients[1].name = "orders-shared";
        const Timeline hulls(scenario);
        QStringList owners = timeSourceOf(snapshotOf(hulls), hulls.history()).gaugeOwners;
        owners.removeDuplicates();
        QCOMPARE(owners, QStringList({"shared pool", "orders-split", "reports-split"}));
    }

    // Each rejected call lies in the colour of its caller, at its caller's end, and all of them are counted.
    void rejectedCallsKeepTheirColour()
    {
        const Theme theme = Theme::light();
        const Snapshot snapshot = snapshotOf(playedHulls(20s));
        for (const std::vector<uint32_t> &pipelines : {std::vector<uint32_t>{0}, std::vector<uint32_t>{1, 2}}) {
            const BulkheadHull hull =
                layoutHull(snapshot, pipelines, {0, 0, 600, 200}, 60, {.seats = false, .piles = true}, theme);
            uint64_t away = 0;
            uint64_t piled = 0;
            for (const uint32_t pipeline : pipelines)
                away += snapshot.pipelines[pipeline].counts.turnedAway[size_t(PolicyKind::Bulkhead)];
            for (const DoorPile &pile : hull.piles) {
                const bool good = snapshot.clients[pile.client].target != 0;
                QCOMPARE(*pile.pile.hue, words::callerHue(good, theme));
                QCOMPARE(pile.pile.count, snapshot.clients[pile.client].totals.of(RequestOutcome::Rejected));
                QCOMPARE(pile.pile.area().center().x() < hull.outline.center().x(), good);
                piled += pile.pile.count;
            }
            QVERIFY(away > 0);
            QCOMPARE(piled, away);
        }
    }

    // The same call has the same name in both hulls, and different calls of one caller have different ones.
    void theSameCallHasTheSameName()
    {
        const Timeline run = playedHulls(20s);
        std::map<std::pair<uint32_t, uint64_t>, std::vector<Time>> offered; // by target and number
        const EventLog &log = run.history().log();
        for (uint64_t number = log.firstNumber(); number <= log.lastNumber(); ++number)
            if (const Event &event = *log.numbered(number); event.as<Offered>())
                offered[{run.world().clients()[event.actor.index].config().target(), event.callNumber}].push_back(
                    event.at);
        QVERIFY(offered.size() > 50);
        for (const auto &[name, times] : offered) {
            QCOMPARE(times.size(), size_t(2));
            QCOMPARE(times[0], times[1]);
        }
    }

    void totalAndWallAreTwoKnobs()
    {
        using Slots = std::vector<uint32_t>;
        QCOMPARE(slotsOfAll(playedHulls(1s)), Slots({8, 4, 4}));
        QCOMPARE(slotsOfAll(playedHulls(1s, {{"wall", 2}})), Slots({8, 2, 6}));
        QCOMPARE(slotsOfAll(playedHulls(1s, {{"total_slots", 14}})), Slots({14, 7, 7}));
        QCOMPARE(slotsOfAll(playedHulls(1s, {{"wall", 2}, {"total_slots", 12}})), Slots({12, 3, 9}));
        QCOMPARE(slotsOfAll(playedHulls(1s, {{"total_slots", 2}})), Slots({2, 1, 1}));
        Timeline run = playedHulls(1s);
        QVERIFY(run.intervene(TurnKnob{*knobNamed("wall"), 8})); // refused: nothing would be left at the right
        QCOMPARE(slotsOfAll(run), Slots({8, 4, 4}));
    }

    // Dropped on the stage and moved by keys, the wall turns its knob.
    void theWallCanBeDragged()
    {
        const BulkheadScene scene;
        Timeline run = playedHulls(2s);
        const Snapshot snapshot = snapshotOf(run);
        for (const QSizeF size : {QSizeF(480, 320), kUsualStage, QSizeF(1280, 800)}) {
            const auto picture = scene.layout(snapshot, size, Theme::light());
            const StageHit &wall = wallOf(*picture);
            QVERIFY(scene.draggable(wall.target));
            std::vector<QRectF> places;
            for (const StageShape &shape : picture->shapes())
                if (shape.name.contains(QStringLiteral("pool 0")))
                    places.push_back(shape.rect);
            const double pitch = places[1].left() - places[0].left();
            const QPointF from = wall.area.center();
            for (const int by : {-3, -1, 2}) {
                const auto what = scene.dropped(snapshot, wall.target, from, from + QPointF(pitch * by, 7), *picture);
                QVERIFY(what);
                const TurnKnob expected{*knobNamed("wall"), double(4 + by)};
                QCOMPARE(std::get<TurnKnob>(*what), expected);
            }
            QVERIFY(!scene.dropped(snapshot, wall.target, from, from + QPointF(pitch * 0.3, 0), *picture));
            const auto far = scene.dropped(snapshot, wall.target, from, from + QPointF(5000, 0), *picture);
            QCOMPARE(std::get<TurnKnob>(*far).value, 7.0);
        }
        const StageTarget wall = wallOf(*scene.layout(snapshot, kUsualStage, Theme::light())).target;
        QVERIFY(!run.intervene(*scene.moved(snapshot, wall, -1)));
        QCOMPARE(slotsOfAll(run), std::vector<uint32_t>({8, 3, 5}));
    }

    // What has just come is on its way from its door; a call in a slot goes there, one turned away to its pile.
    void callersComeInAtTheirDoors()
    {
        size_t seen = 0;
        for (int ms = 500; ms < 12'000; ms += 130) {
            const Snapshot snapshot = snapshotOf(playedHulls(std::chrono::milliseconds(ms)));
            const Theme theme = Theme::light();
            const HullRoom room{.seats = false, .piles = true};
            const std::vector<BulkheadHull> hulls{layoutHull(snapshot, {0}, {120, 0, 500, 150}, 60, room, theme),
                                                  layoutHull(snapshot, {1, 2}, {120, 160, 500, 150}, 60, room, theme)};
            const auto doors = layoutDoors(snapshot, hulls, {0, 0, 90, 310}, {640, 0, 90, 310}, theme);
            QCOMPARE(doors.size(), size_t(2));
            for (const BulkheadDoor &door : doors)
                QCOMPARE(door.hulls.size(), size_t(2));
            for (const BulkheadArrival &arrival : layoutArrivals(snapshot, hulls, doors, theme)) {
                const auto event = std::find_if(snapshot.events.begin(), snapshot.events.end(), [&](const Event &e) {
                    return e.request == arrival.request && (e.as<Sent>() || e.as<Rejected>());
                });
                QVERIFY(event != snapshot.events.end());
                QCOMPARE(event->as<Rejected>() != nullptr, arrival.turnedAway);
                QCOMPARE(snapshot.clients[event->actor.index].target != 0, arrival.good);
                ++seen;
            }
        }
        QVERIFY(seen > 20);
    }

    void targetsAreTold()
    {
        const BulkheadScene scene;
        const Snapshot snapshot = poolsAt(9s);
        const auto picture = scene.layout(snapshot, kUsualStage, Theme::light());
        size_t requests = 0;
        for (const StageHit &hit : picture->hits()) {
            QVERIFY(!scene.targetText(snapshot, hit.target).isEmpty());
            requests += hit.target.is<targets::Request>();
        }
        QCOMPARE(requests, snapshot.pipelines[0].inSlots.size() + snapshot.pipelines[0].inQueue.size());
        QVERIFY(!scene.stageText(snapshot).isEmpty());
        QVERIFY(scene.targetText(snapshot, targets::Request{100000}).isEmpty());
        QVERIFY(!scene.layout(Snapshot{}, kUsualStage, Theme::light()));
    }
};

REGISTER_TEST(BulkheadSceneTest)
#include "bulkhead_scene_test.moc"
