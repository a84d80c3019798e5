// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sim/measure/chart.h"
#include "core/sim/measure/history.h"
#include "core/sim/measure/sides.h"
#include "tests/register_test.h"

#include <QtTest>

using namespace resilience;
using namespace resilience::sim;
using namespace std::chrono_literals;

namespace {

Event endedAt(Duration t, RequestOutcome outcome, uint64_t number)
{
    return {.at = at(t), .number = number, .ends = Ending{outcome, 10ms, 1}, .detail = Finished{.outcome = outcome}};
}

ClientConfig client(const char *name, const char *tape)
{
    ClientConfig config;
    config.name = name;
    config.arrivals.arrivalStream = tape;
    return config;
}

std::vector<Side> sides(std::vector<ClientConfig> clients)
{
    Scenario scenario;
    scenario.clients = std::move(clients);
    return sidesOf(scenario);
}

} // namespace

// Bars: their width, where they are cut, and what is in them.
class ChartCellsTest : public QObject {
    Q_OBJECT
private slots:
    void barsAreSecondsOrWider_data()
    {
        QTest::addColumn<qint64>("spanMs");
        QTest::addColumn<int>("most");
        QTest::addColumn<qint64>("widthMs");
        QTest::newRow("half a minute") << qint64(30'000) << 160 << qint64(1000);
        QTest::newRow("two minutes") << qint64(120'000) << 160 << qint64(1000);
        QTest::newRow("sixteen minutes") << qint64(970'000) << 160 << qint64(10'000);
        QTest::newRow("zoomed in") << qint64(5000) << 160 << qint64(200);
        QTest::newRow("no room") << qint64(30'000) << 10 << qint64(5000);
        QTest::newRow("the bins are wider") << qint64(500) << 160 << qint64(100);
    }
    void barsAreSecondsOrWider()
    {
        QFETCH(qint64, spanMs);
        QFETCH(int, most);
        QFETCH(qint64, widthMs);
        QCOMPARE(barWidth(spanMs * 1ms, size_t(most), 1s, 100ms), Duration{widthMs * 1ms});
    }

    void aBarIsAMultipleOfItsBins()
    {
        for (const Duration grain : {1ms, 2ms, 5ms, 50ms, 200ms, 500ms})
            for (int64_t span = 1; span < 2'000'000; span = span * 3 / 2 + 1)
                QCOMPARE(barWidth(span * 1ms, 200, 1s, grain) % grain, Duration{0});
    }

    void aFailureThatOpensLiesBeforeTheCut()
    {
        OutcomeSeries series(100ms);
        series.add(endedAt(6400ms, RequestOutcome::Failed, 7));
        series.cut(at(6400ms), 8);
        series.add(endedAt(6400ms, RequestOutcome::ShortCircuited, 9));
        series.add(endedAt(6900ms, RequestOutcome::ShortCircuited, 10));
        const auto cells = cellsOf(series, at(6s), at(7s), 1s, true);
        QCOMPARE(cells.size(), size_t(2));
        QCOMPARE(cells[0].to, at(6400ms));
        QCOMPARE(cells[0].counts.of(RequestOutcome::Failed), 1U);
        QCOMPARE(cells[0].counts.of(RequestOutcome::ShortCircuited), 0U);
        QCOMPARE(cells[1].from, at(6400ms));
        QCOMPARE(cells[1].cutBy, uint64_t(8));
        QCOMPARE(cells[1].counts.of(RequestOutcome::Failed), 0U);
        QCOMPARE(cells[1].counts.of(RequestOutcome::ShortCircuited), 2U);
        QCOMPARE(cellsOf(series, at(6s), at(7s), 1s, false).size(), size_t(1));
    }

    void onTheEdgeOfABarItGoesToTheOneBefore()
    {
        OutcomeSeries series(100ms);
        series.add(endedAt(5500ms, RequestOutcome::Succeeded, 1));
        series.add(endedAt(6s, RequestOutcome::Failed, 2));
        series.cut(at(6s), 3);
        series.add(endedAt(6s, RequestOutcome::ShortCircuited, 4));
        const auto cells = cellsOf(series, at(5s), at(7s), 1s, true);
        QCOMPARE(cells.size(), size_t(2));
        QCOMPARE(cells[0].counts.of(RequestOutcome::Failed), 1U);
        QCOMPARE(cells[1].counts.of(RequestOutcome::Failed), 0U);
        QCOMPARE(cells[1].counts.of(RequestOutcome::ShortCircuited), 1U);
    }

    void cutsSurviveWiderBins()
    {
        OutcomeSeries series(1ms);
        uint64_t number = 0;
        for (int i = 0; i < 40'000; ++i) {
            if (i > 0 && i % 7003 == 0)
                series.cut(at(i * 1ms), number + 1);
            series.add(
                endedAt(i * 1ms, i / 7003 % 2 == 0 ? RequestOutcome::Succeeded : RequestOutcome::Failed, ++number));
        }
        QCOMPARE(series.binWidth(), Duration{10ms});
        const auto cells = cellsOf(series, kTimeZero, at(40s), 1s, true);
        uint64_t total = 0;
        for (const ChartCell &cell : cells) {
            QVERIFY2(cell.counts.of(RequestOutcome::Succeeded) == 0 || cell.counts.notSucceeded() == 0,
                     "no bar lies in two states");
            total += cell.counts.of(RequestOutcome::Succeeded) + cell.counts.notSucceeded();
        }
        QCOMPARE(total, uint64_t(40'000));
        QCOMPARE(cells.size(), size_t(45));
    }

    void copiesOfTheSameCallsAreSides()
    {
        QVERIFY(sides({client("a", ""), client("b", "")}).empty());
        QVERIFY(sides({client("a", "one"), client("b", "two")}).empty());
        const auto two = sides({client("usual-order", "same"), client("your-order", "same")});
        QCOMPARE(two.size(), size_t(2));
        QCOMPARE(two[1].name, std::string("your-order"));
        QVERIFY(two[1].ours && !two[0].ours);
        const auto pools = sides({client("orders-shared", "o"), client("reports-shared", "r"),
                                  client("orders-split", "o"), client("reports-split", "r")});
        QCOMPARE(pools.size(), size_t(2));
        QCOMPARE(pools[0].name, std::string("shared"));
        QVERIFY(pools[1].clients == (std::vector<uint32_t>{2, 3}));
        const auto many = sides({client("a", "x"), client("b", "x"), client("c", "x"), client("d", "")});
        QCOMPARE(many.size(), size_t(4));
        QVERIFY(many.front().ours && !many.back().ours);
    }

    void everyChartIsKnownByItsName()
    {
        const auto gauges = gaugeSpecs();
        for (const ChartSpec &one : charts()) {
            QCOMPARE(chartNamed(one.id), &one);
            QVERIFY(one.form == ChartForm::Levels ? std::any_of(
                        gauges.begin(), gauges.end(), [&one](const GaugeSpec &gauge) { return gauge.chart == one.id; })
                                                  : !one.curves.empty() && one.perSide);
        }
        QVERIFY(!chartNamed("nonsense"));
        QVERIFY_THROWS_EXCEPTION(std::out_of_range, chartsNamed({"nonsense"}));
    }
};

REGISTER_TEST(ChartCellsTest)
#include "chart_cells_test.moc"
