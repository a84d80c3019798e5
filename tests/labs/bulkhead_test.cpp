// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sim/world/knobs.h"
#include "labs/catalog.h"
#include "tests/register_test.h"

#include <QtTest>

using namespace resilience;
using namespace resilience::labs;
using namespace resilience::sim;
using namespace std::chrono_literals;

namespace {

Timeline playedBulkhead(const char *scenario, Time until, std::vector<std::pair<const char *, double>> knobs = {},
                        uint64_t seed = 0)
{
    const auto found = labWithId("bulkhead")->scenario(scenario);
    Journal journal = found->script;
    for (const auto &[knob, value] : knobs)
        journal.insert({kTimeZero, 0, TurnKnob{*knobNamed(knob), value}});
    Timeline timeline(found, seed ? seed : found->seed, journal);
    timeline.runTo(until);
    return timeline;
}

Totals totalsOf(const Timeline &run, const char *client)
{
    for (uint32_t i = 0; i < run.world().clients().size(); ++i)
        if (run.world().clients()[i].config().name == client)
            return run.world().flow().totalsByClient()[i];
    return {};
}

// Of the calls that ended between two moments of the same run.
double success(const Totals &before, const Totals &after)
{
    const uint64_t good = after.of(RequestOutcome::Succeeded) - before.of(RequestOutcome::Succeeded);
    const uint64_t all = (after.offered - after.inFlight) - (before.offered - before.inFlight);
    return all == 0 ? 1 : double(good) / double(all);
}

} // namespace

// What the step is about, as numbers.
class BulkheadLabTest : public QObject {
    Q_OBJECT
private slots:
    void nothingIsRejectedWhileBothAreWell()
    {
        QCOMPARE(playedBulkhead("both-well", at(40s)).world().totals().of(RequestOutcome::Rejected), uint64_t(0));
    }

    void splitPoolsKeepTheGoodServiceUp_data()
    {
        QTest::addColumn<QString>("scenario");
        QTest::addColumn<QString>("good");
        QTest::newRow("slow reports") << "slow-reports"
                                      << "orders";
        QTest::newRow("slow authorization") << "slow-authorization"
                                            << "catalogue";
    }
    // From 2 s after the dependency became slow, while it is: on the same seed and arrivals.
    void splitPoolsKeepTheGoodServiceUp()
    {
        QFETCH(QString, scenario);
        QFETCH(QString, good);
        const std::string name = scenario.toStdString();
        const Timeline before = playedBulkhead(name.c_str(), at(7s));
        const Timeline after = playedBulkhead(name.c_str(), at(30s));
        const std::string shared = good.toStdString() + "-shared";
        const std::string split = good.toStdString() + "-split";
        QCOMPARE(totalsOf(after, shared.c_str()).offered, totalsOf(after, split.c_str()).offered);
        const double inShared = success(totalsOf(before, shared.c_str()), totalsOf(after, shared.c_str()));
        const double inSplit = success(totalsOf(before, split.c_str()), totalsOf(after, split.c_str()));
        QVERIFY2(inShared < 0.6, qPrintable(QString::number(inShared)));
        QVERIFY2(inSplit > 0.99, qPrintable(QString::number(inSplit)));
    }

    void aQueueWithoutEndRejectsNobodyAndServesNobodyInTime()
    {
        const Timeline run = playedBulkhead("with-a-queue", at(30s), {{"broken_endless_queue", 1}});
        QCOMPARE(totalsOf(run, "orders-shared").of(RequestOutcome::Rejected), uint64_t(0));
        QVERIFY(run.world().pipelines()[0].bulkhead().queued() > 8);
        QVERIFY(run.history().outcomes().bins().size() > 0);
    }

    void poolsThatAreTooSmallRejectWithoutNeed()
    {
        const Timeline run = playedBulkhead("too-small", at(40s));
        QVERIFY(totalsOf(run, "orders-split").of(RequestOutcome::Rejected)
                > 3 * totalsOf(run, "orders-shared").of(RequestOutcome::Rejected));
    }
};

REGISTER_TEST(BulkheadLabTest)
#include "bulkhead_test.moc"
