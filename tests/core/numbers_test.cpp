// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config_text.h"
#include "core/ratio.h"
#include "core/time.h"
#include "core/wide.h"
#include "tests/core/breaker_setup.h"
#include "tests/register_test.h"

#include <QtTest>

#include <limits>

using namespace resilience;
using namespace std::chrono_literals;

// Shares, saturating time, and numbers as text.
class NumbersTest : public QObject {
    Q_OBJECT
private slots:
    // Every share p/q is reached by p of q and by nothing less, whatever binary makes of it.
    void everyFractionIsReachedExactly()
    {
        for (uint64_t q = 1; q <= 200; ++q) {
            for (uint64_t p = 1; p <= q; ++p) {
                const Ratio share = Ratio::of(double(p) / double(q));
                QVERIFY2(share.reachedBy(p, q), qPrintable(QStringLiteral("%1/%2").arg(p).arg(q)));
                QVERIFY2(!share.reachedBy(p - 1, q), qPrintable(QStringLiteral("%1/%2").arg(p).arg(q)));
                QVERIFY(share.reachedBy(p * 5'000'000, q * 5'000'000));
            }
        }
    }

    void decimalsAreReachedExactly()
    {
        for (uint64_t percent = 1; percent <= 100; ++percent) {
            const Ratio share = Ratio::of(double(percent) / 100);
            QVERIFY(share.parts() == percent * 10'000'000);
            QVERIFY(share.reachedBy(percent * 1'000'000, 100'000'000));
            QVERIFY(!share.reachedBy(percent * 1'000'000 - 1, 100'000'000));
        }
    }

    void anEmptyTotalReachesNothing()
    {
        QVERIFY(!Ratio::of(0.5).reachedBy(0, 0));
        QVERIFY(!Ratio::of(0).reachedBy(0, 0));
        QVERIFY(Ratio::of(0).reachedBy(0, 1));
    }

    void largeTotalsDoNotOverflow()
    {
        const uint64_t most = std::numeric_limits<uint32_t>::max();
        QVERIFY(Ratio::of(1).reachedBy(most, most));
        QVERIFY(!Ratio::of(1).reachedBy(most - 1, most));
        QVERIFY(Ratio::of(0.5).reachedBy(most / 2 + 1, most));
        QVERIFY(!Ratio::of(0.5).reachedBy(most / 2, most));
    }

    // Rounded before they are divided, n x unit parts can come out above n.
    void partsOfAUnit()
    {
        QCOMPARE(inUnits(Wide{7} * 3, 3), 7.0);
        QCOMPARE(inUnits(22, 4), 5.5);
        QCOMPARE(inUnits(0, 5), 0.0);
        for (uint64_t unit = 1; unit < uint64_t{1} << 54U; unit = unit * 3 + 1)
            for (const uint64_t whole : {uint64_t{1}, uint64_t{3}, uint64_t{4'034'481}, uint64_t{999'999'999}})
                QCOMPARE(inUnits(Wide{whole} * unit, unit), static_cast<double>(whole));
    }

    void sumsSaturate()
    {
        constexpr Duration top = Duration::max();
        constexpr Duration bottom = Duration::min();
        QCOMPARE(saturatingAdd(top, 1ns).count(), top.count());
        QCOMPARE(saturatingAdd(top - 1ns, 1ns).count(), top.count());
        QCOMPARE(saturatingAdd(top - 1ns, 2ns).count(), top.count());
        QCOMPARE(saturatingAdd(top, top).count(), top.count());
        QCOMPARE(saturatingAdd(bottom, -1ns).count(), bottom.count());
        QCOMPARE(saturatingAdd(bottom, bottom).count(), bottom.count());
        QCOMPARE(saturatingAdd(top, bottom).count(), -1);
        QCOMPARE(saturatingAdd(2s, 3s).count(), (5s / 1ns));
        QCOMPARE(tests::ns(saturatingAdd(kTimeMax, 1s)), tests::ns(kTimeMax));
        QCOMPARE(tests::ns(saturatingAdd(at(1s), 1s)), tests::ns(at(2s)));
    }

    void differencesSaturate()
    {
        QCOMPARE(saturatingSince(at(5s), at(2s)).count(), Duration{3s}.count());
        QCOMPARE(saturatingSince(at(2s), at(5s)).count(), Duration{-3s}.count());
        QCOMPARE(saturatingSince(kTimeMax, at(-1s)).count(), Duration::max().count());
        QCOMPARE(saturatingSince(kTimeMax, Time::min()).count(), Duration::max().count());
        QCOMPARE(saturatingSince(Time::min(), Time::min()).count(), 0);
        QCOMPARE(saturatingSince(Time::min(), kTimeMax).count(), Duration::min().count());
        QCOMPARE(saturatingSince(at(0s), Time::min()).count(), Duration::max().count());
        QCOMPARE(saturatingSince(at(-1ns), Time::min()).count(), Duration::max().count());
    }

    void secondsBecomeNanoseconds_data()
    {
        QTest::addColumn<double>("seconds");
        QTest::addColumn<qint64>("expected");
        QTest::newRow("zero") << 0.0 << qint64(0);
        QTest::newRow("fifty milliseconds") << 0.05 << qint64(50'000'000);
        QTest::newRow("a third") << 1.0 / 3 << qint64(333'333'333);
        QTest::newRow("to the nearest") << 1.6e-9 << qint64(2);
        QTest::newRow("negative") << -2.5 << qint64(-2'500'000'000);
        QTest::newRow("too large") << 1e10 << std::numeric_limits<qint64>::max();
        QTest::newRow("too small") << -1e10 << std::numeric_limits<qint64>::min();
        QTest::newRow("infinite") << std::numeric_limits<double>::infinity() << std::numeric_limits<qint64>::max();
        QTest::newRow("not a number") << std::numeric_limits<double>::quiet_NaN() << qint64(0);
        QTest::newRow("just below the end") << 9.2e9 << qint64(9'200'000'000'000'000'000);
    }
    void secondsBecomeNanoseconds()
    {
        QFETCH(double, seconds);
        QTEST(qint64(fromSeconds(seconds).count()), "expected");
    }

    void secondsThereAndBack()
    {
        for (const int64_t ms : {0, 1, 50, 1234, 86'400'000})
            QCOMPARE(fromSeconds(toSeconds(std::chrono::milliseconds{ms})).count(), ms * 1'000'000);
    }

    void numbersAsText()
    {
        QCOMPARE(numberText(0.05).c_str(), "0.05");
        QCOMPARE(numberText(0).c_str(), "0");
        QCOMPARE(numberText(-90).c_str(), "-90");
        QCOMPARE(numberText(1e300).c_str(), "1e+300");
        QCOMPARE(secondsText(1500ms).c_str(), "1.5 s");
        QCOMPARE(secondsText(Duration::min()).c_str(), "-9223372036.854776 s");
    }
};
REGISTER_TEST(NumbersTest)

#include "numbers_test.moc"
