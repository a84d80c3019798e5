// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sim/sweep/lean_run.h"
#include "core/sim/world/world.h"
#include "tests/register_test.h"
#include "tests/sim/flow_setup.h"

#include <QtTest>

#include <cmath>

using namespace resilience;
using namespace resilience::sim;
using namespace std::chrono_literals;

// The simulation against what theory says of the same queues, so that a band of many runs can be believed: Poisson
// arrivals, exponential service, c servers, room for all who wait (Erlang, 1917; Kleinrock, "Queueing Systems", 1975).
class QueueingTheoryTest : public QObject {
    Q_OBJECT

    static constexpr double kArrivals = 1'000'000;
    static constexpr double kPerSecond = 100; // of a server

    static Scenario queue(uint32_t servers, double load)
    {
        Scenario scenario = tests::bare({});
        scenario.networkLatency = 0s;
        ServiceConfig &service = scenario.services[0];
        service.law = LatencyLaw::Exponential;
        service.latency = fromSeconds(1 / kPerSecond);
        service.workers = servers;
        service.queue = 100'000;
        scenario.clients[0].arrivals.kind = ArrivalConfig::Kind::Poisson;
        scenario.clients[0].arrivals.rate = load * servers * kPerSecond;
        return scenario;
    }

    // The mean time in the queue, in seconds: Erlang's C over what is left of the servers.
    static double meanWait(uint32_t servers, double load)
    {
        const double offered = load * servers; // in erlangs
        double term = 1; // offered^n / n!
        double sum = 0;
        for (uint32_t n = 0; n < servers; ++n) {
            sum += term;
            term *= offered / (n + 1);
        }
        const double busy = term / (1 - load);
        return busy / (sum + busy) / (servers * kPerSecond * (1 - load));
    }

private slots:
    void meanWaitingTimes_data()
    {
        QTest::addColumn<int>("servers");
        QTest::addColumn<double>("load");
        for (const auto &[servers, load] : {std::pair(1, 0.5), {1, 0.7}, {1, 0.8}, {2, 0.7}, {4, 0.8}, {8, 0.9}})
            QTest::addRow("M/M/%d, %.0f %% busy", servers, load * 100) << servers << load;
    }
    void meanWaitingTimes()
    {
        QFETCH(int, servers);
        QFETCH(double, load);
        const Scenario scenario = queue(uint32_t(servers), load);
        LeanRun run(scenario, 1, {}, fromSeconds(kArrivals / (load * servers * kPerSecond)));
        QVERIFY(run.playOn());
        QVERIFY(run.tally().successTimes().count() > kArrivals * 0.99);
        const double wait = *run.tally().successTimes().mean() - 1 / kPerSecond;
        const double expected = meanWait(uint32_t(servers), load);
        const double wrong = std::abs(wait - expected) / expected;
        QVERIFY2(wrong < 0.02, qPrintable(QString("%1 s, expected %2 s").arg(wait).arg(expected)));
    }

    // One server: 1 / (mu - lambda) in all.
    void theFormulaItself()
    {
        for (const double load : {0.1, 0.5, 0.9})
            QVERIFY(std::abs(meanWait(1, load) + 1 / kPerSecond - 1 / (kPerSecond * (1 - load))) < 1e-12);
    }

    // Its whole distribution is known with one server: P(T > t) = exp(-(mu - lambda) t).
    void percentilesOfOneServer()
    {
        constexpr double load = 0.5;
        LeanRun run(queue(1, load), 2, {}, fromSeconds(kArrivals / (load * kPerSecond)));
        QVERIFY(run.playOn());
        for (const double share : {0.5, 0.95, 0.99}) {
            const double expected = -std::log(1 - share) / (kPerSecond * (1 - load));
            QVERIFY(std::abs(*run.tally().successTimes().percentile(share) - expected) < expected * 0.02);
        }
    }
};
REGISTER_TEST(QueueingTheoryTest)

#include "queueing_theory_test.moc"
