// SPDX-License-Identifier: GPL-3.0-or-later
#include "labs/catalog.h"
#include "tests/monkey/monkey.h"
#include "tests/register_test.h"

#include <QtTest>

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

    // What took too long once, on a machine that has other things to do, has to do so each time.
    std::optional<Finding> find(const Monkey::Plan &plan)
    {
        std::optional<Finding> found;
        for (int i = 0; i < kTries; ++i) {
            Monkey monkey(plan, *m_files);
            const auto now = monkey.run();
            tell(plan.seed, monkey);
            if (!now || !now->slow || (found && now->event != found->event))
                return now && !now->slow ? now : std::nullopt;
            found = now;
        }
        return found;
    }

    static void tell(uint32_t seed, const Monkey &monkey)
    {
        std::printf("seed %u: %d events, the slowest %.0f ms (%s)\n", seed, int(monkey.done().size()), monkey.slowest(),
                    qPrintable(monkey.slowestWords()));
        for (const size_t bytes : monkey.memory())
            std::printf(" %zu", bytes / 1024);
        std::printf(monkey.memory().empty() ? "" : " KiB in use\n");
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
