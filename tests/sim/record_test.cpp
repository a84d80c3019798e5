// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/duration_text.h"
#include "core/random_stream.h"
#include "core/sim/run/snapshot.h"
#include "core/sim/world/knobs.h"
#include "core/tell/explain.h"
#include "core/tell/transcript.h"
#include "tests/register_test.h"
#include "tests/sim/sample_runs.h"

#include <QtTest>
#include <rapidcheck.h>

using namespace resilience;
using namespace resilience::sim;
using namespace std::chrono_literals;
using tests::calmScenario;
using tests::eventsSoFar;
using tests::outageScenario;

// What is told about a run: history, snapshot, transcript, explanations, and the smaller parts they rest on.
class RecordTest : public QObject {
    Q_OBJECT
private slots:
    void historyCountsEveryEnd()
    {
        Timeline timeline(outageScenario());
        timeline.runTo(at(30s));
        std::array<uint64_t, kOutcomeCount> counted{};
        for (const OutcomeCounts &bin : timeline.history().outcomes().bins())
            for (size_t i = 0; i < kOutcomeCount; ++i)
                counted[i] += bin.ended[i];
        QVERIFY(counted == timeline.world().totals().ended);
        std::vector<BreakerState> states;
        for (const StateSpan &span : timeline.history().states(0))
            states.push_back(span.state);
        using enum BreakerState;
        QVERIFY((states == std::vector{Closed, Open, HalfOpen, Open, HalfOpen, Closed}));
        QCOMPARE(timeline.history().faults().size(), size_t(1));
        QCOMPARE(*timeline.history().faults()[0].to, at(13s));
    }

    // Whoever is not asked is as good as not there.
    void aBreakerThatIsNotInUseIsShownAsDisabled()
    {
        auto scenario = std::make_shared<Scenario>(*outageScenario());
        const auto turn = [&](Duration when, double value) {
            scenario->script.insert({at(when), 0, TurnKnob{*knobNamed("use_circuit_breaker"), value}});
        };
        turn(2s, 0);
        turn(20s, 1);
        Timeline timeline(scenario);
        timeline.runTo(at(30s));
        using enum BreakerState;
        const std::vector<StateSpan> expected{{kTimeZero, Closed}, {at(2s), Disabled}, {at(20s), Closed}};
        QVERIFY(timeline.history().states(0) == expected);
    }

    void binsMergeWhenTheRunGrowsLong()
    {
        OutcomeSeries series(1ms);
        Event event{.ends = Ending{.took = 5ms, .attempts = 1}, .detail = Finished{.took = 5ms}};
        for (int i = 0; i < 20'000; ++i) {
            event.at = at(i * 1ms);
            series.add(event);
        }
        QCOMPARE(series.binWidth(), Duration{10ms});
        QVERIFY(series.bins().size() <= OutcomeSeries::kMaxBins);
        uint64_t total = 0;
        for (const OutcomeCounts &bin : series.bins())
            total += bin.ended[0];
        QCOMPARE(total, uint64_t(20'000));
    }

    void theLogForgetsTheOldest()
    {
        EventLog log;
        for (uint64_t number = 1; number <= EventLog::kCapacity + 10; ++number)
            log.add({.at = at(Duration(number)), .number = number});
        QCOMPARE(log.size(), EventLog::kCapacity);
        QCOMPARE(log.firstNumber(), uint64_t(11));
        QVERIFY(!log.numbered(10));
        QCOMPARE(log.numbered(11)->number, uint64_t(11));
        QCOMPARE(log.lastNumberUntil(at(Duration(500))), uint64_t(500));
        QCOMPARE(log.lastNumberUntil(at(Duration(3))), uint64_t(0));
    }

    void snapshotTellsWhatHasJustEnded()
    {
        Timeline timeline(outageScenario());
        timeline.runTo(at(7600ms));
        const Snapshot snapshot = snapshotOf(timeline);
        QCOMPARE(snapshot.recent.back().outcome, RequestOutcome::ShortCircuited);
        QCOMPARE(snapshot.recent.back().request, uint64_t(15));
        QVERIFY(snapshot.clients[0].breaker.state == BreakerState::Open);
        const Event *why = timeline.history().log().numbered(snapshot.clients[0].lastTransition);
        QVERIFY(why && why->as<Transitioned>()->move.to == BreakerState::Open);
        QVERIFY(snapshot.next.has_value());
        QVERIFY(snapshot.services[0].faults[size_t(FaultKind::Outage)].has_value());
        timeline.runTo(at(3s)); // the future that history knows must not show
        QVERIFY(snapshotOf(timeline).recent.back().outcome == RequestOutcome::Succeeded);
        QCOMPARE(snapshotOf(timeline).clients[0].lastTransition, uint64_t(0));
    }

    void theLabTextsDemoLineForLine()
    {
        Scenario demo = calmScenario();
        demo.networkLatency = 1ms;
        demo.clients[0].pipeline.circuitBreaker.openDuration = 50ms;
        demo.clients[0].arrivals.kind = ArrivalConfig::Kind::Script;
        demo.clients[0].arrivals.times = {2ms, 12ms, 22ms, 32ms};
        demo.script.insert({kTimeZero, 0, SetFault{0, FaultKind::Outage, 1}});
        Timeline timeline(std::make_shared<const Scenario>(demo));
        timeline.runTo(at(40ms));
        const QString expected = QStringLiteral("Failure 1: Connection refused\n"
                                                "Failure 2: Connection refused\n"
                                                "Failure 3: Connection refused\n"
                                                "Fast fail: payment-service circuit is OPEN\n"
                                                "State: open\n"
                                                "  [closed] failure(1)\n"
                                                "  [closed] failure(2)\n"
                                                "  [closed] failure(3)\n"
                                                "  → TRANSITION: closed → open\n"
                                                "  [open] fast-fail\n");
        QCOMPARE(QString::fromStdString(transcript(timeline)), expected);
    }

    void everyEventCanBeExplained()
    {
        int runs = 0;
        QVERIFY(rc::check([&runs] {
            if (++runs > 150) // each event of each is explained from a world of its own
                return;
            Timeline timeline(outageScenario());
            timeline.runTo(at(5s));
            timeline.intervene(tests::anyIntervention(timeline.world()));
            timeline.runTo(at(9s));
            for (const Event &event : eventsSoFar(timeline)) {
                const auto why = explain(timeline, event.number);
                RC_ASSERT(why && !why->title.empty() && !why->text.empty());
                for (const uint64_t number : why->counted)
                    RC_ASSERT(number <= event.number);
            }
        }));
    }

    void whyItOpened()
    {
        Timeline timeline(outageScenario());
        timeline.runTo(at(7600ms));
        const Snapshot snapshot = snapshotOf(timeline);
        const auto opened = explain(timeline, snapshot.clients[0].lastTransition);
        QCOMPARE(QString::fromStdString(opened->text),
                 QStringLiteral(
                     "Calls 10, 11 and 12 failed at 5.4 s, 5.9 s and 6.4 s: 3 failures in a row, and the threshold is "
                     "3. It lets nobody through for 5 s, until 11.4 s."));
        QCOMPARE(QString::fromStdString(opened->rule), QStringLiteral("closed: failures in a row 3 >= 3 -> open"));
        QCOMPARE(opened->counted.size(), size_t(3));
        const auto turnedAway = explain(timeline, tellingEvent(timeline, 15));
        QCOMPARE(QString::fromStdString(turnedAway->title), QStringLiteral("Call 15 was turned away at 7.5 s"));
        QVERIFY(turnedAway->text.find("There are 3.9 s left.") != std::string::npos);
        QCOMPARE(QString::fromStdString(turnedAway->rule), QStringLiteral("open: 7.5 s < 11.4 s -> turned away"));
        QVERIFY(turnedAway->counted == opened->counted);
        QVERIFY(!explain(timeline, 100'000));
    }

    void knobTexts_data()
    {
        QTest::addColumn<QString>("knob");
        QTest::addColumn<QString>("text");
        QTest::addColumn<double>("value");
        QTest::addColumn<QString>("error");
        QTest::newRow("whole") << "failure_threshold"
                               << "3" << 3.0 << "";
        QTest::newRow("not whole") << "failure_threshold"
                                   << "2.5" << 0.0
                                   << "failure_threshold: found 2.5, expected a whole number from 1 to 10";
        QTest::newRow("not a number") << "open_duration"
                                      << "5s" << 0.0
                                      << "open_duration: found \"5s\", expected a number from 0.01 to 60 s";
        QTest::newRow("infinite") << "open_duration"
                                  << "inf" << 0.0 << "open_duration: found inf, expected a number from 0.01 to 60 s";
        QTest::newRow("choice") << "half_open_rule"
                                << "rate_early" << 2.0 << "";
        QTest::newRow("no choice") << "half_open_rule"
                                   << "1" << 0.0
                                   << "half_open_rule: found \"1\", expected one of all_succeed, rate, rate_early";
        QTest::newRow("toggle") << "broken_unlimited_trials"
                                << "on" << 1.0 << "";
    }
    void knobTexts()
    {
        QFETCH(QString, knob);
        QFETCH(QString, text);
        QFETCH(double, value);
        QFETCH(QString, error);
        const KnobSpec &spec = knobs()[*knobNamed(knob.toStdString())];
        const KnobValue read = parseKnobValue(spec, text.toStdString());
        QCOMPARE(QString::fromStdString(read.error ? read.error->message() : ""), error);
        if (!read.error) {
            QCOMPARE(read.value, value);
            QCOMPARE(QString::fromStdString(formatKnobValue(spec, value)), text);
        }
    }

    void durations_data()
    {
        QTest::addColumn<qint64>("ns");
        QTest::addColumn<QString>("text");
        QTest::newRow("zero") << qint64(0) << "0 s";
        QTest::newRow("seconds") << qint64(12'400'000'000) << "12.4 s";
        QTest::newRow("ms") << qint64(50'000'000) << "50 ms";
        QTest::newRow("us") << qint64(20'500) << "20.5 us";
        QTest::newRow("ns") << qint64(7) << "7 ns";
        QTest::newRow("negative") << qint64(-1'500'000'000) << "-1.5 s";
    }
    void durations()
    {
        QFETCH(qint64, ns);
        QFETCH(QString, text);
        QCOMPARE(QString::fromStdString(durationText(Duration{ns})), text);
    }

    // The numbers themselves are part of the promise: the same seed gives the same run on every machine.
    void randomNumbersAreFixed()
    {
        RandomStream stream(11, "service:payment-service");
        RandomStream again(11, "service:payment-service");
        RandomStream other(11, "client:checkout");
        bool differs = false;
        for (int i = 0; i < 100; ++i) {
            const uint64_t value = stream.next();
            QCOMPARE(again.next(), value);
            differs |= other.next() != value;
        }
        QVERIFY(differs);
        double sum = 0;
        for (int i = 0; i < 100'000; ++i) {
            const double unit = stream.unit();
            QVERIFY(unit >= 0 && unit < 1);
            sum += double(stream.exponential(1s).count());
        }
        QVERIFY(std::abs(sum / 100'000 / 1e9 - 1.0) < 0.02);
        for (int i = 0; i < 1000; ++i) {
            const Duration d = stream.between(-3ns, 3ns);
            QVERIFY(d >= -3ns && d <= 3ns);
        }
    }

    void theFingerprintOfAKnownRun()
    {
        Timeline timeline(outageScenario());
        timeline.runTo(at(30s));
        QCOMPARE(QString::fromStdString(timeline.world().fingerprint().text()), QStringLiteral("e859f1aeffd965b4"));
    }
};

REGISTER_TEST(RecordTest)
#include "record_test.moc"
