// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sim/run/snapshot.h"
#include "resources/load_resources.h"
#include "tests/register_test.h"
#include "tests/widgets/stage_cards.h"
#include "tests/widgets/stage_layout_check.h"
#include "widgets/stage/service_tank.h"
#include "widgets/stages/retry/payment_ledger.h"
#include "widgets/stages/retry/retry_ropes.h"
#include "widgets/stages/retry/retry_scene.h"

#include <QtTest>

#include <map>

using namespace widgets;
using namespace resilience;
using namespace resilience::sim;
using namespace std::chrono_literals;

namespace {

constexpr size_t kStormClients = 4;
const QRectF kStormArea(0, 40, 700, 200);

// Eleven calls a second for sixteen places; a pause from 4 s to 7 s fills the queue, and repetitions keep it full.
Scenario stormOfCalls()
{
    Scenario scenario;
    scenario.step = "retry";
    scenario.name = "storm";
    scenario.until = 60s;
    scenario.networkLatency = 20ms;
    ServiceConfig service;
    service.name = "payment";
    service.latency = 250ms;
    service.workers = 4;
    service.queue = 40;
    scenario.services.push_back(service);
    for (size_t i = 0; i < kStormClients; ++i) {
        ClientConfig client;
        client.name = "c" + std::to_string(i + 1);
        client.arrivals.kind = ArrivalConfig::Kind::Poisson;
        client.arrivals.rate = 2.8;
        client.pipeline.order.append(PolicyKind::Retry);
        client.pipeline.order.append(PolicyKind::AttemptTimeout);
        client.pipeline.configured = client.pipeline.order;
        client.pipeline.attemptTimeout = 1s;
        client.pipeline.retry.maxAttempts = 5;
        client.pipeline.retry.backoff = {
            .strategy = BackoffStrategy::Fixed, .baseDelay = 200ms, .maxDelay = 1s, .jitter = Jitter::Full};
        scenario.clients.push_back(client);
    }
    scenario.script.insert({at(4s), 0, SetFault{0, FaultKind::Pause, 1}});
    scenario.script.insert({at(7s), 0, ClearFault{0, FaultKind::Pause}});
    return scenario;
}

// One till, and every answer so late that each payment is made again.
Scenario latePayments(bool withId)
{
    Scenario scenario = stormOfCalls();
    scenario.script = {};
    scenario.services[0].workers = 0;
    scenario.services[0].latency = 1500ms;
    scenario.services[0].spread = Duration{0};
    scenario.services[0].recognisesRequestIds = true;
    scenario.clients.resize(1);
    ClientConfig &till = scenario.clients[0];
    till.arrivals.kind = ArrivalConfig::Kind::Script;
    till.arrivals.times = {1s, 5s, 9s};
    till.operation.idempotent = false;
    till.operation.hasRequestId = withId;
    till.pipeline.retry.faultyVariant.retriesEverything = true;
    till.pipeline.retry.maxAttempts = 2;
    return scenario;
}

Snapshot stormMoment(const Scenario &scenario, Duration when)
{
    Timeline timeline(std::make_shared<const Scenario>(scenario));
    timeline.runTo(at(when));
    return snapshotOf(timeline);
}

} // namespace

class RetryStormTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { loadResources(); }

    void aRopeIsAsThickAsItsAttempts()
    {
        const Snapshot snapshot = stormMoment(stormOfCalls(), 50s);
        QVERIFY(drawsRopes(snapshot, recentAxis(snapshot, 100, 700)));
        const RecentAxis axis = ropeAxis(snapshot, 100, 700);
        QCOMPARE(axis.from, kTimeZero); // nothing is forgotten
        QCOMPARE(axis.to, at(60s));
        const RetryRopes ropes = layoutRetryRopes(snapshot, axis, kStormArea, 18, 90, Theme::light());
        uint64_t ended = 0;
        for (const RetryRopes::Bin &bin : ropes.bins) {
            const double unit = bin.whole.height() / (bin.succeeded + bin.failed);
            QVERIFY(std::abs(unit - ropes.bins[0].whole.height() / (ropes.bins[0].succeeded + ropes.bins[0].failed))
                    < 1e-6);
            QVERIFY(std::abs(bin.core.height() - unit * bin.succeeded) < 1e-6);
            QVERIFY(std::abs(bin.whole.center().y() - ropes.middles[bin.lane]) < 1e-6);
            QVERIFY(bin.whole.height() <= ropes.laneHeight);
            const auto second =
                size_t(std::floor((bin.whole.center().x() - axis.left) / (axis.right - axis.left) * 60));
            const RecentTraffic::Lane &lane = snapshot.traffic.lanes[bin.lane][second];
            QCOMPARE(lane.succeeded, bin.succeeded);
            QCOMPARE(lane.failed, bin.failed);
            ended += bin.succeeded + bin.failed;
        }
        const uint64_t attempts = snapshot.totals.attempts;
        QVERIFY(ended <= attempts && ended + 60 > attempts); // but for those under way
    }

    void barsAreTheArrivalsAndTheAnswers()
    {
        const Snapshot snapshot = stormMoment(stormOfCalls(), 50s);
        const RecentAxis axis = ropeAxis(snapshot, 100, 700);
        const SecondsHistogram seconds = layoutSeconds(snapshot, axis, kStormArea, 90, Theme::light());
        QCOMPARE(seconds.bars.size(), snapshot.traffic.bins());
        double unit = 0;
        uint64_t late = 0;
        for (size_t i = 0; i < seconds.bars.size(); ++i) {
            const auto &counted = snapshot.traffic.service[i];
            if (unit == 0 && counted.first > 0)
                unit = seconds.bars[i].first.height() / counted.first;
            QVERIFY(std::abs(seconds.bars[i].first.height() - unit * counted.first) < 1e-6);
            QVERIFY(std::abs(seconds.bars[i].again.height() - unit * counted.again) < 1e-6);
            QVERIFY(std::abs(seconds.bars[i].inTime.height() - unit * counted.inTime) < 1e-6);
            QVERIFY(std::abs(seconds.bars[i].late.height() - unit * counted.late) < 1e-6);
            QVERIFY(seconds.bars[i].again.bottom() <= seconds.zero + 1e-6
                    && seconds.bars[i].late.bottom() <= kStormArea.bottom());
            late += counted.late;
        }
        QCOMPARE(late, snapshot.totals.late);
        QVERIFY(late > 100);
    }

    // Layer by layer what waits, from the next one on, and whether anybody still wants it.
    void theTankHoldsWhatWaits()
    {
        for (const Duration when : {Duration{3s}, Duration{6s}, Duration{20s}, Duration{50s}}) {
            const Snapshot snapshot = stormMoment(stormOfCalls(), when);
            const auto tank = layoutServiceTank(snapshot, 0, {0, 0, 140, 300}, Theme::light());
            QVERIFY(tank);
            uint32_t wanted = 0;
            uint32_t nobody = 0;
            for (const Request &request : snapshot.requests)
                if (request.leg == Leg::Queued)
                    ++(request.abandoned ? nobody : wanted);
            QCOMPARE(tank->wanted, wanted);
            QCOMPARE(tank->forNobody, nobody);
            const double unit = tank->walls.height() / std::max<double>(40, wanted + nobody);
            double height = 0;
            for (const ServiceTank::Layer &layer : tank->layers)
                height += layer.area.height();
            QVERIFY(std::abs(height - unit * (wanted + nobody)) < 1e-6);
            QCOMPARE(tank->workers.size() + tank->idle.size(), size_t(4));
        }
        const Snapshot full = stormMoment(stormOfCalls(), 50s);
        QVERIFY(full.services[0].queued > 30);
        QVERIFY(layoutServiceTank(full, 0, {0, 0, 140, 300}, Theme::light())->forNobody > 10);
        QCOMPARE(waitOfQueue(full.services[0], 39), Duration{250ms} * 39 / 4);
        QCOMPARE(waitingAt(full, 0), full.services[0].queued); // and while it is paused, all that it holds:
        QVERIFY(waitingAt(stormMoment(stormOfCalls(), 6s), 0) > 10);
    }

    // A coin for each payment that was made; the second of the same call is red and hangs on the first.
    void aSecondPaymentIsASecondCoin()
    {
        for (const bool withId : {false, true}) {
            const Snapshot snapshot = stormMoment(latePayments(withId), 14s);
            const RecentAxis axis = recentAxis(snapshot, 100, 700);
            const PaymentLedger ledger = layoutPaymentLedger(snapshot, axis, kStormArea, 90, Theme::light());
            std::map<uint64_t, const Event *> made;
            for (const Event &event : snapshot.events)
                if (const auto *answered = event.as<Answered>();
                    answered && (answered->carriedOut || answered->stored) && event.at >= axis.from)
                    made[event.number] = &event;
            QCOMPARE(ledger.coins.size(), made.size());
            uint64_t again = 0;
            uint64_t stored = 0;
            for (const PaymentLedger::Coin &coin : ledger.coins) {
                const auto &answered = *made.at(coin.event)->as<Answered>();
                QCOMPARE(coin.kind == PaymentLedger::Coin::Kind::Again, answered.again);
                QCOMPARE(coin.kind == PaymentLedger::Coin::Kind::Stored, answered.stored);
                QVERIFY(std::abs(coin.at.x() - axis.xOf(made.at(coin.event)->at)) < 1e-6);
                again += answered.again;
                stored += answered.stored;
            }
            QCOMPARE(again > 0, !withId);
            QCOMPARE(stored > 0, withId);
            QCOMPARE(snapshot.services[0].counts.again > 0, !withId);
            const auto picture = RetryScene().layout(snapshot, kUsualStage, Theme::light());
            QVERIFY(findEvent(picture->hits(), ledger.coins.back().event)); // and can be asked about
        }
    }

    // The guide's storm is about the tank: the smallest window's stage has it.
    void aSmallStageHasTheTank()
    {
        const auto picture = RetryScene().layout(stormMoment(stormOfCalls(), 50s), {535, 338}, Theme::light());
        const auto shapes = picture->shapes();
        QVERIFY(std::any_of(shapes.begin(), shapes.end(),
                            [](const StageShape &shape) { return shape.name == QLatin1String("tank"); }));
    }

    void coinsLieBesideOrAboveEachOther()
    {
        Scenario busy = latePayments(false);
        busy.services[0].spread = 700ms;
        busy.clients[0].arrivals.kind = ArrivalConfig::Kind::Poisson;
        busy.clients[0].arrivals.rate = 1.2;
        size_t most = 0;
        for (const double width : {600.0, 390.0})
            for (const Duration when : {Duration{6s}, Duration{14s}, Duration{30s}, Duration{39s}}) {
                const Snapshot snapshot = stormMoment(busy, when);
                const RecentAxis axis = recentAxis(snapshot, 100, 100 + width);
                const QRectF area(100, 40, width, paymentLedgerHeight(Theme::light()));
                const PaymentLedger ledger = layoutPaymentLedger(snapshot, axis, area, 90, Theme::light());
                most = std::max(most, ledger.coins.size());
                for (size_t i = 0; i < ledger.coins.size(); ++i) {
                    QVERIFY(area.contains(areaAround(ledger.coins[i].at, ledger.radius)));
                    for (size_t j = i + 1; j < ledger.coins.size(); ++j)
                        QVERIFY(QLineF(ledger.coins[i].at, ledger.coins[j].at).length() >= 2 * ledger.radius - 0.01);
                }
                for (const PaymentLedger::Coin &coin : ledger.coins) // a thread ends at the coin it comes from
                    for (const PaymentLedger::Coin &other : ledger.coins)
                        if (coin.earlier == other.event)
                            QCOMPARE(coin.before, other.at);
            }
        QVERIFY(most > 20);
    }

    void nothingOverlapsAtAnySize()
    {
        for (const Duration when : {Duration{0}, Duration{6s}, Duration{9s}, Duration{33s}, Duration{70s}})
            for (const tests::StageCard &card : tests::kStageCards)
                for (const Scenario &scenario : {stormOfCalls(), latePayments(false)}) {
                    const auto picture =
                        RetryScene().layout(stormMoment(scenario, when), card.size, Theme::light(card.scale));
                    const QStringList faults = checks::faultsOf(*picture);
                    QVERIFY2(faults.isEmpty(), qPrintable(faults.join(QLatin1Char('\n'))));
                }
    }
};

REGISTER_TEST(RetryStormTest)
#include "retry_storm_test.moc"
