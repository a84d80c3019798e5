// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/register_test.h"
#include "tests/widgets/time_samples.h"
#include "widgets/time/chart_csv.h"

#include <QtTest>

using namespace resilience;
using namespace resilience::sim;
using namespace std::chrono_literals;

class ChartCsvTest : public QObject {
    Q_OBJECT

private slots:
    void quotesWhatNeedsIt()
    {
        const widgets::CsvTable table{{"plain", "com,ma"}, {{"say \"no\"", "two\nlines"}, {"", "ümlaut"}}};
        QCOMPARE(table.text(), QByteArray("plain,\"com,ma\"\r\n\"say \"\"no\"\"\",\"two\nlines\"\r\n,ümlaut\r\n"));
    }

    void outcomesAreCountedInEveryBar()
    {
        widgets::TimeSource source;
        source.frontier = at(10s);
        source.outcomes.add(samples::ended(at(50ms), RequestOutcome::Succeeded, 1ms));
        source.outcomes.cut(at(1500ms), 2);
        source.outcomes.add(samples::ended(at(1600ms), RequestOutcome::TimedOut, 1ms));
        QCOMPARE(widgets::chartTable(*chartNamed("outcomes"), source).text(),
                 QByteArray("time_s,bin_s,succeeded,failed,timed_out,short_circuited,rejected,throttled\r\n"
                            "0,1,1,0,0,0,0,0\r\n1,0.5,0,0,0,0,0,0\r\n1.5,0.5,0,0,1,0,0,0\r\n"));
    }

    void latencyIsEmptyWhereThereWasNone()
    {
        widgets::TimeSource source;
        source.frontier = at(2500us);
        source.outcomes = OutcomeSeries(100us);
        source.outcomes.add(samples::ended(at(150us), RequestOutcome::Succeeded, 1ms));
        source.outcomes.add(samples::ended(at(150us), RequestOutcome::Succeeded, 2ms));
        QCOMPARE(widgets::chartTable(*chartNamed("latency"), source).text(),
                 QByteArray("time_s,bin_s,latency_mean_s,latency_max_s\r\n0,0.0001,,\r\n"
                            "0.0001,0.0001,0.0015,0.002\r\n"));
    }

    void eachSideHasRowsOfItsOwn()
    {
        widgets::TimeSource source;
        source.frontier = at(10s);
        source.sides = {{"usual", {0}, false}, {"yours", {1}, true}};
        source.outcomesOf.resize(2, OutcomeSeries(100ms));
        Event event;
        event.detail = Sent{};
        source.outcomesOf[0].add(event);
        source.outcomesOf[1].add(event);
        source.outcomesOf[1].add(event);
        QCOMPARE(widgets::chartTable(*chartNamed("load"), source).text(),
                 QByteArray("time_s,bin_s,side,offered,sent,arrived\r\n0,1,usual,0,1,0\r\n0,1,yours,0,2,0\r\n"));
    }

    void levelsHaveAColumnForEveryGauge()
    {
        auto run = samples::crowdedRun(4, 40s);
        run.runTo(at(10s));
        const auto source = samples::sourceOf(run);
        const auto table = widgets::chartTable(*chartNamed("levels"), source);
        QCOMPARE(table.header.size(), 1 + source.levels.gauges().size());
        QCOMPARE(table.header[1], std::string("permits:shop 1"));
        QCOMPARE(table.header.back(), std::string("queue:payment"));
        QVERIFY(table.rows.size() > 200);
        auto again = samples::crowdedRun(4, 40s);
        for (size_t i = 0; i < table.rows.size(); ++i) {
            const auto &row = table.rows[i];
            QCOMPARE(row.size(), table.header.size());
            if (i + 1 < table.rows.size() && table.rows[i + 1][0] == row[0])
                continue; // before the jump of the next row
            const Time t = at(fromSeconds(std::stod(row[0])));
            again.runTo(t);
            for (size_t gauge = 0; gauge < source.levels.gauges().size(); ++gauge)
                QVERIFY(std::abs(std::stod(row[gauge + 1]) - read(source.levels.gauges()[gauge], again.world(), t))
                        < 1e-5);
        }
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
        // Whose it was turned stands where it was one's.
        QVERIFY(!run.intervene(sim::TurnKnob{*sim::knobNamed("service_latency"), 0.5, sim::KnobTarget::service(0)}));
        QCOMPARE(widgets::lanesTable(samples::sourceOf(run)).rows.back(),
                 (std::vector<std::string>{"40", "", "knob", "payment-service", "service_latency", "0.5", "s"}));
        QVERIFY(table.text().contains("\r\n28,30.4,fault,payment-service,error-rate,0.5,\r\n"));
    }
};

REGISTER_TEST(ChartCsvTest)
#include "chart_csv_test.moc"
