// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sim/run/snapshot.h"
#include "core/sim/world/knobs.h"
#include "tests/register_test.h"
#include "tests/sim/lock_samples.h"
#include "tests/sim/sample_runs.h"

#include <QtTest>

#include <random>

using namespace resilience;
using namespace resilience::sim;
using namespace std::chrono_literals;

namespace {

// One way through a run and its forks, the same every time.
class Walk {
public:
    explicit Walk(Scenario scenario) : m_run(std::make_shared<const Scenario>(std::move(scenario))), m_kept(m_run) {}

    const Timeline &run() const { return m_run; }
    void step()
    {
        switch (m_random() % 10) {
        case 0: // back, and perhaps far
            m_run.runTo(kTimeZero + m_run.now().time_since_epoch() * int64_t(m_random() % 100) / 100);
            break;
        case 1:
            m_run.stepEventBack();
            break;
        case 2:
            m_run.stepDecisionBack();
            break;
        case 3: // another future from here on
            m_on = !m_on;
            if (m_on)
                m_run.intervene(SetFault{0, m_kind, 1});
            else
                m_run.intervene(ClearFault{0, m_kind});
            break;
        case 4:
            m_kept = m_run;
            break;
        case 5:
            std::swap(m_run, m_kept);
            break;
        case 6:
            m_run.stepEvent();
            break;
        default:
            m_run.runTo(m_run.now() + std::chrono::milliseconds{m_random() % 7000});
        }
    }

private:
    Timeline m_run;
    Timeline m_kept;
    std::mt19937 m_random{1};
    bool m_on = false;
    FaultKind m_kind = m_run.world().lock().holders().empty() ? FaultKind::Outage : FaultKind::Crash;
};

Scenario busy()
{
    Scenario scenario = *tests::outageScenario();
    for (ClientConfig &client : scenario.clients)
        client.arrivals = {.kind = ArrivalConfig::Kind::Poisson, .rate = 400};
    return scenario;
}

} // namespace

// Whoever goes on reading where he stopped sees what he would see if he read all of it.
class SnapshotMakerTest : public QObject {
    Q_OBJECT
private slots:
    void itIsWhatReadingAfreshGives_data()
    {
        QTest::addColumn<Scenario>("scenario");
        QTest::newRow("calls") << *tests::outageScenario();
        QTest::newRow("more calls than are looked at") << busy();
        QTest::newRow("a lock") << tests::pausedHolderScenario();
    }
    void itIsWhatReadingAfreshGives()
    {
        QFETCH(Scenario, scenario);
        Walk walk(scenario);
        SnapshotMaker maker;
        for (int i = 0; i < 150; ++i) {
            walk.step();
            const Snapshot made = maker.of(walk.run());
            QVERIFY2(made == snapshotOf(walk.run()), qPrintable(QString::number(i)));
        }
    }

    void alsoWhereTheBeginningIsForgotten_data()
    {
        QTest::addColumn<Scenario>("scenario");
        QTest::addColumn<uint64_t>("events");
        QTest::newRow("traffic") << busy() << 2 * RecentTraffic::kMostEvents;
        QTest::newRow("a lock") << tests::lockScenario() << LockStory::kEvents + 2 * LockStory::kStep;
    }
    void alsoWhereTheBeginningIsForgotten()
    {
        QFETCH(Scenario, scenario);
        QFETCH(uint64_t, events);
        Timeline run(std::make_shared<const Scenario>(scenario));
        SnapshotMaker maker;
        for (int i = 0; run.lastEvent() < events; ++i) {
            QVERIFY2(i < 6000, qPrintable(QString::number(run.lastEvent())));
            run.runTo(run.now() + 2700ms);
            const Snapshot made = maker.of(run);
            if (i % 5 == 0)
                QVERIFY2(made == snapshotOf(run), qPrintable(QString::number(i)));
        }
        QVERIFY(maker.of(run) == snapshotOf(run));
    }

    void theStoryReachesFarEnough()
    {
        Timeline run(std::make_shared<const Scenario>(tests::lockScenario()));
        while (run.lastEvent() < LockStory::kEvents + LockStory::kStep / 2)
            run.runTo(run.now() + 60s);
        const Time from = lockStoryOf(run).from;
        QVERIFY(from > kTimeZero);
        const uint64_t told = run.lastEvent() - run.history().log().lastNumberUntil(from);
        QVERIFY(told <= LockStory::kEvents && told + LockStory::kStep >= LockStory::kEvents - 100);
    }

    void aSharedOneIsItselfAlone()
    {
        const Timeline run(std::make_shared<const Scenario>(*tests::outageScenario()));
        const SharedSnapshot one = snapshotOf(run);
        const SharedSnapshot other = snapshotOf(run);
        const SharedSnapshot same = one;
        QVERIFY(one == same && &*one == &*same);
        QVERIFY(one != other && *one == *other);
        QVERIFY(!SharedSnapshot() && one);
    }
};

REGISTER_TEST(SnapshotMakerTest)
#include "snapshot_maker_test.moc"
