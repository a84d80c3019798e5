// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/monkey/monkey.h"
#include "tests/register_test.h"

#include <QtTest>

#include <ctime>

using tests::Finding;
using tests::Monkey;

// That it would be seen.
class MonkeyFindsTest : public QObject {
    Q_OBJECT

    static constexpr int kWrong = 25; // the event with which something is wrong
    std::unique_ptr<tests::SampleFiles> m_files;

    static void work(double seconds)
    {
        const auto until = std::clock() + std::clock_t(seconds * CLOCKS_PER_SEC);
        while (std::clock() < until) {
        }
    }

    std::optional<Finding> foundWith(const std::function<void(int)> &meddle, int events, int round = 1000)
    {
        Monkey monkey({.seed = 8, .events = events, .longestAnswer = 1500, .round = round, .meddle = meddle}, *m_files);
        return monkey.run();
    }

private slots:
    void initTestCase() { m_files = std::make_unique<tests::SampleFiles>(); }

    void nothingWhereNothingIsWrong()
    {
        const auto found = foundWith({}, kWrong);
        QVERIFY2(!found, found ? qPrintable(found->words) : "");
    }

    void aSeedDoesTheSameAgain()
    {
        const auto all = [this] {
            Monkey monkey({.seed = 31, .events = 150}, *m_files);
            monkey.run();
            return monkey.done();
        };
        const QStringList once = all();
        QCOMPARE(once.size(), 150);
        QCOMPARE(all(), once);
    }

    void aWarning()
    {
        const auto found = foundWith(
            [](int event) {
                if (event == kWrong)
                    qWarning("meddled with");
            },
            60);
        QVERIFY(found);
        QCOMPARE(found->event, kWrong);
        QVERIFY2(found->words.contains(QLatin1String("meddled with")), qPrintable(found->words));
        QVERIFY2(found->words.contains(QLatin1String("again: tests/monkey/run 25 8")), qPrintable(found->words));
    }

    void aSlowAnswer()
    {
        const double seconds = 1.6 * Monkey::slowness();
        Monkey monkey({.seed = 8,
                       .events = 60,
                       .longestAnswer = 1500,
                       .meddle =
                           [&](int event) {
                               if (event == kWrong)
                                   work(seconds);
                           }},
                      *m_files);
        QVERIFY(!monkey.run());
        QCOMPARE(monkey.slow().size(), size_t(1));
        QCOMPARE(monkey.slow().front().event, kWrong);
    }

    void whatIsForgotten()
    {
        std::vector<std::unique_ptr<char[]>> forgotten;
        const auto found = foundWith([&](int) { forgotten.push_back(std::make_unique<char[]>(1 << 20)); }, 60, 30);
#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__)
        QVERIFY(found);
        QCOMPARE(found->event, 60);
        QVERIFY2(found->words.contains(QLatin1String("memory")), qPrintable(found->words));
#endif
    }
};

REGISTER_TEST(MonkeyFindsTest)
#include "monkey_finds_test.moc"
