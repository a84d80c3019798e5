// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sim/measure/goodput.h"
#include "core/sim/run/timeline.h"
#include "core/sim/world/knobs.h"
#include "tests/register_test.h"

#include <QtTest>

#include <memory>

using namespace resilience;
using namespace resilience::sim;
using namespace std::chrono_literals;

namespace {

std::shared_ptr<Scenario> steady(double rate)
{
    auto scenario = std::make_shared<Scenario>();
    scenario->until = 40s;
    scenario->networkLatency = 10ms;
    ServiceConfig service;
    service.name = "service";
    service.latency = 100ms;
    service.spread = 0ns;
    scenario->services.push_back(service);
    ClientConfig client;
    client.name = "client";
    client.arrivals.rate = rate;
    scenario->clients.push_back(client);
    return scenario;
}

} // namespace

class GoodputTest : public QObject {
    Q_OBJECT
private slots:
    void percentilesLieInTheirBucket_data()
    {
        QTest::addColumn<qint64>("us");
        for (const qint64 us : {1, 9, 10, 99, 1000, 13'336, 120'000, 999'999, 5'500'000, 99'000'000})
            QTest::addRow("%lld us", us) << us;
    }
    void percentilesLieInTheirBucket()
    {
        QFETCH(qint64, us);
        DurationHistogram histogram;
        for (int i = 0; i < 100; ++i)
            histogram.add(std::chrono::microseconds{us});
        QCOMPARE(histogram.count(), uint64_t(100));
        for (const double share : {0.01, 0.5, 0.99, 1.0}) {
            const double found = toSeconds(histogram.percentile(share).value()) * 1e6;
            if (us >= 10) // the first bucket begins at nothing
                QVERIFY2(found >= us / 1.34 && found <= us * 1.34, qPrintable(QString::number(found)));
            else
                QVERIFY(found <= 10);
        }
    }

    void noPercentileIsAboveTheLongest()
    {
        DurationHistogram histogram;
        for (int i = 0; i < 99; ++i)
            histogram.add(500ms);
        histogram.add(3'600ms); // its bucket ends at 4.2 s
        QCOMPARE(*histogram.percentile(1.0), Duration(3'600ms));
        DurationHistogram longer;
        longer.add(4s);
        histogram.merge(longer);
        QCOMPARE(*histogram.percentile(1.0), Duration(4s));
    }

    void histogramsAddUp()
    {
        DurationHistogram fast;
        DurationHistogram slow;
        for (int i = 0; i < 98; ++i)
            fast.add(10ms);
        slow.add(2s);
        slow.add(2s);
        fast.merge(slow);
        QCOMPARE(fast.count(), uint64_t(100));
        QVERIFY(*fast.percentile(0.5) < 15ms);
        QVERIFY(*fast.percentile(0.99) > 1500ms);
        QVERIFY(!DurationHistogram().percentile(0.5));
        DurationHistogram endless;
        endless.add(kDurationMax);
        QCOMPARE(*endless.percentile(0.5), Duration(100s));
    }

    void steadyCallsAreGoodput()
    {
        Timeline timeline(steady(10));
        timeline.runTo(at(1s));
        QVERIFY(!goodputAt(timeline.history(), timeline.scenario(), timeline.now()).known());
        timeline.runTo(at(20s));
        const Goodput goodput = goodputAt(timeline.history(), timeline.scenario(), timeline.now());
        QVERIFY(goodput.up() && !goodput.faulty && !goodput.crowded() && !goodput.metastable());
        QCOMPARE(goodput.offeredPerSecond(), 10.0);
        QCOMPARE(goodput.amplification(), 1.0);
        const Duration median = recentDurations(timeline.history(), timeline.now()).percentile(0.5).value();
        QVERIFY(median > 100ms && median < 150ms);
    }

    // Whatever lies ahead of the moment asked about has no say.
    void laterEventsDoNotCount()
    {
        Timeline timeline(steady(10));
        timeline.runTo(at(20s));
        const Goodput before = goodputAt(timeline.history(), timeline.scenario(), at(20s));
        timeline.intervene(SetFault{0, FaultKind::Outage, 1});
        timeline.runTo(at(40s));
        // The fault began in that very moment, and that is known by then.
        Goodput then = goodputAt(timeline.history(), timeline.scenario(), at(20s));
        QVERIFY(then.faulty);
        then.faulty = false;
        QCOMPARE(then, before);
        const Goodput now = goodputAt(timeline.history(), timeline.scenario(), at(40s));
        QVERIFY(now.down() && now.faulty && !now.metastable()); // it has its reason
        QCOMPARE(now.share(), 0.0);
    }

    void aFaultCountsUntilItHasLeftTheSpan()
    {
        Timeline timeline(steady(10));
        timeline.runTo(at(10s));
        timeline.intervene(SetFault{0, FaultKind::Outage, 1});
        timeline.runTo(at(12s));
        timeline.intervene(ClearFault{0, FaultKind::Outage});
        timeline.runTo(at(30s));
        const auto faulty = [&](Duration when) {
            return goodputAt(timeline.history(), timeline.scenario(), at(when)).faulty;
        };
        QVERIFY(!faulty(9s) && faulty(11s) && faulty(16s) && !faulty(17s));
    }

    // A request that a service drops while somebody still waits for it is answered: nobody waits for ever.
    void aDroppedRequestIsAnswered()
    {
        auto scenario = steady(20);
        scenario->services.front().name = "front";
        scenario->services.front().dropsExpired = true;
        scenario->services.front().workers = 50;
        scenario->services.front().latency = 10ms;
        ServiceConfig slow;
        slow.name = "slow";
        slow.latency = 500ms;
        slow.spread = 0ns;
        slow.workers = 1;
        slow.queue = 100;
        slow.dropsExpired = true;
        scenario->services.push_back(slow);
        DependencyConfig dependency; // without a policy
        dependency.target = 1;
        dependency.pipeline.order = {};
        scenario->services.front().dependencies.push_back(dependency);
        scenario->clients.front().pipeline.attemptTimeout = 1s;
        scenario->clients.front().pipeline.order = {};
        scenario->clients.front().pipeline.order.append(PolicyKind::AttemptTimeout);
        scenario->script.insert({at(20s), 0, TurnKnob{knobNamed("arrival_rate").value(), 0.1}});
        Timeline timeline(scenario);
        timeline.runTo(at(38s));
        QVERIFY(timeline.world().services()[1].counts.dropped > 0);
        QCOMPARE(timeline.world().services()[0].busy(), uint32_t(0));
        QVERIFY(timeline.world().requests().empty());
    }
};

REGISTER_TEST(GoodputTest)
#include "goodput_test.moc"
