// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/register_test.h"
#include "tests/widgets/time_samples.h"
#include "widgets/chart_data.h"
#include "widgets/chart_frame.h"
#include "widgets/chart_levels.h"

#include <QtTest>

#include <numeric>

using namespace resilience;
using namespace resilience::sim;
using namespace std::chrono_literals;
using widgets::ChartData;
using widgets::ChartKind;
using widgets::CurveKind;
using widgets::TimeAxis;

namespace {

constexpr double kWidth = 1000;

// `rate` successes a second, evenly, for `length`.
OutcomeSeries steady(int rate, Duration length, Duration bin)
{
    OutcomeSeries series(bin);
    for (int64_t i = 0; i < rate * (length / 1s); ++i)
        series.add(samples::ended(at(Duration{1s} * i / rate), RequestOutcome::Succeeded, 200ms));
    return series;
}

ChartData chart(const OutcomeSeries &series, ChartKind kind, Duration length, double rate)
{
    return widgets::chartDataOf(series, {kind, TimeAxis(kTimeZero, at(length), 0, kWidth), at(length), rate});
}

void addTo(OutcomeSeries &series, Time t, const EventDetail &detail, uint32_t caller = kNobody)
{
    Event event;
    event.at = t;
    event.caller = caller;
    event.detail = detail;
    series.add(event);
}

ChartData levels(const widgets::TimeSource &source, double width = kWidth)
{
    const Time end = at(source.until);
    return widgets::chartDataOf(source, {ChartKind::Levels, TimeAxis(kTimeZero, end, 0, width), source.frontier, 0});
}

size_t pointsOf(const ChartData &data)
{
    size_t count = 0;
    for (const auto &curve : data.curves)
        for (const auto &part : curve.parts)
            count += part.size();
    return count;
}

} // namespace

class ChartDataTest : public QObject {
    Q_OBJECT

private slots:
    void noCountIsLost_data()
    {
        QTest::addColumn<int>("most");
        for (const int most : {1, 7, 100, 399, 400, 401, 100'000})
            QTest::addRow("%d columns", most) << most;
    }
    void noCountIsLost()
    {
        QFETCH(int, most);
        OutcomeSeries series(100ms);
        uint64_t calls = 0;
        for (int i = 0; i < 5000; ++i, ++calls)
            series.add(samples::ended(at(i * 7919ms % 40s), kRequestOutcomes[i % 4], i * 1us));
        const auto columns = widgets::columnsOf(series, kTimeZero, at(40s), size_t(most));
        QVERIFY(columns.columns.size() <= size_t(most) + 1);
        uint64_t ended = 0, timed = 0;
        int64_t sum = 0, longest = 0;
        for (const auto &column : columns.columns) {
            ended = std::accumulate(column.ended.begin(), column.ended.end(), ended);
            timed += column.timed;
            sum += column.durationSum;
            longest = std::max(longest, column.durationMax);
        }
        QCOMPARE(ended, calls);
        QCOMPARE(timed, calls);
        QCOMPARE(sum, int64_t(1000) * 4999 * 5000 / 2);
        QCOMPARE(longest, int64_t(4'999'000));
    }

    void aCutRangeKeepsItsColumnsInPlace()
    {
        const OutcomeSeries series = steady(10, 40s, 100ms);
        const auto whole = widgets::columnsOf(series, kTimeZero, at(40s), 100);
        const auto cut = widgets::columnsOf(series, at(20s), at(40s), 50);
        QCOMPARE(cut.width, whole.width);
        QCOMPARE(cut.endOf(0), at(20s) + cut.width);
        QCOMPARE(cut.columns.back(), whole.columns.back());
    }

    void aSteadyRateIsItsValue_data()
    {
        QTest::addColumn<int>("rate");
        QTest::addColumn<int>("seconds");
        for (const int rate : {2, 20, 200})
            for (const int seconds : {20, 40, 600})
                QTest::addRow("%d/s for %d s", rate, seconds) << rate << seconds;
    }
    void aSteadyRateIsItsValue()
    {
        QFETCH(int, rate);
        QFETCH(int, seconds);
        const Duration length{seconds * 1s};
        const ChartData data = chart(steady(rate, length, length / 400), ChartKind::OutcomesPerSecond, length, rate);
        QCOMPARE(data.curves.size(), size_t(1));
        for (int percent = 20; percent <= 100; percent += 10) {
            const auto value = data.curves[0].valueAt(at(length * percent / 100));
            QVERIFY(value);
            QVERIFY2(std::abs(*value - rate) <= 0.11 * rate, qPrintable(QString::number(*value)));
        }
        QVERIFY(data.top >= rate && data.top <= 2.0 * rate);
    }

    void pointsDependOnPixelsNotOnLength()
    {
        for (const auto kind : {ChartKind::OutcomesPerSecond, ChartKind::Latency}) {
            for (const Duration length : {Duration{40s}, Duration{600s}, Duration{3600s}}) {
                OutcomeSeries series(length / 400);
                uint64_t draw = 1;
                for (Duration t{}; t < length; t += length / 100'000) { // noise, so that nothing is straight
                    draw = draw * 6364136223846793005ULL + 1442695040888963407ULL;
                    series.add(
                        samples::ended(at(t), kRequestOutcomes[(draw >> 40) % 4], Duration{int64_t(draw >> 35)}));
                }
                const ChartData data = chart(series, kind, length, 100);
                QVERIFY(!data.curves.empty());
                QVERIFY(pointsOf(data) <= data.curves.size() * (size_t(kWidth) * 2));
            }
        }
    }

    void nothingShowsBeforeItHappened()
    {
        OutcomeSeries series(100ms);
        series.add(samples::ended(at(10s), RequestOutcome::Failed, 200ms));
        const ChartData data = chart(series, ChartKind::OutcomesPerSecond, 40s, 2);
        for (const QPointF &point : data.curves.at(0).parts.at(0))
            QVERIFY(point.y() == 0 || (point.x() > 10 && point.x() < 10.2 + toSeconds(data.window)));
        const ChartData latency = chart(series, ChartKind::Latency, 40s, 2);
        QCOMPARE(latency.curves.at(0).parts.at(0).size(), size_t(1));
        QVERIFY(latency.curves[0].parts[0][0].x() >= 10);
    }

    void onlyWhatOccurredHasACurve()
    {
        OutcomeSeries series(100ms);
        QVERIFY(chart(series, ChartKind::OutcomesPerSecond, 40s, 2).curves.empty());
        QVERIFY(chart(series, ChartKind::Latency, 40s, 2).curves.empty());
        series.add(samples::ended(at(1s), RequestOutcome::TimedOut, 1s));
        const ChartData data = chart(series, ChartKind::OutcomesPerSecond, 40s, 2);
        QCOMPARE(data.curves.size(), size_t(1));
        QCOMPARE(data.curves[0].kind, CurveKind::TimedOut);
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
        const ChartData data = chart(series, ChartKind::Latency, 40s, 2);
        QCOMPARE(data.unit, name);
        QCOMPARE(data.curves.size(), size_t(2));
        QCOMPARE(data.curves[0].parts.size(), size_t(2));
        QCOMPARE(data.curves[0].parts[0].front().y(), 4.0);
        QCOMPARE(data.curves[1].parts[0].front().y(), 6.0);
        QVERIFY(!data.curves[0].valueAt(at(10s)));
        QVERIFY(data.top >= 6);
    }

    void whatHasBeenDrawnStays()
    {
        const OutcomeSeries series = steady(2, 40s, 100ms);
        const TimeAxis axis(kTimeZero, at(40s), 0, kWidth);
        const auto early = widgets::chartDataOf(series, {ChartKind::OutcomesPerSecond, axis, at(15s), 2});
        const auto late = widgets::chartDataOf(series, {ChartKind::OutcomesPerSecond, axis, at(30s), 2});
        for (Duration t{}; t < 14s; t += 50ms)
            QVERIFY(std::abs(*early.curves[0].valueAt(at(t)) - *late.curves[0].valueAt(at(t))) < 0.02);
    }

    void loadCountsCallsAndAttempts()
    {
        OutcomeSeries series(100ms);
        QVERIFY(chart(series, ChartKind::Load, 40s, 4).curves.empty());
        for (Time t = kTimeZero; t < at(40s); t += 250ms) { // every call is tried three times, two of those arrive
            addTo(series, t, Offered{});
            for (int attempt = 0; attempt < 3; ++attempt)
                addTo(series, t, Sent{});
            addTo(series, t, ReachedService{});
            addTo(series, t, ReachedService{});
            addTo(series, t, Sent{}, 0); // a service's own call is no attempt of a client's
        }
        const ChartData data = chart(series, ChartKind::Load, 40s, 4);
        QCOMPARE(data.kind, ChartKind::Load);
        QCOMPARE(data.unit, QStringLiteral("calls/s"));
        QCOMPARE(data.curves.size(), size_t(3));
        QCOMPARE(data.curves[0].kind, CurveKind::Offered);
        QCOMPARE(data.curves[1].kind, CurveKind::Sent);
        QCOMPARE(data.curves[2].kind, CurveKind::Arrived);
        for (const Duration t : {Duration{10s}, Duration{20s}, Duration{40s}}) {
            for (const auto &[curve, rate] : {std::pair{0, 4.0}, {1, 12.0}, {2, 8.0}}) {
                const double value = data.curves[size_t(curve)].valueAt(at(t)).value();
                QVERIFY2(std::abs(value - rate) <= 0.11 * rate, qPrintable(QString::number(value)));
            }
        }
        QVERIFY(data.top >= 12 && data.top <= 24);
    }

    void levelsStandWhereTheGaugesStood()
    {
        auto run = samples::crowdedRun(1, 40s);
        run.runTo(at(40s));
        const widgets::TimeSource source = samples::sourceOf(run);
        const ChartData data = levels(source);
        QCOMPARE(data.curves.size(), source.levels.gauges().size());
        QStringList words;
        for (size_t i = 0; i < data.curves.size(); ++i) {
            words << widgets::curveWord(data.curves[i]);
            const auto &values = source.levels.values(i);
            for (size_t bin = 0; bin < values.size(); ++bin)
                if (const Time middle = at(source.levels.binWidth() * int64_t(bin) + source.levels.binWidth() / 2);
                    middle < at(40s))
                    QCOMPARE(data.curves[i].valueAt(middle).value(), double(values[bin]));
            QVERIFY(data.top >= *std::max_element(values.begin(), values.end()));
        }
        QCOMPARE(words, (QStringList{"permits", "slots in use", "waiting", "workers busy", "queue"}));
        QVERIFY(data.unit.isEmpty());
        QCOMPARE(widgets::readingText(3, data), QStringLiteral("3"));
        QCOMPARE(widgets::readingText(2.3, data), QStringLiteral("2.3"));
    }

    void levelsThatMoveComeFirst()
    {
        auto run = samples::crowdedRun(4, 40s);
        QCOMPARE(widgets::levelsShown(samples::sourceOf(run)).size(), size_t(4)); // the permits: all else is at zero
        run.runTo(at(9s)); // only the first shop has called
        const widgets::TimeSource source = samples::sourceOf(run);
        QCOMPARE(source.levels.gauges().size(), size_t(14));
        const std::vector<size_t> shown = widgets::levelsShown(source);
        QCOMPARE(shown.size(), widgets::kMostLevels);
        QVERIFY(std::is_sorted(shown.begin(), shown.end()));
        const auto moves = [&](size_t gauge) {
            const auto &values = source.levels.values(gauge);
            return std::any_of(values.begin(), values.end(), [&](float value) { return value != values.front(); });
        };
        for (size_t gauge = 0; gauge < 14; ++gauge)
            if (moves(gauge))
                QVERIFY2(std::find(shown.begin(), shown.end(), gauge) != shown.end(),
                         qPrintable(QString::number(gauge)));
        const ChartData data = levels(source);
        QCOMPARE(data.curves.size(), widgets::kMostLevels);
        QCOMPARE(widgets::curveWord(data.curves.front()), QStringLiteral("shop 1: permits"));
        QCOMPARE(widgets::curveWord(data.curves.back()), QStringLiteral("queue"));
        QCOMPARE(data.curves.back().kind, CurveKind::LastLevel);
    }

    void levelsAreBoundedByPixelsAndKeepTheirPeaks()
    {
        auto run = samples::crowdedRun(1, 40s);
        run.runTo(at(40s));
        const widgets::TimeSource source = samples::sourceOf(run);
        const ChartData whole = levels(source);
        const ChartData narrow = levels(source, 40);
        QVERIFY(pointsOf(narrow) < pointsOf(whole));
        for (size_t i = 0; i < narrow.curves.size(); ++i) {
            const auto &points = narrow.curves[i].parts.at(0);
            QVERIFY2(points.size() <= 42, qPrintable(QString::number(points.size())));
            const auto &values = source.levels.values(i);
            const auto [low, high] = std::minmax_element(
                points.begin(), points.end(), [](const QPointF &a, const QPointF &b) { return a.y() < b.y(); });
            QCOMPARE(low->y(), double(*std::min_element(values.begin(), values.end())));
            QCOMPARE(high->y(), double(*std::max_element(values.begin(), values.end())));
        }
    }

    void theYAxisTakesRoundSteps_data()
    {
        QTest::addColumn<double>("top");
        QTest::addColumn<double>("height");
        QTest::addColumn<QString>("ticks");
        QTest::newRow("roomy") << 2.0 << 100.0 << "0 0.5 1 1.5 2";
        QTest::newRow("tight") << 2.0 << 40.0 << "0 1 2";
        QTest::newRow("thirds") << 3.0 << 80.0 << "0 1 2 3";
        QTest::newRow("halves of five") << 500.0 << 48.0 << "0 250 500";
        QTest::newRow("no quarters of five") << 500.0 << 70.0 << "0 250 500";
        QTest::newRow("only the ends") << 3.0 << 30.0 << "0 3";
        QTest::newRow("no room at all") << 2.0 << 1.0 << "0 2";
    }
    void theYAxisTakesRoundSteps()
    {
        QFETCH(double, top);
        QFETCH(double, height);
        QFETCH(QString, ticks);
        QStringList found;
        for (const double tick : widgets::valueTicks(top, height, 16))
            found << widgets::valueText(tick);
        QCOMPARE(found.join(u' '), ticks);
    }
};

REGISTER_TEST(ChartDataTest)
#include "chart_data_test.moc"
