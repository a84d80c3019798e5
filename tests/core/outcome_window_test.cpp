// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/patterns/outcome_window.h"
#include "tests/core/breaker_setup.h"
#include "tests/register_test.h"

#include <QtTest>

using namespace resilience;
using namespace std::chrono_literals;

namespace {

using WindowKind = OutcomeWindowConfig::Kind;

OutcomeWindow lastCalls(uint32_t calls) { return OutcomeWindow({WindowKind::Count, calls, 1s}); }
OutcomeWindow lastTenSeconds() { return OutcomeWindow({WindowKind::Timed, 1, 10s}); }

} // namespace

class OutcomeWindowTest : public QObject {
    Q_OBJECT
private slots:
    void consecutiveCountsTheUnbrokenRow()
    {
        OutcomeWindow window;
        for (const bool failed : {true, true, false, true, true, true})
            window.add(failed, true, kTimeZero);
        QCOMPARE(window.counts(kTimeZero), (WindowCounts{6, 3, 0, 3}));
        window.add(false, false, kTimeZero);
        QCOMPARE(window.counts(kTimeZero), (WindowCounts{7, 0, 0, 0}));
    }

    // Sizes around a machine word (32 calls each).
    void countKeepsTheLastCalls_data()
    {
        QTest::addColumn<quint32>("size");
        for (const quint32 size : {1U, 2U, 5U, 31U, 32U, 33U, 64U, 65U, 1000U})
            QTest::addRow("%u", size) << size;
    }
    void countKeepsTheLastCalls()
    {
        QFETCH(quint32, size);
        OutcomeWindow window = lastCalls(size);
        std::vector<std::pair<bool, bool>> all;
        for (uint32_t i = 0; i < 3 * size + 7; ++i) {
            const bool failed = i * 7 % 5 < 2;
            const bool slow = i * 11 % 7 < 3;
            window.add(failed, slow, kTimeZero);
            all.emplace_back(failed, slow);
            const size_t kept = std::min<size_t>(size, all.size());
            uint32_t failures = 0;
            uint32_t slowCalls = 0;
            for (size_t j = all.size() - kept; j < all.size(); ++j) {
                failures += all[j].first;
                slowCalls += all[j].second;
            }
            const WindowCounts counts = window.counts(kTimeZero);
            QCOMPARE(counts.calls, uint32_t(kept));
            QCOMPARE(counts.failures, failures);
            QCOMPARE(counts.slow, slowCalls);
        }
    }

    void clearedEqualsNew()
    {
        for (const uint32_t adds : {0U, 1U, 31U, 32U, 33U, 40U, 100U}) {
            for (const auto &fresh : {OutcomeWindow(), lastCalls(40), lastTenSeconds()}) {
                OutcomeWindow window = fresh;
                for (uint32_t i = 0; i < adds; ++i)
                    window.add(true, true, at(i * 1s));
                window.clear();
                QCOMPARE(window, fresh);
            }
        }
    }

    void timeGathersInTenths()
    {
        OutcomeWindow window = lastTenSeconds();
        for (int i = 0; i < 10; ++i)
            window.add(i % 2 == 0, i == 3, at(i * 1s));
        QCOMPARE(window.counts(at(9s)), (WindowCounts{10, 5, 1, 0}));
        QCOMPARE(window.counts(at(10s)), (WindowCounts{9, 4, 1, 0}));
        QCOMPARE(window.counts(at(18s)), (WindowCounts{1, 0, 0, 0}));
        QCOMPARE(window.counts(at(19s)), WindowCounts{});
    }

    void jumpDropsAllBucketsAtOnce()
    {
        OutcomeWindow window = lastTenSeconds();
        for (int i = 0; i < 10; ++i)
            window.add(true, true, at(i * 1s));
        window.add(false, false, at(std::chrono::hours{24 * 36525}));
        QCOMPARE(window.counts(at(std::chrono::hours{24 * 36525})), (WindowCounts{1, 0, 0, 0}));
    }

    void readingEvictsNothing()
    {
        OutcomeWindow window = lastTenSeconds();
        window.add(true, false, at(1s));
        const OutcomeWindow before = window;
        QCOMPARE(window.counts(kTimeMax), (WindowCounts{0, 0, 0, 1}));
        QCOMPARE(window, before);
        QCOMPARE(window.counts(at(1s)).failures, 1U);
    }

    void timeGoingBackLandsInTheLatestBucket()
    {
        OutcomeWindow window = lastTenSeconds();
        window.add(true, false, at(50s));
        window.add(true, false, at(3s));
        window.add(true, false, at(-3s));
        QCOMPARE(window.counts(at(50s)).failures, 3U);
        QCOMPARE(window.counts(at(0s)).failures, 3U);
        QCOMPARE(window.counts(at(60s)).failures, 0U);
    }

    void beforeTheStart()
    {
        OutcomeWindow window = lastTenSeconds();
        window.add(true, false, Time::min());
        window.add(true, false, at(-1ns));
        QCOMPARE(window.counts(at(0s)).failures, 2U);
        QCOMPARE(window.counts(at(10s)).failures, 0U);
    }

    void refusesBadSettings()
    {
        QVERIFY_EXCEPTION_THROWN(lastCalls(0), InvalidConfig);
        QVERIFY_EXCEPTION_THROWN(OutcomeWindow({WindowKind::Timed, 1, 9ns}), InvalidConfig);
    }
};
REGISTER_TEST(OutcomeWindowTest)

#include "outcome_window_test.moc"
