// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/register_test.h"
#include "tests/widgets/time_samples.h"
#include "widgets/chart_csv.h"

#include <QtTest>

using namespace resilience;
using namespace resilience::sim;
using namespace std::chrono_literals;
using widgets::ChartKind;

class ChartCsvTest : public QObject {
    Q_OBJECT

private slots:
    void quotesWhatNeedsIt()
    {
        const widgets::CsvTable table{{"plain", "com,ma"}, {{"say \"no\"", "two\nlines"}, {"", "ümlaut"}}};
        QCOMPARE(table.text(), QByteArray("plain,\"com,ma\"\r\n\"say \"\"no\"\"\",\"two\nlines\"\r\n,ümlaut\r\n"));
    }

    void outcomesHaveUnitsAndEveryBin()
    {
        OutcomeSeries series(100ms);
        series.add(samples::ended(at(50ms), RequestOutcome::Succeeded, 1ms));
        series.add(samples::ended(at(250ms), RequestOutcome::TimedOut, 1ms));
        QCOMPARE(
            widgets::chartTable(ChartKind::OutcomesPerSecond, series).text(),
            QByteArray("time_s,bin_s,succeeded_per_s,failed_per_s,timed_out_per_s,short_circuited_per_s,rejected_per_s,"
                       "throttled_per_s\r\n"
                       "0,0.1,10,0,0,0,0,0\r\n0.1,0.1,0,0,0,0,0,0\r\n0.2,0.1,0,0,10,0,0,0\r\n"));
    }

    void latencyIsEmptyWhereThereWasNone()
    {
        OutcomeSeries series(100us);
        series.add(samples::ended(at(150us), RequestOutcome::Succeeded, 1ms));
        series.add(samples::ended(at(150us), RequestOutcome::Succeeded, 2ms));
        QCOMPARE(widgets::chartTable(ChartKind::Latency, series).text(),
                 QByteArray("time_s,bin_s,calls,latency_mean_s,latency_max_s\r\n0,0.0001,0,,\r\n"
                            "0.0001,0.0001,2,0.0015,0.002\r\n"));
    }

    void loadCountsPerSecond()
    {
        OutcomeSeries series(100ms);
        Event event;
        event.detail = Offered{};
        series.add(event);
        event.detail = Sent{};
        series.add(event);
        series.add(event);
        QCOMPARE(widgets::chartTable(ChartKind::Load, series).text(),
                 QByteArray("time_s,bin_s,offered_per_s,sent_per_s,arrived_per_s\r\n0,0.1,10,20,0\r\n"));
    }

    void levelsHaveAColumnForEveryGauge()
    {
        auto run = samples::crowdedRun(4, 40s);
        run.runTo(at(10s));
        const auto source = samples::sourceOf(run);
        const auto table = widgets::chartTable(ChartKind::Levels, source);
        QCOMPARE(table.header.size(), 2 + source.levels.gauges().size());
        QCOMPARE(table.header[2], std::string("permits:shop 1"));
        QCOMPARE(table.header.back(), std::string("queue:payment"));
        QCOMPARE(table.rows.size(), source.levels.values(0).size());
        for (const auto &row : table.rows)
            QCOMPARE(row.size(), table.header.size());
        QCOMPARE(table.rows.front()[3], std::string("0"));
    }

    void lanesTellStatesFaultsAndKnobs()
    {
        auto run = samples::stormyRun(2, 40s);
        run.runTo(at(40s));
        const auto table = widgets::lanesTable(samples::sourceOf(run));
        QCOMPARE(table.header.size(), size_t(7));
        size_t faults = 0;
        for (const auto &row : table.rows) {
            QCOMPARE(row.size(), table.header.size());
            faults += row[2] == "fault";
        }
        QCOMPARE(faults, size_t(3));
        QCOMPARE(table.rows.front()[4], std::string("closed"));
        QCOMPARE(table.rows.back()[4], std::string("failure_threshold"));
        QVERIFY(table.text().contains("\r\n28,30.4,fault,payment-service,error-rate,0.5,\r\n"));
    }
};

REGISTER_TEST(ChartCsvTest)
#include "chart_csv_test.moc"
