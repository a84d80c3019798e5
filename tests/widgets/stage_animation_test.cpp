// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/register_test.h"
#include "tests/widgets/stage_samples.h"
#include "widgets/state_animation.h"

#include <QtTest>

using namespace widgets;
using resilience::BreakerState;

class StageAnimationTest : public QObject {
    Q_OBJECT

private slots:
    void aChangeTakesFourTenths()
    {
        StateAnimation animation;
        animation.show(before(), 0, 10.0);
        QVERIFY(!animation.running(10.0));
        animation.show(after(), 0, 10.0);
        QCOMPARE(animation.phase(10.0).transition, 0.0);
        QCOMPARE(animation.phase(10.0).from, BreakerState::Closed);
        QVERIFY(std::abs(animation.phase(10.2).transition - 0.5) < 1e-9);
        QVERIFY(animation.running(10.39));
        QVERIFY(!animation.running(10.41));
        QCOMPARE(animation.phase(11).transition, 1.0);
        QCOMPARE(animation.phase(11).from, BreakerState::Open);
    }

    void goesOnWhileFramesCome()
    {
        StateAnimation animation;
        animation.show(before(), 0, 0);
        animation.show(after(), 0, 0);
        auto later = after();
        later.now += std::chrono::milliseconds{20};
        animation.show(later, 0, 0.1);
        QVERIFY(std::abs(animation.phase(0.1).transition - 0.25) < 1e-9);
    }

    void jumpsAreNotAnimated_data()
    {
        QTest::addColumn<int>("what");
        QTest::newRow("the first frame") << 0;
        QTest::newRow("said to be a jump") << 1;
        QTest::newRow("several changes at once") << 2;
        QTest::newRow("long after the change") << 3;
        QTest::newRow("another run") << 4;
    }
    void jumpsAreNotAnimated()
    {
        QFETCH(int, what);
        StateAnimation animation;
        auto next = after();
        if (what != 0)
            animation.show(before(), 0, 0);
        if (what == 2)
            next.clients[0].breaker.generation += 1;
        if (what == 3)
            next.now += std::chrono::seconds{2};
        if (what == 4)
            next.seed += 1;
        animation.show(next, 0, 0, what == 1);
        QCOMPARE(animation.phase(0).transition, 1.0);
    }

    void backwardsIsNotAnimated()
    {
        StateAnimation animation;
        animation.show(after(), 0, 0);
        animation.show(before(), 0, 0);
        QVERIFY(!animation.running(0));
    }

    void reducedMotionHasNone()
    {
        StateAnimation animation;
        animation.setReducedMotion(true);
        animation.show(before(), 0, 0);
        animation.show(after(), 0, 0);
        QCOMPARE(animation.phase(0).transition, 1.0);
        QVERIFY(animation.phase(0).reducedMotion);
    }

private:
    static resilience::sim::Snapshot before()
    {
        auto snapshot = samples::twoFailures();
        snapshot.clients[0].breaker.generation = 1;
        return snapshot;
    }
    static resilience::sim::Snapshot after()
    {
        auto snapshot = samples::open();
        snapshot.now = snapshot.clients[0].breaker.since;
        return snapshot;
    }
};

REGISTER_TEST(StageAnimationTest)
#include "stage_animation_test.moc"
