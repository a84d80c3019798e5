// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rate.h"
#include "tests/register_test.h"

#include <QtTest>

#include <cmath>
#include <limits>
#include <random>

using namespace resilience;
using namespace std::chrono_literals;

class RateTest : public QObject {
    Q_OBJECT
private slots:
    // A number means the fraction that a person had in mind.
    void perSecond_data()
    {
        QTest::addColumn<double>("number");
        QTest::addColumn<quint64>("permits");
        QTest::addColumn<qint64>("per");
        const auto row = [](const char *title, double number, uint64_t permits, Duration per) {
            QTest::newRow(title) << number << quint64(permits) << qint64(per.count());
        };
        row("1", 1, 1, 1s);
        row("10", 10, 10, 1s);
        row("2.5", 2.5, 5, 2s);
        row("0.1", 0.1, 1, 10s);
        row("0.3", 0.3, 3, 10s);
        row("7 a minute", 7.0 / 60, 7, 60s);
        row("7 an hour", 7.0 / 3600, 7, 1h);
        row("100 a day", 100.0 / 86400, 1, 864s);
        row("a third", 1.0 / 3, 1, 3s);
        row("33.33", 33.33, 3333, 100s);
        row("six digits", 1234.567891, 34'250'617, 27'743s);
        row("once in 30 days", 1.0 / (30 * 86400), 1, 30 * 24h);
        row("7 in 30 days", 7.0 / (30 * 86400), 7, 30 * 24h);
        row("10 a year", 10.0 / (365 * 86400), 1, 365 * 24h / 10);
        row("10^9", 1e9, 1'000'000'000, 1s);
        row("10^15", 1e15, 1'000'000'000'000'000, 1s);
        row("10^15 and more", 2.5e15, 2'500'000, 1ns);
        row("smallest", Rate::kSlowest, 1, 366 * 24h);
        row("largest", Rate::kFastest, 1'000'000'000'000'000, 1ns);
        row("too large", std::nextafter(Rate::kFastest, 1e300), 0, 0s);
        row("too small", std::nextafter(Rate::kSlowest, 0), 0, 0s);
        row("nothing", 0, 0, 0s);
        row("negative", -1, 0, 0s);
        row("endless", std::numeric_limits<double>::infinity(), 0, 0s);
        row("not a number", std::nan(""), 0, 0s);
    }
    void perSecond()
    {
        QFETCH(double, number);
        QFETCH(quint64, permits);
        QFETCH(qint64, per);
        const Rate rate = Rate::perSecond(number);
        QCOMPARE(quint64(rate.permits), permits);
        QCOMPARE(qint64(rate.per.count()), per);
    }

    void alwaysCloseEnough()
    {
        std::mt19937_64 random(7);
        for (int i = 0; i < 100'000; ++i) {
            const double number = std::exp2(-24.9 + double(random() % 104'600'000) / 1e6);
            const Rate rate = Rate::perSecond(number);
            QVERIFY2(std::abs(rate.inSeconds() - number) <= 1.001e-12 * number, QByteArray::number(number, 'g', 17));
            QVERIFY(rate.permits <= 1'000'000'000'000'000 && rate.per <= 366 * 24h);
        }
    }
};
REGISTER_TEST(RateTest)

#include "rate_test.moc"
