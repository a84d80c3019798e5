// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/register_test.h"
#include "widgets/time/time_axis.h"

#include <QtTest>

using namespace resilience;
using namespace std::chrono_literals;
using widgets::TimeAxis;

class TimeAxisTest : public QObject {
    Q_OBJECT

private slots:
    void niceSteps_data()
    {
        QTest::addColumn<double>("atLeast");
        QTest::addColumn<double>("step");
        QTest::newRow("one") << 1.0 << 1.0;
        QTest::newRow("just above one") << 1.01 << 2.0;
        QTest::newRow("three") << 3.0 << 5.0;
        QTest::newRow("seven") << 7.0 << 10.0;
        QTest::newRow("small") << 0.0003 << 0.0005;
        QTest::newRow("large") << 120'000.0 << 200'000.0;
        QTest::newRow("zero") << 0.0 << 1.0;
        QTest::newRow("negative") << -4.0 << 1.0;
    }
    void niceSteps()
    {
        QFETCH(double, atLeast);
        QFETCH(double, step);
        QCOMPARE(widgets::niceStep(atLeast), step);
    }

    void ticks_data()
    {
        QTest::addColumn<qint64>("fromNs");
        QTest::addColumn<qint64>("toNs");
        QTest::addColumn<double>("width");
        QTest::addColumn<QStringList>("labels");
        const auto row = [](const char *name, Duration from, Duration to, double width, const QStringList &labels) {
            QTest::newRow(name) << qint64(from.count()) << qint64(to.count()) << width << labels;
        };
        row("20 s", 0s, 20s, 500, {"0 s", "5 s", "10 s", "15 s", "20 s"});
        row("40 s, narrow", 0s, 40s, 300, {"0 s", "20 s", "40 s"});
        row("2 s needs decimals", 0s, 2s, 500, {"0.0 s", "0.5 s", "1.0 s", "1.5 s", "2.0 s"});
        row("the lab's demo", 0s, 40ms, 300, {"0 ms", "20 ms", "40 ms"});
        row("microseconds", 0s, 100us, 300, {"0 µs", "50 µs", "100 µs"});
        row("nanoseconds", 0s, 4ns, 500, {"0 ns", "1 ns", "2 ns", "3 ns", "4 ns"});
        row("ten minutes", 0s, 600s, 700, {"0 s", "100 s", "200 s", "300 s", "400 s", "500 s", "600 s"});
        row("not from zero", 7s, 21s, 400, {"10 s", "15 s", "20 s"});
        row("the end is no tick", 0s, 23s, 300, {"0 s", "10 s", "20 s"});
    }
    void ticks()
    {
        QFETCH(qint64, fromNs);
        QFETCH(qint64, toNs);
        QFETCH(double, width);
        QFETCH(QStringList, labels);
        const TimeAxis axis(at(Duration{fromNs}), at(Duration{toNs}), 100, 100 + width);
        QStringList found;
        double last = -1e9;
        for (const auto &tick : axis.ticks(90)) {
            found << tick.label;
            QVERIFY(tick.x - last >= 89.9);
            QVERIFY(tick.x >= axis.left() && tick.x <= axis.right());
            last = tick.x;
        }
        QCOMPARE(found, labels);
    }

    void mapsThereAndBack()
    {
        const TimeAxis axis(at(2s), at(12s), 100, 1100);
        QCOMPARE(axis.x(at(2s)), 100.0);
        QCOMPARE(axis.x(at(12s)), 1100.0);
        QCOMPARE(axis.x(at(7s)), 600.0);
        QCOMPARE(axis.timeAt(600), at(7s));
        for (double x = 100; x <= 1100; x += 0.25)
            QVERIFY(std::abs(axis.x(axis.timeAt(x)) - x) < 1e-6);
    }

    void staysWithinItsRange()
    {
        const TimeAxis axis(at(2s), at(12s), 100, 1100);
        QCOMPARE(axis.timeAt(-50), at(2s));
        QCOMPARE(axis.timeAt(5000), at(12s));
        QCOMPARE(axis.clampedX(at(1s)), 100.0);
        QCOMPARE(axis.clampedX(at(1h)), 1100.0);
        const TimeAxis empty(at(5s), at(5s), 10, 10); // counts as a nanosecond over a pixel
        QCOMPARE(empty.timeAt(10), at(5s));
        QVERIFY(!empty.ticks(90).empty());
        const TimeAxis endless(kTimeZero, kTimeMax, 0, 1000);
        QCOMPARE(endless.timeAt(1000), kTimeMax);
        QVERIFY(endless.ticks(90).size() < 13);
    }

    void endsAtThePlanOrInQuartersBeyond()
    {
        QCOMPARE(widgets::visibleEnd(40s, at(0s)), at(40s));
        QCOMPARE(widgets::visibleEnd(40s, at(40s)), at(40s));
        QCOMPARE(widgets::visibleEnd(40s, at(40s + 1ns)), at(50s));
        QCOMPARE(widgets::visibleEnd(40s, at(50s)), at(50s));
        QVERIFY(widgets::visibleEnd(0s, at(1s)) >= at(1s));
        QCOMPARE(widgets::visibleEnd(40s, kTimeMax), kTimeMax);
    }
};

REGISTER_TEST(TimeAxisTest)
#include "time_axis_test.moc"
