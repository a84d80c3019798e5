// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sim/snapshot.h"
#include "resources/load_resources.h"
#include "tests/register_test.h"
#include "widgets/bulkhead_pool.h"
#include "widgets/bulkhead_scene.h"
#include "widgets/bulkhead_words.h"

#include <QtTest>

using namespace widgets;
using namespace resilience;
using namespace resilience::sim;
using namespace std::chrono_literals;

namespace {

constexpr uint32_t kSlots = 4;
constexpr uint32_t kSeats = 3;
const QRectF kPool(0, 0, 320, 240);

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
            client.pipeline.known = client.pipeline.order;
            client.pipeline.bulkhead = {.maxConcurrent = kSlots, .maxQueue = kSeats, .maxWait = 2s};
        } else {
            client.sharesPipelineOf = 0;
        }
        scenario->clients.push_back(client);
    }
    return scenario;
}

Snapshot poolsAt(Duration when)
{
    Timeline timeline(sharedPool());
    timeline.runTo(at(when));
    return snapshotOf(timeline);
}

BulkheadPool poolOf(const Snapshot &snapshot)
{
    const double slot = largestSlot(snapshot.pipelines.at(0), kPool.size(), Theme::light());
    return layoutPool(snapshot, 0, kPool, slot, Theme::light());
}

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
                QCOMPARE(pool.places[i].taken, i < pipeline.inSlots.size());
                if (pool.places[i].taken)
                    QCOMPARE(pool.places[i].request, pipeline.inSlots[i].request);
            }
            for (size_t i = 0; i < pool.seats.size(); ++i)
                QCOMPARE(pool.seats[i].taken, i < pipeline.inQueue.size());
        }
    }

    void aSlotDrainsWithTheTimeItsCallStillTakes()
    {
        const Snapshot early = poolsAt(2s);
        const Snapshot late = poolsAt(7s);
        const auto slotOf = [](const Snapshot &snapshot) { return poolOf(snapshot).places.front(); };
        QCOMPARE(slotOf(early).request, slotOf(late).request);
        QVERIFY(slotOf(early).left > slotOf(late).left);
        const BulkheadGuest &guest = late.pipelines[0].inSlots[0];
        QVERIFY(guest.until.has_value());
        QCOMPARE(slotOf(late).left, toSeconds(*guest.until - late.now) / toSeconds(*guest.until - guest.since));
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
        QVERIFY(pool.pile);
        QCOMPARE(pool.pile->count, snapshot.pipelines[0].counts.turnedAway[size_t(PolicyKind::Bulkhead)]);
        QVERIFY(pool.title.text.contains(QStringLiteral("%1 of %1").arg(kSlots)));
        QVERIFY(words::successOf(snapshot.clients[1]) < 0.6);
    }

    void targetsAreTold()
    {
        const BulkheadScene scene;
        const Snapshot snapshot = poolsAt(9s);
        const auto picture = scene.layout(snapshot, kUsualStage, Theme::light());
        size_t requests = 0;
        for (const StageHit &hit : picture->hits()) {
            QVERIFY(!scene.targetText(snapshot, hit.target).isEmpty());
            requests += hit.target.kind == StageTarget::Kind::Request;
        }
        QCOMPARE(requests, snapshot.pipelines[0].inSlots.size() + snapshot.pipelines[0].inQueue.size());
        QVERIFY(!scene.stageText(snapshot).isEmpty());
        QVERIFY(scene.targetText(snapshot, {StageTarget::Kind::Request, 100000}).isEmpty());
        QVERIFY(!scene.layout(Snapshot{}, kUsualStage, Theme::light()));
    }
};

REGISTER_TEST(BulkheadSceneTest)
#include "bulkhead_scene_test.moc"
