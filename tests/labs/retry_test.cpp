// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sim/measure/goodput.h"
#include "core/sim/world/knobs.h"
#include "labs/catalog.h"
#include "tests/register_test.h"

#include <QtTest>

#include <map>

using namespace resilience;
using namespace resilience::labs;
using namespace resilience::sim;
using namespace std::chrono_literals;

namespace {

Timeline playedRetry(const char *scenario, std::vector<std::pair<const char *, double>> knobs = {}, uint64_t seed = 0)
{
    const auto found = labWithId("retry")->scenario(scenario);
    Journal journal = found->script;
    for (const auto &[knob, value] : knobs)
        journal.insert({kTimeZero, 0, TurnKnob{*knobNamed(knob), value}});
    Timeline timeline(found, seed ? seed : found->seed, journal);
    timeline.runTo(at(found->until));
    return timeline;
}

// The most attempts that reached the service within one tenth of a second, between two moments.
uint32_t peak(const Timeline &run, Time from, Time to)
{
    std::map<int64_t, uint32_t> tenths;
    const EventLog &log = run.history().log();
    for (uint64_t number = log.firstNumber(); number <= log.lastNumber(); ++number) {
        const Event &event = *log.numbered(number);
        if (event.as<ReachedService>() && event.at >= from && event.at < to)
            ++tenths[event.at.time_since_epoch() / 100ms];
    }
    uint32_t most = 0;
    for (const auto &[tenth, count] : tenths)
        most = std::max(most, count);
    return most;
}

double attemptsPerCall(const Timeline &run)
{
    return double(run.world().totals().attempts) / double(run.world().totals().offered);
}

double successIn(const Timeline &run, Time from, Time to)
{
    const OutcomeSeries &series = run.history().outcomes();
    uint64_t good = 0;
    uint64_t all = 0;
    for (size_t i = 0; i < series.bins().size(); ++i) {
        const Time start = at(series.binWidth() * int64_t(i));
        if (start < from || start >= to)
            continue;
        good += series.bins()[i].ended[size_t(RequestOutcome::Succeeded)];
        for (const uint32_t ended : series.bins()[i].ended)
            all += ended;
    }
    return all == 0 ? 0 : double(good) / double(all);
}

} // namespace

// What the step is about, as numbers.
class RetryLabTest : public QObject {
    Q_OBJECT
private slots:
    void singleFailuresAreCured()
    {
        const Totals totals = playedRetry("single-failures").world().totals();
        QVERIFY(totals.recovered >= 8);
        QVERIFY(totals.of(RequestOutcome::Failed) <= 1);
    }

    // The same scenario and seed: only the jitter differs.
    void fullJitterCutsThePeakAtRecoveryToUnderHalf_data()
    {
        QTest::addColumn<QString>("scenario");
        QTest::addColumn<qint64>("back"); // ms
        QTest::newRow("8 clients") << "herd-exponential" << qint64(6500);
        QTest::newRow("40 clients") << "forty-clients" << qint64(8000);
    }
    void fullJitterCutsThePeakAtRecoveryToUnderHalf()
    {
        QFETCH(QString, scenario);
        QFETCH(qint64, back);
        const Time from = at(Duration{back * 1'000'000});
        const std::string name = scenario.toStdString();
        const Timeline none = playedRetry(name.c_str());
        const uint32_t without = peak(none, from, from + 8s);
        QCOMPARE(without, uint32_t(none.world().clients().size()));
        for (const uint64_t seed : {1, 2, 3})
            QVERIFY(2 * peak(playedRetry(name.c_str(), {{"jitter", double(Jitter::Full)}}, seed), from, from + 8s)
                    < without);
    }

    void aFixedWaitBringsTheHerdBackAgainAndAgain()
    {
        const Timeline run = playedRetry("herd");
        for (const auto second : {4, 5, 6})
            QCOMPARE(peak(run, at(Duration{second * 1s}), at(Duration{(second + 1) * 1s})), uint32_t(8));
    }

    // What is compared differs in one thing.
    void theTwoHerdsDifferInJitterAlone()
    {
        const Lab &lab = *labWithId("retry");
        Scenario jitter = *lab.scenario("herd-jitter");
        const Scenario none = *lab.scenario("herd");
        for (size_t i = 0; i < jitter.clients.size(); ++i) {
            Jitter &drawn = jitter.clients[i].pipeline.retry.backoff.jitter;
            QCOMPARE(drawn, Jitter::Full);
            QCOMPARE(none.clients[i].pipeline.retry.backoff.jitter, Jitter::None);
            drawn = Jitter::None;
        }
        jitter.name = none.name;
        jitter.title = none.title;
        jitter.description = none.description;
        QVERIFY(jitter == none);
    }

    // Nobody is lost in either, and the crowd is under half: on any seed.
    void jitterAloneDissolvesTheHerd()
    {
        const Timeline none = playedRetry("herd");
        QCOMPARE(none.world().totals().notSucceeded(), uint64_t(0));
        const uint32_t crowd = peak(none, at(6500ms), at(14s));
        QCOMPARE(crowd, uint32_t(8));
        for (uint64_t seed = 1; seed <= 30; ++seed) {
            const Timeline jitter = playedRetry("herd-jitter", {}, seed);
            QCOMPARE(jitter.world().totals().notSucceeded(), uint64_t(0));
            QVERIFY2(peak(jitter, at(6500ms), at(14s)) < crowd, qPrintable(QString::number(seed)));
        }
        QVERIFY(2 * peak(playedRetry("herd-jitter"), at(6500ms), at(14s)) < crowd);
    }

    void theStormOutlivesThePause()
    {
        const Timeline storm = playedRetry("storm");
        const double without = successIn(storm, at(20s), at(40s));
        QVERIFY2(without < 0.5, qPrintable(QString::number(without)));
        QVERIFY(attemptsPerCall(storm) > 2);
    }

    // For good: within ten seconds of the pause it is up, and stays so for the next 100 s, in every five seconds.
    void aBudgetEndsTheStormForGood()
    {
        const auto scenario = labWithId("retry")->scenario("storm-budget");
        for (uint64_t seed = 1; seed <= 50; ++seed) {
            Timeline run(scenario, seed, scenario->script);
            run.runTo(at(120s));
            for (int from = 20; from < 120; from += 5) {
                const double share = successIn(run, at(from * 1s), at((from + 5) * 1s));
                QVERIFY2(share >= Goodput::kUp,
                         qPrintable(QStringLiteral("seed %1 at %2 s: %3").arg(seed).arg(from).arg(share)));
            }
            const PipelineCounts &counts = run.world().flow().countsOf(0);
            QVERIFY(counts.retries <= 0.1 * double(run.world().flow().totalsByClient()[0].offered) + 1);
        }
    }

    void retryingWithoutLimitIsWorse()
    {
        QVERIFY(attemptsPerCall(playedRetry("storm", {{"broken_no_limit", 1}}))
                > attemptsPerCall(playedRetry("storm")));
    }

    void retryingEverythingChargesTwiceAndARequestIdDoesNot()
    {
        const Timeline twice = playedRetry("double-charge");
        QVERIFY(twice.world().services()[0].counts.again >= 3);
        const Timeline careful = playedRetry("double-charge", {{"broken_retry_everything", 0}});
        QCOMPARE(careful.world().services()[0].counts.again, uint64_t(0));
        const Timeline once = playedRetry("request-ids");
        QCOMPARE(once.world().services()[0].counts.again, uint64_t(0));
        QVERIFY(once.world().services()[0].counts.stored >= 3);
        QVERIFY(once.world().totals().recovered > careful.world().totals().recovered);
    }
};

REGISTER_TEST(RetryLabTest)
#include "retry_test.moc"
