// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/random_stream.h"
#include "core/sim/sweep/fine_histogram.h"
#include "core/sim/sweep/statistics.h"
#include "tests/register_test.h"

#include <QtTest>

#include <algorithm>
#include <numeric>

using namespace resilience;
using namespace resilience::sim;

class StatisticsTest : public QObject {
    Q_OBJECT

    static std::vector<double> drawn(uint64_t seed, size_t count)
    {
        RandomStream random(seed, "values");
        std::vector<double> values(count);
        for (double &value : values)
            value = random.unit();
        return values;
    }

private slots:
    void quantilesLieOnTheLineBetweenValues()
    {
        const std::vector<double> values{1, 2, 4, 8};
        for (const auto &[share, expected] : {std::pair(0.0, 1.0), {1.0, 8.0}, {0.5, 3.0}, {1.0 / 3, 2.0}, {0.75, 5.0}})
            QCOMPARE(quantile(values, share), expected);
        QCOMPARE(quantile({5}, 0.3), 5.0);
    }

    void ofNothingThereIsNothing()
    {
        QVERIFY(spreadOf({}, 1, "x") == Spread{});
        QCOMPARE(shareBelow(1, {}, true), 0.0);
    }

    void oneValueIsAllOfIt()
    {
        const Spread spread = spreadOf({3}, 1, "x");
        QVERIFY((spread == Spread{1, 3, 3, 3, 3, 3}));
    }

    void theOrderOfTheValuesDoesNotMatter()
    {
        auto values = drawn(1, 101);
        const Spread spread = spreadOf(values, 7, "p99");
        std::reverse(values.begin(), values.end());
        QVERIFY(spread == spreadOf(values, 7, "p99"));
        QVERIFY(spread.p5 < spread.medianLow && spread.medianLow < spread.median);
        QVERIFY(spread.median < spread.medianHigh && spread.medianHigh < spread.p95);
    }

    // The median of numbers drawn evenly from 0 to 1 is 0.5: nineteen intervals of twenty have to hold it.
    void theIntervalHoldsTheMedianAsOftenAsItSays()
    {
        constexpr uint64_t tries = 400;
        int held = 0;
        for (uint64_t seed = 0; seed < tries; ++seed) {
            const Spread spread = spreadOf(drawn(seed, 99), seed, "median");
            held += spread.medianLow <= 0.5 && 0.5 <= spread.medianHigh;
        }
        QVERIFY2(held > tries * 0.92 && held < tries * 0.98, qPrintable(QString::number(held)));
    }

    void luckierThan()
    {
        const std::vector<double> values{1, 2, 2, 5};
        QCOMPARE(shareBelow(2, values, true), 0.5); // 1 is worse, and half of the equal ones
        QCOMPARE(shareBelow(2, values, false), 0.5);
        QCOMPARE(shareBelow(5, values, true), 0.875);
        QCOMPARE(shareBelow(0, values, false), 1.0);
        QCOMPARE(shareBelow(0, values, true), 0.0);
    }

    // Against all values, sorted.
    void percentilesOfDurationsAreRightToOnePerCent()
    {
        RandomStream random(4, "durations");
        std::vector<double> all;
        FineHistogram histogram;
        QVERIFY(!histogram.mean() && !histogram.longest() && !histogram.percentile(0.5));
        for (int i = 0; i < 20'000; ++i) {
            const Duration one = random.exponential(std::chrono::milliseconds{i % 3 == 0 ? 2000 : 3});
            histogram.add(one);
            all.push_back(toSeconds(one));
        }
        std::sort(all.begin(), all.end());
        for (const double share : {0.01, 0.1, 0.5, 0.9, 0.99, 0.9999, 1.0}) {
            const double exact = all[static_cast<size_t>(std::ceil(share * double(all.size()))) - 1];
            QVERIFY(std::abs(*histogram.percentile(share) - exact) <= exact * 0.01);
        }
        QCOMPARE(*histogram.longest(), all.back());
        const double mean = std::accumulate(all.begin(), all.end(), 0.0) / double(all.size());
        QVERIFY(std::abs(*histogram.mean() - mean) < mean * 1e-9);
    }

    void everyDurationHasItsBucket()
    {
        for (int64_t value = 1; value > 0 && value < INT64_MAX / 3; value = value * 3 + 1) {
            FineHistogram histogram;
            histogram.add(Duration{value});
            QVERIFY(std::abs(*histogram.percentile(1) * 1e9 - double(value)) <= double(value) * 0.01);
        }
    }
};
REGISTER_TEST(StatisticsTest)

#include "statistics_test.moc"
