// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/counters_text.h"
#include "app/panels/time_words.h"
#include "app/run/session.h"
#include "core/sim/world/knobs.h"
#include "labs/catalog.h"
#include "tests/register_test.h"

#include <QSignalSpy>
#include <QtTest>

using namespace resilience;
using namespace std::chrono_literals;
using app::Playback;
using app::Session;

// What the window relies on, without a window.
class SessionPartsTest : public QObject {
    Q_OBJECT

private:
    static const labs::Lab &lab() { return labs::catalog().front(); }

private slots:
    void speedScale_data()
    {
        QTest::addColumn<double>("position");
        QTest::addColumn<double>("speed");
        QTest::newRow("slowest") << 0.0 << 0.001;
        QTest::newRow("a tenth") << 2.0 / 6 << 0.1;
        QTest::newRow("real time") << 0.5 << 1.0;
        QTest::newRow("caught from below") << 0.495 << 1.0;
        QTest::newRow("caught from above") << 0.505 << 1.0;
        QTest::newRow("fastest") << 1.0 << 1000.0;
        QTest::newRow("beyond") << 1.5 << 1000.0;
    }

    void speedScale()
    {
        QFETCH(double, position);
        QFETCH(double, speed);
        QVERIFY(std::abs(Playback::speedAt(position) / speed - 1) < 1e-9);
        if (position == 0.0 || position == 1.0)
            QCOMPARE(Playback::positionOf(speed), position);
    }

    void target_data()
    {
        QTest::addColumn<double>("speed");
        QTest::addColumn<int>("wallMs");
        QTest::addColumn<qint64>("expectedNs");
        QTest::newRow("half") << 0.5 << 16 << qint64(8'000'000);
        QTest::newRow("real") << 1.0 << 16 << qint64(16'000'000);
        QTest::newRow("slowest") << 0.001 << 1 << qint64(1000);
        QTest::newRow("a long frame counts as the longest") << 1.0 << 5000 << qint64(100'000'000);
        QTest::newRow("no time") << 1.0 << 0 << qint64(0);
    }

    void target()
    {
        QFETCH(double, speed);
        QFETCH(int, wallMs);
        QFETCH(qint64, expectedNs);
        Playback playback;
        playback.setSpeed(speed);
        QCOMPARE((playback.target(at(3s), std::chrono::milliseconds{wallMs}) - at(3s)).count(), expectedNs);
    }

    void clock_data()
    {
        QTest::addColumn<qint64>("ns");
        QTest::addColumn<qint64>("lengthMs");
        QTest::addColumn<QString>("text");
        QTest::newRow("lecture") << qint64(15'040'000'000) << qint64(20'000) << "00:15.04";
        QTest::newRow("a minute") << qint64(75'000'000'000) << qint64(120'000) << "01:15.0";
        QTest::newRow("never ahead") << qint64(999'999'999) << qint64(60'000) << "00:00.9";
        QTest::newRow("a fifth of a second") << qint64(51'200'000) << qint64(200) << "00:00.0512";
    }

    void clock()
    {
        QFETCH(qint64, ns);
        QFETCH(qint64, lengthMs);
        QFETCH(QString, text);
        QCOMPARE(app::clockText(at(Duration{ns}), std::chrono::milliseconds{lengthMs}), text);
    }

    void speedWords_data()
    {
        QTest::addColumn<double>("speed");
        QTest::addColumn<QString>("text");
        QTest::newRow("half") << 0.5 << "1/2 speed";
        QTest::newRow("slow") << 0.001 << "1/1000 speed";
        QTest::newRow("uneven") << 0.3 << "0.3x speed";
        QTest::newRow("real") << 1.0 << "real time";
        QTest::newRow("ten") << 10.0 << "10x speed";
        QTest::newRow("fast") << 1000.0 << "1000x speed";
    }

    void speedWords()
    {
        QFETCH(double, speed);
        QFETCH(QString, text);
        QCOMPARE(app::speedText(speed), text);
    }

    void countersAddUp()
    {
        sim::Totals totals;
        totals.offered = 26;
        totals.ended = {16, 4, 0, 5, 0, 0};
        totals.inFlight = 1;
        totals.attempts = 21;
        QCOMPARE(app::countersText(totals),
                 QStringLiteral("offered 26 = 16 ok + 4 failed + 5 short-circuited + 1 in flight "
                                "· 0.8 attempts per call"));
        totals.fellBack = 3;
        QVERIFY(app::countersText(totals).contains(QStringLiteral(" · 3 answered by the fallback · ")));
        QCOMPARE(app::countersText({}), QStringLiteral("offered 0 = 0 ok + 0 in flight"));
    }

    void aTickIsOneChange()
    {
        Session session(lab());
        QSignalSpy changes(&session, &Session::changed);
        session.setPlaying(true);
        QCOMPARE(changes.size(), 1);
        session.tick(16ms);
        QCOMPARE(changes.size(), 2);
        session.setPlaying(false);
        session.tick(16ms);
        QCOMPARE(changes.size(), 3);
    }

    void aTickIsBoundedAtAnySpeed()
    {
        Session session(lab());
        session.setAsking(false);
        QVERIFY(!session.intervene(sim::TurnKnob{*sim::knobNamed("arrival_rate"), 1000}));
        session.setSpeed(1000);
        session.setPlaying(true);
        const uint64_t before = session.timeline().lastEvent();
        session.tick(100ms);
        QVERIFY(session.timeline().lastEvent() - before <= Session::kEventsPerTick + 100);
    }

    void aWaitThatTakesLongGoesOnFromTickToTick()
    {
        Session session(lab());
        QVERIFY(!session.intervene(sim::TurnKnob{*sim::knobNamed("arrival_rate"), 1000}));
        session.runUntil(app::RunUntil::Open); // which never comes
        QVERIFY(session.waiting());
        for (int i = 0; i < 1000 && session.waiting(); ++i)
            session.tick(16ms);
        QVERIFY(!session.waiting());
        QCOMPARE(session.now(), session.horizon());
    }

    void undoInTheMiddleOfAnInstantStaysThere()
    {
        Session session(lab());
        session.intervene(sim::SetFault{0, sim::FaultKind::Outage, 1.0});
        session.runUntil(app::RunUntil::Open);
        const sim::World before = session.timeline().world();
        session.intervene(sim::SetFault{0, sim::FaultKind::Hang, 1.0});
        QVERIFY(session.timeline().world() != before);
        session.undo();
        QVERIFY(session.timeline().world() == before);
        session.redo();
        QVERIFY(session.timeline().world().services().front().fault(sim::FaultKind::Hang));
        QCOMPARE(session.now(), before.now());
    }

    // In the past too: the run is played again with it, up to where it stood.
    void theEndOfAFaultMovesAndMovesBack()
    {
        const labs::Lab &lock = *labs::labWithId("distributed-lock");
        Session session(lock);
        session.openScenario(lock.scenario("paused-holder"));
        session.seek(at(21s));
        const auto stale = [&session] { return session.timeline().world().lock().staleAccepted(); };
        QCOMPARE(stale(), uint64_t(1));
        const sim::World before = session.timeline().world();
        const sim::FaultEnd pause{5, sim::FaultKind::Pause, at(4650ms), at(7s)};
        session.endFault(pause);
        QCOMPARE(session.now(), at(21s));
        QCOMPARE(stale(), uint64_t(0));
        QCOMPARE(session.snapshot().lockStory.holders[0].pauses.at(0).to, std::optional(at(7s)));
        session.undo();
        QVERIFY(session.timeline().world() == before);
        session.redo();
        QCOMPARE(stale(), uint64_t(0));
        // What makes no sense is said, and changes nothing.
        session.undo();
        session.endFault({5, sim::FaultKind::Pause, at(4650ms), at(1s)});
        QVERIFY(!session.notice().isEmpty());
        QVERIFY(session.timeline().world() == before);
    }

    void aForkLeavesTheKeptRunAlone()
    {
        Session session(lab());
        session.seek(at(5s));
        const sim::World kept = session.timeline().world();
        session.compare();
        session.intervene(sim::SetFault{0, sim::FaultKind::Outage, 1.0});
        session.seek(at(20s));
        const sim::World other = session.timeline().world();
        session.swapRuns(); // the kept one has gone along
        QCOMPARE(session.now(), at(20s));
        session.seek(at(5s));
        QVERIFY(session.timeline().world() == kept);
        session.swapRuns();
        session.seek(at(20s));
        QVERIFY(session.timeline().world() == other);
    }

    void aRefusedChangeLeavesNothingBehind()
    {
        Session session(lab());
        const sim::World before = session.timeline().world();
        const auto why = session.intervene(sim::TurnKnob{*sim::knobNamed("failure_threshold"), 0});
        QVERIFY(why);
        QVERIFY(session.timeline().world() == before);
        QVERIFY(session.timeline().journal().empty());
        QVERIFY(!session.canUndo());
    }

    void inspectingPauses()
    {
        Session session(lab());
        session.setPlaying(true);
        session.tick(100ms);
        session.inspect(1);
        QVERIFY(!session.playing());
        session.setPlaying(true);
        QCOMPARE(session.inspected(), 0u);
    }
};

REGISTER_TEST(SessionPartsTest)
#include "session_parts_test.moc"
