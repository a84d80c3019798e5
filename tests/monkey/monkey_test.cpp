// SPDX-License-Identifier: GPL-3.0-or-later
#include "labs/catalog.h"
#include "tests/monkey/monkey.h"
#include "tests/register_test.h"

#include <QtTest>

#include <algorithm>

using namespace resilience;
using tests::Finding;
using tests::Monkey;

// The window in the hands of somebody who knows nothing. Environment: MONKEY_SEED, and MONKEY_EVENTS, for a run of that
// seed alone, with the limits of a machine that does nothing else; MONKEY_TRACE, a file for everything that is done.
class MonkeyTest : public QObject {
    Q_OBJECT

    static constexpr int kShort = 200;
    static constexpr int kLong = 20'000;
    static constexpr int kTries = 3;
    // What a busy machine makes of the 200 ms: caches and processors are shared.
    static constexpr double kBusy = 500;
    std::unique_ptr<tests::SampleFiles> m_files;

    // What took too long, on a machine that has other things to do, has to do so each time.
    std::optional<Finding> find(Monkey::Plan plan)
    {
        std::vector<Finding> slow;
        for (int i = 0; i < kTries; ++i) {
            Monkey monkey(plan, *m_files);
            const auto found = monkey.run();
            tell(plan.seed, monkey);
            if (found)
                return found;
            const auto still = [&](const Finding &one) {
                return std::any_of(slow.begin(), slow.end(),
                                   [&](const Finding &before) { return before.event == one.event; });
            };
            std::vector<Finding> left;
            for (const Finding &one : monkey.slow())
                if (i == 0 || still(one))
                    left.push_back(one);
            slow = std::move(left);
            if (slow.empty())
                return std::nullopt;
            plan.events = slow.back().event;
        }
        return slow.front();
    }

    static void tell(uint32_t seed, const Monkey &monkey)
    {
        std::printf("seed %u: %d events, the slowest %.0f ms (%s)\n", seed, int(monkey.done().size()), monkey.slowest(),
                    qPrintable(monkey.slowestWords()));
        if (monkey.memory().size() > 1)
            std::printf("  memory in use grew from %zu to %zu KiB\n", monkey.memory().front() / 1024,
                        *std::max_element(monkey.memory().begin(), monkey.memory().end()) / 1024);
    }

private slots:
    void initTestCase() { m_files = std::make_unique<tests::SampleFiles>(); }

    void anythingIsAnsweredInTime_data()
    {
        QTest::addColumn<quint32>("seed");
        QTest::addColumn<int>("events");
        QTest::addColumn<double>("longestAnswer");
        bool given = false;
        if (const uint seed = qEnvironmentVariableIntValue("MONKEY_SEED", &given); given) {
            bool counted = false;
            const int events = qEnvironmentVariableIntValue("MONKEY_EVENTS", &counted);
            QTest::newRow("the seed asked for") << seed << (counted ? events : kLong) << 200.0;
            return;
        }
        const auto &labs = labs::catalog();
        for (size_t i = 0; i < labs.size(); ++i)
            QTest::newRow(labs[i].id.c_str()) << quint32(labs.size() + i) << kShort << kBusy;
    }

    void anythingIsAnsweredInTime()
    {
        QFETCH(quint32, seed);
        QFETCH(int, events);
        QFETCH(double, longestAnswer);
        const auto found = find({.seed = seed, .events = events, .longestAnswer = longestAnswer});
        QVERIFY2(!found, found ? qPrintable(found->words) : "");
    }
};

REGISTER_TEST(MonkeyTest)
#include "monkey_test.moc"
