// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sim/measure/goodput.h"
#include "core/sim/run/timeline.h"
#include "tests/register_test.h"
#include "tests/sim/sample_runs.h"

#include <QtTest>
#include <rapidcheck.h>

#include <deque>

using namespace resilience;
using namespace resilience::sim;
using namespace std::chrono_literals;

namespace {

std::shared_ptr<const Scenario> limitedScenario(double rate)
{
    Scenario scenario = tests::calmScenario();
    ClientConfig &client = scenario.clients.front();
    client.arrivals.kind = ArrivalConfig::Kind::Poisson;
    client.arrivals.rate = rate;
    client.pipeline.order = {};
    for (const PolicyKind kind : {PolicyKind::RateLimiter, PolicyKind::CircuitBreaker, PolicyKind::AttemptTimeout})
        client.pipeline.order.append(kind);
    client.pipeline.configured = client.pipeline.order;
    client.pipeline.rateLimiter = limiterConfig(LimiterKind::FixedWindow, 10, 5);
    return std::make_shared<const Scenario>(scenario);
}

// Counted again from all events up to now.
uint64_t mostByHand(const Timeline &run, Duration window)
{
    std::deque<Time> latest;
    size_t most = 0;
    for (const Event &event : tests::eventsSoFar(run)) {
        if (!event.as<Sent>())
            continue;
        latest.push_back(event.at);
        while (event.at - latest.front() >= window)
            latest.pop_front();
        most = std::max(most, latest.size());
    }
    return most;
}

} // namespace

// What goals ask of a whole run, kept turn by turn.
class MilestonesTest : public QObject {
    Q_OBJECT
private slots:
    void theMostInAWindowIsThatOfAllEvents()
    {
        QVERIFY(rc::check([] {
            Timeline run(limitedScenario(*rc::gen::element(2.0, 8.0, 30.0)), *rc::gen::inRange<uint64_t>(0, 1000), {});
            for (int i = 0; i < 4; ++i) { // back as well as forth
                run.runTo(at(Duration{*rc::gen::inRange<int64_t>(0, 30'000'000'000)}));
                RC_ASSERT(run.milestones().mostInAWindow(0) == mostByHand(run, 2s));
            }
        }));
    }

    void itOutlivesTheLog()
    {
        Timeline run(limitedScenario(300));
        run.runTo(at(30s));
        const uint64_t most = run.milestones().mostInAWindow(0);
        QVERIFY(most > 10);
        // Hardly a call passes any more; of those before, the log knows none in the end.
        QVERIFY(!run.intervene(SetFault{0, FaultKind::Hang, 1}));
        run.runTo(at(450s));
        QVERIFY(run.history().log().numbered(run.history().log().firstNumber())->at > at(30s));
        QVERIFY(run.milestones().mostInAWindow(0) >= most);
    }

    void otherSettingsBeginAnew()
    {
        LimiterWindow window;
        const AnyLimiterConfig ten = limiterConfig(LimiterKind::FixedWindow, 10, 5);
        for (int i = 0; i < 8; ++i)
            window.add(at(1s), ten);
        QCOMPARE(window.most(), uint64_t(8));
        window.add(at(3s - 1ns), ten);
        QCOMPARE(window.most(), uint64_t(9));
        window.add(at(3s), ten);
        QCOMPARE(window.most(), uint64_t(9)); // the eight are out of it
        window.add(at(3s), limiterConfig(LimiterKind::FixedWindow, 5, 5));
        QCOMPARE(window.most(), uint64_t(3));
        for (size_t i = 0; i < 2 * LimiterWindow::kMost; ++i)
            window.add(at(3s), ten);
        QCOMPARE(window.most(), uint64_t(LimiterWindow::kMost));
    }

    // A service that stays down by itself, as its own goodput tells second by second; and nothing of the kind.
    void stuckIsWhatTheGoodputSays()
    {
        for (const bool hopeless : {false, true}) {
            Scenario scenario = tests::calmScenario();
            scenario.services.front().errorRate = hopeless ? 1.0 : 0.0;
            const auto shared = std::make_shared<const Scenario>(scenario);
            Timeline run(shared);
            run.runTo(at(20s));
            std::optional<Time> first;
            for (Time t = at(Goodput::kOver); t <= run.now() && !first; t += 1s)
                if (goodputAt(run.history(), scenario, t).metastable())
                    first = t;
            QCOMPARE(first.has_value(), hopeless);
            QVERIFY(run.milestones().stuck() == first);
            QVERIFY(!run.milestones().recovered());
            run.runTo(at(Goodput::kOver) - 1ns);
            QVERIFY(!run.milestones().stuck()); // it goes back with the run
        }
    }
};

REGISTER_TEST(MilestonesTest)
#include "milestones_test.moc"
