// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sim/run/recent_traffic.h"
#include "labs/catalog.h"
#include "tests/register_test.h"

#include <QtTest>

#include <map>

using namespace resilience;
using namespace resilience::sim;

namespace {

// Counted anew from the log: by second, and by second and client.
std::pair<std::map<int64_t, RecentTraffic::Service>, std::map<std::pair<uint32_t, int64_t>, RecentTraffic::Lane>>
countedFromLog(const Timeline &run)
{
    std::map<int64_t, RecentTraffic::Service> services;
    std::map<std::pair<uint32_t, int64_t>, RecentTraffic::Lane> lanes;
    for (uint64_t number = 1; number <= run.lastEvent(); ++number) {
        const Event &event = *run.history().log().numbered(number);
        if (event.caller)
            continue;
        const int64_t second = event.at.time_since_epoch() / std::chrono::seconds{1};
        RecentTraffic::Service &service = services[second];
        RecentTraffic::Lane &lane = lanes[{event.actor.index, second}];
        if (event.as<Sent>())
            ++lane.sent;
        if (event.as<ReachedService>() && event.attempt == 1)
            ++service.first;
        if (event.as<ReachedService>() && event.attempt > 1)
            ++service.again;
        if (event.as<LateAnswer>())
            ++service.late;
        if (const auto *finished = event.as<Finished>()) {
            lane.succeeded += finished->outcome == RequestOutcome::Succeeded;
            lane.failed += finished->outcome != RequestOutcome::Succeeded;
            service.inTime += finished->outcome == RequestOutcome::Succeeded;
        }
    }
    return {services, lanes};
}

} // namespace

// The last minute by seconds is what the log says, at any moment of any scenario of the retry step.
class RecentTrafficTest : public QObject {
    Q_OBJECT
private slots:
    void everySecondIsTheLogs()
    {
        for (const auto &scenario : labs::labWithId("retry")->scenarios) {
            Timeline run(scenario);
            for (const double when : {0.0, 0.4, 3.7, 11.0, 29.95, 58.2, 75.3}) {
                run.runTo(at(fromSeconds(when)));
                const RecentTraffic traffic = recentTrafficOf(run);
                auto [services, lanes] = countedFromLog(run);
                const int64_t first = traffic.from.time_since_epoch() / std::chrono::seconds{1};
                QCOMPARE(traffic.from, at(std::chrono::seconds{std::max<int64_t>(0, int64_t(when) - 60)}));
                QCOMPARE(traffic.bins(), size_t(int64_t(when) - first + 1));
                for (size_t i = 0; i < traffic.bins(); ++i) {
                    const int64_t second = first + int64_t(i);
                    QVERIFY(traffic.service[i] == services[second]);
                    for (uint32_t client = 0; client < traffic.lanes.size(); ++client)
                        QVERIFY((traffic.lanes[client][i] == lanes[{client, second}]));
                }
            }
        }
    }
};

REGISTER_TEST(RecentTrafficTest)
#include "recent_traffic_test.moc"
