// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/sweep/sweep_csv.h"
#include "core/io/sweep/sweep_manifest.h"
#include "core/io/sweep/vary_text.h"
#include "core/sim/run/timeline.h"
#include "core/sim/world/knobs.h"
#include "labs/catalog.h"
#include "tests/register_test.h"

#include <QtTest>

using namespace resilience;
using namespace resilience::sim;

// Many runs of the scenarios that the steps have.
class SweepTest : public QObject {
    Q_OBJECT

    static const Scenario &storm() { return *labs::labWithId("retry")->scenario("storm"); }
    static io::SweepManifest stormManifest()
    {
        auto manifest = io::manifestOf(io::sessionOf(storm()), "1.2.3");
        const KnobAddresses addresses(storm());
        for (const char *text : {"arrival_rate=0.5..2:4", "max_attempts=1,5"})
            manifest.sweep.axes.push_back(*io::parseVary(text, addresses, "--vary"));
        manifest.sweep.firstSeed = 3;
        manifest.sweep.seeds = 2;
        return manifest;
    }

private slots:
    // A run without a history is the same run.
    void leanRunsAreTheSameRuns_data()
    {
        QTest::addColumn<int>("lab");
        QTest::addColumn<int>("scenario");
        const auto &labs = labs::catalog();
        for (size_t i = 0; i < labs.size(); ++i)
            for (size_t j = 0; j < labs[i].scenarios.size(); ++j)
                QTest::newRow(labs[i].scenarios[j]->name.c_str()) << int(i) << int(j);
    }
    void leanRunsAreTheSameRuns()
    {
        QFETCH(int, lab);
        QFETCH(int, scenario);
        const auto shared = labs::catalog()[size_t(lab)].scenarios[size_t(scenario)];
        Timeline timeline(shared, shared->seed, shared->script, History::Keeps::Events);
        timeline.runTo(at(shared->until));
        LeanRun lean(*shared, shared->seed, shared->script, shared->until);
        while (!lean.playOn(1000))
            ;
        QVERIFY(!lean.refusal());
        QVERIFY(lean.world() == timeline.world());
        const Totals &totals = timeline.world().totals();
        OutcomeCounts counts;
        for (const OutcomeCounts &bin : lean.tally().series().bins())
            counts.merge(bin);
        QCOMPARE(uint64_t(counts.offered), totals.offered);
        QCOMPARE(uint64_t(counts.of(RequestOutcome::Succeeded)), totals.of(RequestOutcome::Succeeded));
        QCOMPARE(uint64_t(counts.sent), totals.attempts);
        QCOMPARE(totals.of(RequestOutcome::Succeeded), lean.tally().successTimes().count());
    }

    void everyMetricReadsWhatTheScenarioHas()
    {
        for (const labs::Lab &lab : labs::catalog())
            for (const auto &scenario : lab.scenarios) {
                LeanRun lean(*scenario, scenario->seed, scenario->script, scenario->until);
                lean.playOn();
                const auto usual = usualMetrics(*scenario);
                QVERIFY(!usual.empty());
                for (const MetricSpec *metric : metricsOf(*scenario)) {
                    QCOMPARE(metricNamed(metric->id()), metric);
                    const auto value = metric->read(lean);
                    QVERIFY2(!value || (*value >= 0 && *value < 1e6), std::string(metric->id()).c_str());
                }
            }
    }

    void cellsAndSeedsAreCountedWithTheLastFirst()
    {
        const Sweep sweep = stormManifest().sweep;
        QCOMPARE(sweep.cells(), uint64_t{8});
        QCOMPARE(sweep.runs(), uint64_t{16});
        QCOMPARE(sweep.valuesOf(0), (std::vector<double>{0.5, 1}));
        QCOMPARE(sweep.valuesOf(1), (std::vector<double>{0.5, 5}));
        QCOMPARE(sweep.valuesOf(2), (std::vector<double>{1, 1}));
        QCOMPARE(sweep.cellOf(5), uint64_t{2});
        QCOMPARE(sweep.seedOf(5), uint64_t{4});
    }

    // What a row says is what that run comes to by itself.
    void aRowIsThatVeryRun()
    {
        const Sweep sweep = stormManifest().sweep;
        for (const uint64_t run : {uint64_t{0}, uint64_t{7}, uint64_t{15}}) {
            const auto swept = playSwept(sweep, run, {});
            Timeline timeline(sweep.scenario, sweep.seedOf(run), sweep.journalOf(sweep.cellOf(run)));
            timeline.runTo(at(sweep.until));
            QCOMPARE(swept->fingerprint, timeline.world().fingerprint().text());
            const Totals &totals = timeline.world().totals();
            QCOMPARE(sweep.metrics[0]->id(), std::string_view("goodput"));
            QCOMPARE(*swept->values[0], double(totals.of(RequestOutcome::Succeeded)) / double(totals.offered));
            QCOMPARE(*swept->values[1], totals.attemptsPerCall());
        }
        Sweep longer = sweep;
        longer.until = std::chrono::hours{1};
        QVERIFY(!playSwept(longer, 0, [] { return true; }));
    }

    void theManifestReadsBackAsItself()
    {
        const io::SweepManifest manifest = stormManifest();
        const std::string text = io::manifestToJson(manifest);
        const auto read = io::readManifest(text, "manifest.json");
        QVERIFY2(read, read ? "" : read.error().message().c_str());
        QCOMPARE(read->id(), manifest.id());
        QCOMPARE(io::manifestToJson(*read), text);
        QCOMPARE(*playSwept(read->sweep, 9, {}), *playSwept(manifest.sweep, 9, {}));
        io::SweepManifest other = manifest;
        other.sweep.seeds = 3;
        QVERIFY(other.id() != manifest.id());
        std::string changed = text;
        changed.replace(changed.find("1.2.3"), 5, "1.2.4");
        QVERIFY(!io::readManifest(changed, "manifest.json"));
    }

    void linesReadBackAsTheirValues()
    {
        const Sweep sweep = stormManifest().sweep;
        const SweptRun run = *playSwept(sweep, 3, {});
        const std::string line = io::runResult(run);
        QCOMPARE(*io::valuesIn(line, sweep), run.values);
        for (const std::string &wrong : {line + "0", line.substr(1 + line.find(',')), "x" + line, std::string()})
            QVERIFY(!io::valuesIn(wrong, sweep));
        QCOMPARE(io::runsHeader(sweep), std::string("cell,arrival_rate,max_attempts,seed,goodput,amplification,p50,p99,"
                                                    "failed,rejected,wasted,fingerprint\n"));
        QVERIFY(io::runsLine(sweep, 3, line).starts_with("1,0.5,5,4,"));
    }

    void ranges_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("values");
        const auto row = [](const char *text, const char *values) { QTest::newRow(text) << text << values; };
        row("max_attempts=3", "3");
        row("max_attempts=1..5:3", "1 3 5");
        row("max_attempts=1..4:9", "1 2 3 4");
        row("max_attempts=1..16:5:log", "1 2 4 8 16");
        row("arrival_rate=0.1..1000:5:log", "0.1 1 10 100 1000");
        row("arrival_rate=1..2:1", "--vary: found 1 values, expected 2 to 10000");
        row("arrival_rate=1..1:1", "1");
        row("arrival_rate=0.1..0.4:4", "0.1 0.2 0.3 0.4");
        row("arrival_rate=2..1:4", "--vary: found the empty range 2..1, expected LO..HI with LO at most HI");
        row("arrival_rate=0..1:4:log", "--vary: found the logarithmic range 0..1, expected one that begins above 0");
        row("arrival_rate=1..2", "--vary: found \"1..2\", expected LO..HI:N or LO..HI:N:log");
        row("arrival_rate=1..2:3:lin", "--vary: found \"1..2:3:lin\", expected LO..HI:N or LO..HI:N:log");
        row("arrival_rate=1,1.0", "--vary arrival_rate: found 1.0 again, expected each value once");
        row("arrival_rate=", "--vary arrival_rate: found \"\", expected a number from 0.1 to 1000");
        row("jitter=none..full:2", "--vary: found the range none..full:2, expected a list, of one of none, full, "
                                   "equal, decorrelated");
        row("arival_rate=1", "--vary: found the unknown knob \"arival_rate\", expected one of ");
    }
    void ranges()
    {
        QFETCH(QString, text);
        QFETCH(QString, values);
        const auto axis = io::parseVary(text.toStdString(), KnobAddresses(storm()), "--vary");
        QString found;
        if (axis)
            for (const double value : axis->values)
                found +=
                    (found.isEmpty() ? "" : " ") + QString::fromStdString(formatKnobValue(knobs()[axis->knob], value));
        else
            found = QString::fromStdString(axis.error().message());
        QVERIFY2(found == values || (!axis && found.startsWith(values)), qPrintable(found));
    }
};
REGISTER_TEST(SweepTest)

#include "sweep_test.moc"
