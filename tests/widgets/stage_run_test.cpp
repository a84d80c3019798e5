// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sim/run/snapshot.h"
#include "resources/load_resources.h"
#include "tests/register_test.h"
#include "tests/widgets/stage_layout_check.h"
#include "widgets/stages/breaker/breaker_target_text.h"

#include <QtTest>

#include <memory>
#include <set>

using namespace widgets;
using namespace resilience;
using namespace resilience::sim;

namespace {

// An outage from 4 s to 11 s and a hang later on: the breaker goes through everything it can do.
std::shared_ptr<const Scenario> troubledScenario(OutcomeWindowConfig::Kind window)
{
    auto scenario = std::make_shared<Scenario>();
    scenario->step = "circuit-breaker";
    scenario->name = "troubled";
    scenario->until = fromSeconds(24);
    scenario->speed = 0.5;
    ServiceConfig service;
    service.name = "payment-service";
    scenario->services.push_back(service);
    ClientConfig client;
    client.name = "checkout";
    client.arrivals.kind = ArrivalConfig::Kind::Poisson;
    client.arrivals.rate = 5;
    client.pipeline.order.append(resilience::PolicyKind::CircuitBreaker);
    client.pipeline.order.append(resilience::PolicyKind::AttemptTimeout);
    client.pipeline.configured = client.pipeline.order;
    client.pipeline.circuitBreaker.failureThreshold = 3;
    client.pipeline.circuitBreaker.window.kind = window;
    client.pipeline.circuitBreaker.window.calls = 8;
    client.pipeline.circuitBreaker.minimumCalls = 5;
    client.pipeline.circuitBreaker.openDuration = fromSeconds(2);
    client.pipeline.circuitBreaker.slowCallDuration = fromSeconds(0.4);
    scenario->clients.push_back(client);
    const auto plan = [&scenario](double when, Intervention what) {
        scenario->script.insert({at(fromSeconds(when)), 0, what});
    };
    plan(4, SetFault{0, FaultKind::Outage, 1});
    plan(11, ClearFault{0, FaultKind::Outage});
    plan(15, SetFault{0, FaultKind::Hang, 1});
    plan(18, ClearFault{0, FaultKind::Hang});
    plan(20, SetFault{0, FaultKind::LatencySpikes, 2});
    return scenario;
}

} // namespace

// The stage of a real run, looked at all the way through.
class StageRunTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { loadResources(); }

    void holdsAllTheWay_data()
    {
        QTest::addColumn<int>("window");
        QTest::addColumn<QSizeF>("size");
        QTest::addColumn<double>("scale");
        using Kind = OutcomeWindowConfig::Kind;
        QTest::newRow("consecutive") << int(Kind::Consecutive) << QSizeF(712, 488) << 1.0;
        QTest::newRow("consecutive, small") << int(Kind::Consecutive) << QSizeF(480, 320) << 1.0;
        QTest::newRow("count") << int(Kind::Count) << QSizeF(712, 488) << 1.0;
        QTest::newRow("count, small type large") << int(Kind::Count) << QSizeF(480, 320) << 1.5;
        QTest::newRow("time") << int(Kind::Timed) << QSizeF(900, 560) << 1.25;
    }
    void holdsAllTheWay()
    {
        QFETCH(int, window);
        QFETCH(QSizeF, size);
        QFETCH(double, scale);
        Timeline timeline(troubledScenario(OutcomeWindowConfig::Kind(window)));
        const Theme theme = Theme::light(scale);
        std::set<BreakerState> seen;
        for (int i = 0; i <= 240; ++i) {
            timeline.runTo(at(std::chrono::milliseconds{100} * i));
            Snapshot snapshot = snapshotOf(timeline);
            snapshot.playing = i % 7 != 0;
            seen.insert(snapshot.clients[0].breaker.state);
            const BreakerStageLayout layout = layoutBreakerStage(snapshot, size, theme);
            const QStringList faults = checks::faultsOf(layout);
            QVERIFY2(faults.isEmpty(), qPrintable(QStringLiteral("at %1 s: %2").arg(i * 0.1).arg(faults.join('\n'))));
            for (const StageHit &hit : layout.hits)
                QVERIFY(!targetText(snapshot, 0, hit.target).isEmpty());
        }
        QCOMPARE(seen, (std::set{BreakerState::Closed, BreakerState::Open, BreakerState::HalfOpen}));
    }

    // What the bracket holds is what the breaker counted.
    void theBracketAgreesWithTheBreaker()
    {
        Timeline timeline(troubledScenario(OutcomeWindowConfig::Kind::Consecutive));
        while (timeline.now() < at(fromSeconds(20)) && timeline.stepEvent()) {
            const Snapshot snapshot = snapshotOf(timeline);
            const BreakerView &breaker = snapshot.clients[0].breaker;
            const BreakerStageLayout layout = layoutBreakerStage(snapshot, {900, 600}, Theme::light());
            uint32_t counted = 0;
            for (const auto &piece : layout.row->pieces)
                counted += piece.counts;
            if (breaker.state == BreakerState::Closed)
                QCOMPARE(counted, breaker.window.consecutiveFailures);
            if (breaker.state == BreakerState::HalfOpen)
                QCOMPARE(counted, breaker.trialsSucceeded + breaker.trialsFailed);
        }
    }
};

REGISTER_TEST(StageRunTest)
#include "stage_run_test.moc"
