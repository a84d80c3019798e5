// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/session.h"
#include "core/sim/world/knobs.h"
#include "labs/catalog.h"
#include "tests/register_test.h"

#include <QtTest>

#include <set>

using namespace app;
using namespace resilience;
using namespace std::chrono_literals;

// Two runs on one clock: kept, swapped, changed, taken back, undone.
class SessionCompareTest : public QObject {
    Q_OBJECT

    static const labs::Lab &retry() { return *labs::labWithId("retry"); }
    static sim::TurnKnob jitter(double value) { return {*sim::knobNamed("jitter"), value, {}}; }
    static void openHerd(Session &session) { session.openScenario(retry().scenario("herd")); }
    static void playTo(Session &session, Time end)
    {
        session.setAsking(false);
        session.setPlaying(true);
        while (session.now() < end && session.playing())
            session.tick(50ms);
        session.setPlaying(false);
    }

private slots:
    void aCopyStaysEqual()
    {
        for (const labs::Lab &lab : labs::catalog()) {
            Session session(lab);
            session.seek(at(2s));
            session.compare();
            QVERIFY(session.comparing());
            playTo(session, at(20s));
            QCOMPARE(session.otherRun().now(), session.now());
            QVERIFY(session.otherRun().world() == session.timeline().world());
            QVERIFY(!session.firstDifference());
            QVERIFY(session.changesToOther().empty());
        }
    }

    void theOtherGoesAlong()
    {
        Session session(retry());
        openHerd(session);
        session.compare();
        session.intervene(jitter(1));
        playTo(session, at(7s));
        sim::Timeline plain(retry().scenario("herd"));
        plain.runTo(session.now());
        QVERIFY(session.otherRun().world() == plain.world());
        QVERIFY(!(session.timeline().world() == plain.world()));
        QVERIFY(session.firstDifference());
        const Time apart = session.firstDifference()->at;
        // Back and forth, by decisions and events: always at the same moment.
        for (int i = 0; i < 5; ++i) {
            session.stepDecisionBack();
            QCOMPARE(session.otherRun().now(), session.now());
        }
        for (int i = 0; i < 40; ++i) {
            session.stepEvent();
            QCOMPARE(session.otherRun().now(), session.now());
        }
        session.seek(at(1s));
        QCOMPARE(session.otherRun().now(), at(1s));
        QVERIFY(session.firstDifference() && session.firstDifference()->at == apart); // what was played stays known
        session.goToDifference();
        QCOMPARE(session.now(), apart);
        QVERIFY(session.inspected() != 0);
    }

    // Event by event both are passed: none of the other's moments is jumped over.
    void oneClock()
    {
        Session session(retry());
        openHerd(session);
        session.compare();
        session.intervene(jitter(1));
        std::set<Time> moments;
        while (session.now() < at(9s)) {
            const Time before = session.now();
            session.stepEvent();
            if (session.now() != before)
                moments.insert(session.now());
        }
        for (const sim::Timeline *run : {&session.timeline(), &session.otherRun()})
            for (uint64_t i = 1; i <= run->lastEvent(); ++i)
                if (const Time at = run->history().log().numbered(i)->at; at > kTimeZero)
                    QVERIFY(moments.count(at) == 1);
    }

    void swappedAndBack()
    {
        Session session(retry());
        openHerd(session);
        session.seek(at(5s));
        const sim::World kept = session.timeline().world();
        session.compare();
        session.intervene(jitter(1));
        session.seek(at(9s));
        const sim::World other = session.timeline().world();
        const std::string name = session.ourName();
        session.swapRuns();
        QCOMPARE(session.otherName(), name);
        QVERIFY(session.otherRun().world() == other);
        QVERIFY(!(session.timeline().world() == other));
        QVERIFY(session.keptRuns().oursRight);
        session.seek(at(5s));
        QVERIFY(session.timeline().world() == kept);
        session.swapRuns();
        session.seek(at(9s));
        QVERIFY(session.timeline().world() == other);
        QCOMPARE(session.ourName(), name);
        QVERIFY(!session.keptRuns().oursRight);
    }

    void takenBackOneByOne()
    {
        Session session(retry());
        openHerd(session);
        session.compare();
        session.intervene(jitter(1));
        session.intervene(sim::TurnKnob{*sim::knobNamed("max_attempts"), 3, {}});
        session.seek(at(8s));
        QCOMPARE(session.changesToOther().size(), size_t{2});
        session.takeBack(session.changesToOther().front());
        QCOMPARE(session.changesToOther().size(), size_t{1});
        QCOMPARE(session.now(), at(8s));
        session.takeBack(session.changesToOther().front());
        QVERIFY(session.changesToOther().empty());
        QVERIFY(session.timeline().world() == session.otherRun().world());
        QVERIFY(!session.firstDifference());
        session.undo();
        QCOMPARE(session.changesToOther().size(), size_t{1});
        QVERIFY(session.firstDifference());
    }

    void allOfItCanBeUndone()
    {
        Session session(retry());
        openHerd(session);
        session.seek(at(4s));
        session.compare();
        session.renameRun(std::nullopt, "mine");
        session.swapRuns();
        session.showBeside(std::nullopt);
        QVERIFY(!session.comparing());
        session.undo();
        QVERIFY(session.comparing());
        QCOMPARE(session.otherName(), std::string("mine"));
        session.undo(); // the swap
        QCOMPARE(session.ourName(), std::string("mine"));
        session.undo(); // the name
        QVERIFY(session.ourName() != "mine");
        session.undo(); // the copy
        QVERIFY(!session.comparing());
        QVERIFY(session.keptRuns().runs.empty());
        QCOMPARE(session.now(), at(4s));
        for (int i = 0; i < 4; ++i)
            session.redo();
        QVERIFY(!session.comparing());
        QCOMPARE(session.keptRuns().runs.size(), size_t{1});
        session.showBeside(0);
        QVERIFY(session.comparing());
    }

    void otherScenariosAndSeeds()
    {
        Session session(retry());
        openHerd(session);
        session.newSeed();
        const uint64_t seed = session.timeline().seed();
        session.seek(at(8s));
        session.compareWith(*retry().scenario("herd-jitter"));
        QCOMPARE(session.otherRun().seed(), seed); // the same luck
        QCOMPARE(session.otherRun().now(), at(8s));
        QVERIFY(session.firstDifference());
        session.newSeed();
        QVERIFY(session.timeline().seed() != seed);
        QCOMPARE(session.otherRun().seed(), session.timeline().seed());
        // Another scenario alone again; the kept one waits.
        openHerd(session);
        QVERIFY(!session.comparing());
        QCOMPARE(session.keptRuns().runs.size(), size_t{1});
        session.openLab(*labs::labWithId("bulkhead"));
        QVERIFY(session.keptRuns().runs.empty());
        session.openLab(retry());
        QCOMPARE(session.keptRuns().runs.size(), size_t{1});
    }

    void withTheBrokenVariant()
    {
        const labs::Lab &breaker = *labs::labWithId("circuit-breaker");
        Session session(breaker);
        for (const auto &id : breaker.otherKnobs) {
            const auto one = sim::knobNamed(id);
            if (!one || !sim::knobs()[*one].faultyVariant)
                continue;
            session.seek(at(20s));
            const sim::World correct = session.timeline().world();
            session.compareBroken(*one);
            QVERIFY(session.otherRun().world() == correct);
            QCOMPARE(session.now(), at(20s));
            QCOMPARE(session.ourName(), std::string(sim::knobs()[*one].label));
            QCOMPARE(session.changesToOther().size(), size_t{1});
            session.undo();
            QVERIFY(session.timeline().world() == correct);
            QVERIFY(!session.comparing());
        }
    }

    void onlySoManyAreKept()
    {
        Session session(retry());
        for (int i = 0; i < 12; ++i)
            session.compare();
        QCOMPARE(session.keptRuns().runs.size(), KeptRuns::kMost);
        QCOMPARE(*session.keptRuns().beside, KeptRuns::kMost - 1);
        session.removeRun(0);
        QCOMPARE(session.keptRuns().runs.size(), KeptRuns::kMost - 1);
        QVERIFY(session.comparing());
        session.removeRun(*session.keptRuns().beside);
        QVERIFY(!session.comparing());
        session.removeRun(99); // no such run
        session.renameRun(99, "x");
        session.showBeside(99);
    }

    // Said before, judged by the engine at the end, void when one of the runs is another one.
    void aBetOnASide()
    {
        const labs::Lab &capstone = *labs::labWithId("capstone");
        Session session(capstone);
        session.setAsking(false);
        session.open(capstone.comparisons.front());
        QVERIFY(session.canBet());
        QCOMPARE(session.figureToBetOn().id, std::string_view("amplification"));
        session.bet(Bet::On::Other); // the one with a budget: fewer attempts for each call
        QVERIFY(session.standingBet() && !session.betVerdict());
        QVERIFY(!session.canBet());
        session.swapRuns(); // it stays on the same run
        QCOMPARE(session.standingBet()->on, Bet::On::Ours);
        session.swapRuns();
        session.seek(at(session.scenario().until));
        while (session.waiting())
            session.tick(16ms);
        const auto verdict = session.betVerdict();
        QVERIFY(verdict && verdict->isRight);
        QCOMPARE(*verdict->ours, session.timeline().world().totals().attemptsPerCall());
        QCOMPARE(*verdict->other, session.otherRun().world().totals().attemptsPerCall());
        QVERIFY(!session.canBet()); // it has been seen
        session.seek(at(1s));
        QVERIFY(!session.betVerdict() && session.standingBet());
        session.intervene(sim::TurnKnob{*sim::knobNamed("arrival_rate"), 5, {}});
        QVERIFY(!session.standingBet());
    }

    // A long way back or ahead: in parts, and nothing plays on without the other.
    void farAwayInParts()
    {
        Session session(*labs::labWithId("capstone"));
        session.compare();
        session.intervene(sim::TurnKnob{*sim::knobNamed("arrival_rate"), 50, {}});
        session.seek(at(900s));
        int ticks = 0;
        while (session.waiting() && ticks < 10'000) {
            session.tick(16ms);
            ++ticks;
        }
        QVERIFY(ticks > 2);
        QCOMPARE(session.now(), at(900s));
        QCOMPARE(session.otherRun().now(), at(900s));
        QVERIFY(session.firstDifference());
    }
};
REGISTER_TEST(SessionCompareTest)

#include "session_compare_test.moc"
