// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/register_test.h"
#include "tests/widgets/time_samples.h"
#include "widgets/time/chart_data.h"
#include "widgets/time/chart_levels.h"

#include <QtTest>

using namespace resilience;
using namespace resilience::sim;
using namespace std::chrono_literals;
using widgets::ChartData;
using widgets::TimeAxis;

namespace {

constexpr double kWidth = 1000;

widgets::TimeSource sourceWith(const OutcomeSeries &series, Duration until)
{
    widgets::TimeSource source;
    source.until = until;
    source.frontier = at(until);
    source.outcomes = series;
    return source;
}

ChartData chart(const widgets::TimeSource &source, const char *id, double width = kWidth)
{
    return widgets::chartDataOf(source,
                                {chartNamed(id), TimeAxis(kTimeZero, at(source.until), 0, width), source.frontier});
}
ChartData chart(const OutcomeSeries &series, const char *id, Duration length)
{
    return chart(sourceWith(series, length), id);
}

// `rate` successes a second, evenly, for `length`.
OutcomeSeries steady(int rate, Duration length, Duration bin)
{
    OutcomeSeries series(bin);
    for (int64_t i = 0; i < rate * (length / 1s); ++i)
        series.add(samples::ended(at(Duration{1s} * i / rate), RequestOutcome::Succeeded, 200ms));
    return series;
}

void addTo(OutcomeSeries &series, Time t, const EventDetail &detail, Subject caller = {})
{
    Event event;
    event.at = t;
    event.caller = caller;
    event.detail = detail;
    series.add(event);
}

size_t pointsOf(const ChartData &data)
{
    size_t count = data.bars.size();
    for (const auto &curve : data.curves)
        for (const auto &part : curve.parts)
            count += part.size();
    return count;
}

} // namespace

class ChartDataTest : public QObject {
    Q_OBJECT

private slots:
    // What is steady is drawn steady, whatever the rate and the length.
    void aSteadyRateIsTheSameInEveryBar_data()
    {
        QTest::addColumn<int>("rate");
        QTest::addColumn<int>("seconds");
        for (const int rate : {2, 20, 200})
            for (const int seconds : {20, 40, 600})
                QTest::addRow("%d/s for %d s", rate, seconds) << rate << seconds;
    }
    void aSteadyRateIsTheSameInEveryBar()
    {
        QFETCH(int, rate);
        QFETCH(int, seconds);
        const Duration length{seconds * 1s};
        const ChartData data = chart(steady(rate, length, 100ms), "outcomes", length);
        QCOMPARE(data.curves.size(), size_t(1));
        QVERIFY(data.bars.size() >= 10 && data.bars.size() <= size_t(kWidth) / 6);
        for (const widgets::Bar &bar : data.bars)
            QCOMPARE(bar.counts.at(0), uint32_t(std::lround(rate * (bar.to - bar.from))));
        QCOMPARE(data.bars.front().to, data.barSeconds);
        QVERIFY(data.title.startsWith(QLatin1String("calls that ended, each ")));
    }

    void aRushIsMarkedAndSoIsWorkForNobody()
    {
        OutcomeSeries series(100ms);
        for (int second = 0; second < 30; ++second) {
            const bool rush = second >= 10 && second < 18;
            const int byChance = second == 4 ? 30 : 20;
            for (int i = 0; i < (rush ? 60 : byChance); ++i)
                addTo(series, at(second * 1s + i * 15ms), Offered{});
            for (int i = 0; i < 40; ++i) {
                addTo(series, at(second * 1s + i * 20ms), Answered{.forNobody = second >= 15});
                addTo(series, at(second * 1s + i * 20ms), Answered{.forNobody = true},
                      Subject::service(0)); // not to a client
            }
        }
        auto source = sourceWith(series, 30s);
        source.usual = 20;
        const ChartData data = chart(source, "goodput");
        QCOMPARE(data.rushes, (std::vector<widgets::Rush>{{10, 18}}));
        QVERIFY(chart(source, "load").rushes.empty());
        const auto curve = std::find_if(data.curves.begin(), data.curves.end(), [](const widgets::Curve &one) {
            return one.look.role == CurveRole::ForNobody;
        });
        QVERIFY(curve != data.curves.end());
        QCOMPARE(curve->valueAt(12.5).value_or(-1), 0.0);
        QCOMPARE(curve->valueAt(20.5).value_or(-1), 40.0);
    }

    void pointsDependOnPixelsNotOnLength()
    {
        for (const char *id : {"outcomes", "latency", "latency-percentiles", "load", "arrivals", "goodput", "lost"})
            for (const Duration length : {Duration{40s}, Duration{600s}, Duration{3600s}}) {
                OutcomeSeries series(length / 400);
                uint64_t draw = 1;
                for (Duration t{}; t < length; t += length / 100'000) { // noise, so that nothing is straight
                    draw = draw * 6364136223846793005ULL + 1442695040888963407ULL;
                    series.add(
                        samples::ended(at(t), kRequestOutcomes[(draw >> 40) % 4], Duration{int64_t(draw >> 35)}));
                    addTo(series, at(t), ReachedService{});
                }
                const ChartData data = chart(series, id, length);
                QVERIFY(!data.curves.empty());
                QVERIFY(pointsOf(data) <= data.curves.size() * size_t(kWidth));
            }
    }

    void aBarHoldsWhatWasCountedInIt()
    {
        OutcomeSeries series(100ms);
        series.add(samples::ended(at(10s), RequestOutcome::Failed, 200ms));
        series.add(samples::ended(at(10900ms), RequestOutcome::Succeeded, 200ms));
        const ChartData data = chart(series, "outcomes", 40s);
        QCOMPARE(data.bars.size(), size_t(1));
        QCOMPARE(data.bars[0].from, 10.0);
        QCOMPARE(data.bars[0].to, 11.0);
        QVERIFY(data.bars[0].counts == (std::vector<uint32_t>{1, 1}));
        QCOMPARE(data.top, 3.0);
        QCOMPARE(widgets::readingAt(data, 1, 10.5).value(), QStringLiteral("1 in 1 s"));
        QVERIFY(!widgets::readingAt(data, 1, 12));
        const ChartData latency = chart(series, "latency", 40s);
        QCOMPARE(latency.curves.at(0).parts.at(0).front().x(), 10.0);
        QCOMPARE(latency.curves.at(0).parts.at(0).back().x(), 11.0);
    }

    void aBarEndsWherePlayEnds()
    {
        auto source = sourceWith(steady(2, 40s, 100ms), 40s);
        source.frontier = at(15'250ms);
        const ChartData early = chart(source, "outcomes");
        QCOMPARE(early.bars.back().to, 15.25);
        source.frontier = at(30s);
        const ChartData late = chart(source, "outcomes");
        for (size_t i = 0; i + 1 < early.bars.size(); ++i)
            QVERIFY(early.bars[i] == late.bars[i]);
    }

    void onlyWhatOccurredHasACurve()
    {
        OutcomeSeries series(100ms);
        QVERIFY(chart(series, "outcomes", 40s).curves.empty());
        QVERIFY(chart(series, "latency", 40s).curves.empty());
        series.add(samples::ended(at(1s), RequestOutcome::TimedOut, 1s));
        const ChartData data = chart(series, "outcomes", 40s);
        QCOMPARE(data.curves.size(), size_t(1));
        QCOMPARE(data.curves[0].look.outcome().value(), RequestOutcome::TimedOut);
    }

    void latencyHasGapsAndUnits_data()
    {
        QTest::addColumn<qint64>("unit");
        QTest::addColumn<QString>("name");
        QTest::newRow("seconds") << qint64(1'000'000'000) << "s";
        QTest::newRow("milliseconds") << qint64(1'000'000) << "ms";
        QTest::newRow("microseconds") << qint64(1'000) << "µs";
    }
    void latencyHasGapsAndUnits()
    {
        QFETCH(qint64, unit);
        QFETCH(QString, name);
        OutcomeSeries series(100ms);
        for (const int second : {1, 2, 3, 20, 21})
            for (const int took : {2, 6})
                series.add(samples::ended(at(second * 1s), RequestOutcome::Succeeded, Duration{unit * took}));
        const ChartData data = chart(series, "latency", 40s);
        QCOMPARE(data.unit, name);
        QCOMPARE(data.title, QStringLiteral("latency, ") + name);
        QCOMPARE(data.curves.size(), size_t(2));
        QCOMPARE(data.curves[0].parts.size(), size_t(2));
        QCOMPARE(data.curves[0].parts[0].front().y(), 4.0);
        QCOMPARE(data.curves[1].parts[0].front().y(), 6.0);
        QVERIFY(!data.curves[0].valueAt(10));
        QVERIFY(data.top >= 6);
    }

    void loadCountsCallsAndAttempts()
    {
        OutcomeSeries series(100ms);
        QVERIFY(chart(series, "load", 40s).curves.empty());
        for (Time t = kTimeZero; t < at(40s); t += 250ms) { // every call is tried three times, two of those arrive
            addTo(series, t, Offered{});
            for (int attempt = 0; attempt < 3; ++attempt)
                addTo(series, t, Sent{});
            addTo(series, t, ReachedService{});
            addTo(series, t, ReachedService{});
            addTo(series, t, Sent{}, Subject::service(0)); // a service's own call is no attempt of a client's
        }
        const ChartData data = chart(series, "load", 40s);
        QCOMPARE(data.title, QStringLiteral("calls and attempts, each 1 s"));
        QCOMPARE(data.curves.size(), size_t(3));
        for (const auto &[curve, count] : {std::pair{0, 4.0}, {1, 12.0}, {2, 8.0}}) {
            QCOMPARE(data.curves[size_t(curve)].parts.at(0).size(), size_t(2)); // one flat line
            QCOMPARE(data.curves[size_t(curve)].valueAt(20).value(), count);
        }
        QVERIFY(data.top >= 12 && data.top <= 15);
    }

    // Each side has a line of its own, and none is the sum of both.
    void sidesAreNeverAddedUp()
    {
        auto source = sourceWith(steady(5, 40s, 100ms), 40s);
        source.sides = {{"usual", {0}, false}, {"yours", {1}, true}};
        source.outcomesOf = {steady(2, 40s, 100ms), steady(3, 40s, 100ms)};
        for (const char *id : {"outcomes", "goodput"}) {
            const ChartData data = chart(source, id);
            QVERIFY(data.bars.empty());
            QCOMPARE(data.curves.size(), size_t(2));
            QCOMPARE(data.curves[0].word, QStringLiteral("usual"));
            QCOMPARE(data.curves[0].valueAt(20).value(), 2.0);
            QCOMPARE(data.curves[1].valueAt(20).value(), 3.0);
            QVERIFY(data.curves[0].look.role == CurveRole::Other && data.curves[1].look.role == CurveRole::Ours);
            QCOMPARE(data.title, QStringLiteral("succeeded, each 1 s"));
        }
    }

    void levelsStandWhereTheGaugesStood()
    {
        auto run = samples::crowdedRun(1, 40s);
        run.runTo(at(40s));
        const widgets::TimeSource source = samples::sourceOf(run);
        const ChartData data = chart(source, "levels", 1e6);
        QCOMPARE(data.curves.size(), source.levels.gauges().size());
        QStringList words;
        auto again = samples::crowdedRun(1, 40s);
        for (size_t i = 0; i < data.curves.size(); ++i) {
            words << data.curves[i].word;
            QVERIFY(data.top >= source.levels.path(i).most());
        }
        for (Duration t = 13ms; t < 40s; t += 97ms) {
            again.runTo(at(t));
            for (size_t i = 0; i < data.curves.size(); ++i)
                QVERIFY2(std::abs(data.curves[i].valueAt(toSeconds(t)).value()
                                  - read(source.levels.gauges()[i], again.world(), again.now()))
                             < 1e-5,
                         qPrintable(QStringLiteral("%1 at %2 s").arg(words[qsizetype(i)]).arg(toSeconds(t))));
        }
        QCOMPARE(words, (QStringList{"permits", "slots in use", "waiting", "workers busy", "queue"}));
        QVERIFY(data.unit.isEmpty());
        QCOMPARE(data.title, QStringLiteral("how many"));
    }

    void levelsThatMoveComeFirst()
    {
        const ChartSpec &spec = *chartNamed("levels");
        auto run = samples::crowdedRun(4, 40s);
        QCOMPARE(widgets::levelsShown(samples::sourceOf(run), spec).size(), size_t(4)); // the permits: else all is 0
        run.runTo(at(9s)); // only the first shop has called
        const widgets::TimeSource source = samples::sourceOf(run);
        QCOMPARE(source.levels.gauges().size(), size_t(14));
        const std::vector<size_t> shown = widgets::levelsShown(source, spec);
        QCOMPARE(shown.size(), widgets::kCurveVariants);
        QVERIFY(std::is_sorted(shown.begin(), shown.end()));
        for (size_t gauge = 0; gauge < 14; ++gauge)
            if (source.levels.path(gauge).moves())
                QVERIFY2(std::find(shown.begin(), shown.end(), gauge) != shown.end(),
                         qPrintable(QString::number(gauge)));
        const ChartData data = chart(source, "levels");
        QCOMPARE(data.curves.size(), widgets::kCurveVariants);
        QCOMPARE(data.curves.front().word, QStringLiteral("shop 1: permits"));
        QCOMPARE(data.curves.back().word, QStringLiteral("queue"));
        QCOMPARE(data.curves.back().look.variant, widgets::kCurveVariants - 1);
    }

    void levelsAreBoundedByPixelsAndKeepTheirPeaks()
    {
        auto run = samples::crowdedRun(1, 40s);
        run.runTo(at(40s));
        const widgets::TimeSource source = samples::sourceOf(run);
        const ChartData whole = chart(source, "levels", 1e6);
        const ChartData narrow = chart(source, "levels", 40);
        QVERIFY(pointsOf(narrow) < pointsOf(whole));
        for (size_t i = 0; i < narrow.curves.size(); ++i) {
            const auto &points = narrow.curves[i].parts.at(0);
            QVERIFY2(points.size() <= 4 * 42, qPrintable(QString::number(points.size())));
            const auto byHeight = [](const QPointF &a, const QPointF &b) { return a.y() < b.y(); };
            const auto &all = whole.curves[i].parts.at(0);
            const auto [low, high] = std::minmax_element(points.begin(), points.end(), byHeight);
            const auto [lowest, highest] = std::minmax_element(all.begin(), all.end(), byHeight);
            QCOMPARE(low->y(), lowest->y());
            QCOMPARE(high->y(), highest->y());
        }
    }

    void theYAxisTakesRoundSteps_data()
    {
        QTest::addColumn<double>("top");
        QTest::addColumn<double>("height");
        QTest::addColumn<bool>("whole");
        QTest::addColumn<QString>("ticks");
        QTest::newRow("roomy") << 2.0 << 100.0 << false << "0 0.5 1 1.5 2";
        QTest::newRow("tight") << 2.0 << 40.0 << false << "0 1 2";
        QTest::newRow("thirds") << 3.0 << 80.0 << false << "0 1 2 3";
        QTest::newRow("halves of five") << 500.0 << 48.0 << false << "0 250 500";
        QTest::newRow("no quarters of five") << 500.0 << 70.0 << false << "0 250 500";
        QTest::newRow("only the ends") << 3.0 << 30.0 << false << "0 3";
        QTest::newRow("counts") << 2.0 << 100.0 << true << "0 1 2";
        QTest::newRow("no room at all") << 2.0 << 1.0 << false << "0 2";
    }
    void theYAxisTakesRoundSteps()
    {
        QFETCH(double, top);
        QFETCH(double, height);
        QFETCH(bool, whole);
        QFETCH(QString, ticks);
        QStringList found;
        for (const double tick : widgets::valueTicks(top, height, 16, whole))
            found << widgets::valueText(tick);
        QCOMPARE(found.join(u' '), ticks);
    }
};

REGISTER_TEST(ChartDataTest)
#include "chart_data_test.moc"
