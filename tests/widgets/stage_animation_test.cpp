// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/register_test.h"
#include "tests/widgets/stage_samples.h"
#include "widgets/stage/state_animation.h"
#include "widgets/stages/breaker/breaker_scene.h"
#include "widgets/stages/breaker/breaker_state_key.h"

#include <QtTest>

using namespace widgets;
using resilience::BreakerState;

class StageAnimationTest : public QObject {
    Q_OBJECT

private slots:
    void aChangeTakesFourTenths()
    {
        StateAnimation animation;
        show(animation, before(), 10.0);
        QVERIFY(!animation.running(10.0));
        show(animation, after(), 10.0);
        QCOMPARE(animation.phase(10.0).transition, 0.0);
        QCOMPARE(animation.phase(10.0).from, stateKeyOf(BreakerState::Closed));
        QVERIFY(std::abs(animation.phase(10.2).transition - 0.5) < 1e-9);
        QVERIFY(animation.running(10.39));
        QVERIFY(!animation.running(10.41));
        QCOMPARE(animation.phase(11).transition, 1.0);
        QCOMPARE(animation.phase(11).from, stateKeyOf(BreakerState::Open));
    }

    void goesOnWhileFramesCome()
    {
        StateAnimation animation;
        show(animation, before(), 0);
        show(animation, after(), 0);
        auto later = after();
        later.now += std::chrono::milliseconds{20};
        show(animation, later, 0.1);
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
            show(animation, before(), 0);
        if (what == 2)
            next.clients[0].breaker.generation += 1;
        if (what == 3)
            next.now += std::chrono::seconds{2};
        if (what == 4)
            next.seed += 1;
        show(animation, next, 0, what == 1);
        QCOMPARE(animation.phase(0).transition, 1.0);
    }

    void backwardsIsNotAnimated()
    {
        StateAnimation animation;
        show(animation, after(), 0);
        show(animation, before(), 0);
        QVERIFY(!animation.running(0));
    }

    void reducedMotionHasNone()
    {
        StateAnimation animation;
        animation.setReducedMotion(true);
        show(animation, before(), 0);
        show(animation, after(), 0);
        QCOMPARE(animation.phase(0).transition, 1.0);
        QVERIFY(animation.phase(0).reducedMotion);
    }

    // A scene that only tells a key: every change of it is animated.
    void aKeyAloneIsEnough()
    {
        StateAnimation animation;
        const auto snapshot = before();
        animation.show({.key = 3}, snapshot, 0);
        animation.show({.key = 9}, snapshot, 1);
        QCOMPARE(animation.phase(1.1).from, uint64_t(3));
        QVERIFY(std::abs(animation.phase(1.1).transition - 0.25) < 1e-9);
        QCOMPARE(animation.phase(2).from, uint64_t(9));
    }

    void secondsRunWhilePlaying()
    {
        StateAnimation animation;
        auto snapshot = before();
        animation.show({}, snapshot, 10);
        animation.show({}, snapshot, 10.5);
        QCOMPARE(animation.phase(10.5).seconds, 0.5);
        snapshot.playing = false;
        animation.show({}, snapshot, 11);
        snapshot.playing = true;
        animation.show({}, snapshot, 20);
        QCOMPARE(animation.phase(20).seconds, 0.5);
        animation.show({}, snapshot, 20.25);
        QCOMPARE(animation.phase(25).seconds, 0.75);
        animation.setReducedMotion(true);
        QCOMPARE(animation.phase(25).seconds, 0.0);
    }

private:
    static void show(StateAnimation &animation, const resilience::sim::Snapshot &snapshot, double now,
                     bool jumped = false)
    {
        animation.show(BreakerScene().state(snapshot), snapshot, now, jumped);
    }
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
