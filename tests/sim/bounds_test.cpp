// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sim/engine/bounds.h"
#include "core/sim/engine/event_queue.h"
#include "core/sim/run/timeline.h"
#include "tests/pick.h"
#include "tests/register_test.h"
#include "tests/sim/flow_setup.h"
#include "tests/sim/sample_runs.h"

#include <QtTest>
#include <rapidcheck.h>
#include <set>

using namespace resilience;
using namespace resilience::sim;
using namespace std::chrono_literals;

namespace {

// A service that never answers, and clients that never give up.
Scenario endless(double rate)
{
    Scenario scenario = tests::calmScenario();
    scenario.clients[0].arrivals.rate = rate;
    scenario.clients[0].pipeline = {};
    scenario.script.insert({kTimeZero, 0, SetFault{0, FaultKind::Hang, 1}});
    return scenario;
}

Timeline run(const Scenario &scenario, Duration until, History::Keeps keeps = History::Keeps::Events)
{
    Timeline timeline(std::make_shared<const Scenario>(scenario), 1, scenario.script, keeps);
    timeline.runTo(at(until));
    return timeline;
}

} // namespace

class BoundsTest : public QObject {
    Q_OBJECT
private slots:
    void callsBeyondTheBoundAreLeftOutAndToldOf()
    {
        const Timeline full = run(endless(100'000), 2s);
        const Totals &totals = full.world().totals();
        QCOMPARE(totals.inFlight, uint64_t(kMostCallsInFlight));
        QCOMPARE(totals.offered, uint64_t(kMostCallsInFlight));
        QCOMPARE(totals.offered + totals.notTaken, uint64_t(200'000));
        QCOMPARE(tests::accountedFor(totals), totals.offered);
        const Event &last = *full.history().log().numbered(full.lastEvent());
        QVERIFY(last.as<NotTaken>() && last.as<NotTaken>()->inFlight == kMostCallsInFlight);
        // When some end, others are taken again.
        Scenario freed = endless(100'000);
        freed.clients[0].pipeline = {};
        tests::use(freed.clients[0].pipeline, {PolicyKind::AttemptTimeout});
        freed.clients[0].pipeline.attemptTimeout = 1200ms;
        const Totals after = run(freed, 2s).world().totals();
        QCOMPARE(after.of(RequestOutcome::TimedOut) + after.inFlight, after.offered);
        QVERIFY(after.offered > kMostCallsInFlight + 70'000 && after.notTaken > 10'000);
    }

    // A caller that gives up leaves an attempt behind: many of them can be on their way for few calls.
    void attemptsBeyondTheBoundFailAtOnce()
    {
        Scenario scenario = tests::calmScenario();
        scenario.services[0].latency = 1h;
        scenario.clients[0].arrivals.rate = 2000;
        auto &pipeline = scenario.clients[0].pipeline = {};
        tests::use(pipeline, {PolicyKind::Retry, PolicyKind::AttemptTimeout});
        pipeline.attemptTimeout = 10ms;
        pipeline.retry.maxAttempts = 20;
        pipeline.retry.backoff.baseDelay = 0s;
        const Timeline full = run(scenario, 12s);
        const Totals &totals = full.world().totals();
        QVERIFY(full.world().requests().size() <= kMostAttemptsInFlight + totals.inFlight);
        QVERIFY2(totals.notSent > 0, std::to_string(totals.attempts).c_str());
        QCOMPARE(totals.notTaken, uint64_t(0));
        QCOMPARE(tests::accountedFor(totals), totals.offered);
        QCOMPARE(totals.attempts, totals.notSent + full.world().services()[0].counts.reached
                                      + (full.world().requests().size() - full.world().services()[0].busy()));
    }

    // However many calls are under way, checkpoints of the run take no more than a bounded amount of memory.
    void goingBackStaysPossible()
    {
        Timeline full = run(endless(20'000), 6s, History::Keeps::All);
        const Fingerprint end = full.world().fingerprint();
        full.runTo(at(3s));
        QCOMPARE(full.world().totals().inFlight, uint64_t(60'000));
        full.runTo(at(6s));
        QCOMPARE(full.world().fingerprint().text(), end.text());
    }

    // Timers that nobody waits for any more do not pile up.
    void overtakenTimersAreSweptOut()
    {
        Scenario scenario = tests::calmScenario();
        scenario.services[0].latency = 1ms;
        scenario.services[0].spread = 0s;
        scenario.clients[0].arrivals.rate = 5000;
        auto &pipeline = scenario.clients[0].pipeline = {};
        tests::use(pipeline, {PolicyKind::TotalTimeout});
        pipeline.totalTimeout = 10min;
        QVERIFY(run(scenario, 30s).world().bytes() < 4'000'000);
    }

    void theQueueHasTheEarliestFirst()
    {
        QVERIFY(rc::check([] {
            EventQueue queue;
            const bool isLong = tests::pick(0, 20) == 0; // enough to be swept
            const auto isLess = [](const Pending &a, const Pending &b) {
                return std::tie(a.at, a.rank, a.sequence) < std::tie(b.at, b.rank, b.sequence);
            };
            std::set<Pending, decltype(isLess)> expected(isLess);
            uint64_t sequence = 0;
            const auto isStale = [](const Pending &pending) { return pending.token % 3 == 0; };
            for (int i = 0; i < 100; ++i) {
                for (int n = isLong && i % 50 == 0 ? 5000 : tests::pick(0, 5); n > 0; --n) {
                    const Pending pending{.at = at(Duration{tests::pick(0, 1000)}),
                                          .token = uint64_t(tests::pick(0, 100)),
                                          .rank = Rank(tests::pick(0, 3))};
                    queue.push(pending);
                    Pending told = pending;
                    told.sequence = sequence++;
                    expected.insert(told);
                }
                if (expected.empty())
                    continue;
                // What is swept out may go at any time: nobody may see one before it is asked for.
                queue.sweep(isStale);
                while (!queue.empty() && isStale(queue.top()))
                    queue.pop();
                std::erase_if(expected, isStale);
                RC_ASSERT(queue.empty() == expected.empty());
                if (expected.empty())
                    continue;
                RC_ASSERT(queue.top() == *expected.begin());
                queue.pop();
                expected.erase(expected.begin());
            }
        }));
    }

    // A journal of a million entries is read in the time that it takes to read them.
    void aLongJournalIsPutTogetherInItsOrder()
    {
        Journal journal;
        for (int i = 0; i < 1'000'000; ++i)
            journal.insert({at(Duration{i}), 0, SetFault{0, FaultKind::Latency, double(i % 7)}});
        QCOMPARE(journal.entries().size(), size_t(1'000'000));
        QCOMPARE(journal.entries().back().at, at(Duration{999'999}));
    }
};

REGISTER_TEST(BoundsTest)
#include "bounds_test.moc"
