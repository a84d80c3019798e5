// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sim/measure/level_path.h"
#include "tests/register_test.h"

#include <rapidcheck.h>

#include <QtTest>

using namespace resilience;
using namespace resilience::sim;
using namespace std::chrono_literals;

namespace {

// Refills at one a second from 0 up to 5.
double bucket(Time t) { return std::min(5.0, toSeconds(t)); }
// Empty until its window of 1.5 s is over, then full.
double window(Time t) { return t < at(1500ms) ? 2.0 : 5.0; }

LevelPath pathOf(double (*level)(Time), Time to)
{
    LevelPath path;
    path.add({kTimeZero, level(kTimeZero), level(kTimeZero)});
    path.follow(level, to);
    return path;
}

} // namespace

class LevelPathTest : public QObject {
    Q_OBJECT
private slots:
    void findsTheBendOfABucketThatIsFull()
    {
        const LevelPath path = pathOf(bucket, at(60s));
        for (int64_t ms = 0; ms <= 60'000; ms += 7)
            QVERIFY(std::abs(path.valueAt(at(ms * 1ms)).value() - bucket(at(ms * 1ms))) < 1e-5);
        QVERIFY(path.size() < 20);
        QCOMPARE(path.most(), 5.0);
    }

    void findsTheJumpOfAWindowToTheNanosecond()
    {
        const LevelPath path = pathOf(window, at(60s));
        QCOMPARE(path.valueAt(at(1500ms - 1ns)).value(), 2.0);
        QCOMPARE(path.valueAt(at(1500ms)).value(), 5.0);
        QCOMPARE(path.valueAt(at(70s)).value(), 5.0);
    }

    void aMomentHasWhatWasBeforeAndWhatIsAfter()
    {
        LevelPath path;
        path.add({kTimeZero, 5, 5});
        path.add({at(1s), 5, 4});
        path.add({at(1s), 4, 3}); // the next event of the same moment
        QCOMPARE(path.size(), size_t(2));
        QCOMPARE(path[1].before, 5.0);
        QCOMPARE(path[1].after, 3.0);
        QCOMPARE(path.valueAt(at(1s)).value(), 3.0);
        QVERIFY(!LevelPath().valueAt(at(1s)));
    }

    void whatLiesOnTheLineIsNotKept()
    {
        LevelPath path;
        for (int i = 0; i < 1000; ++i)
            path.add({at(i * 1s), 2.0 * i, 2.0 * i});
        QCOMPARE(path.size(), size_t(2));
        QCOMPARE(path.valueAt(at(10s)).value(), 20.0);
    }

    void stepsAreFoundWhateverTheyAre()
    {
        QVERIFY(rc::check([] {
            // Permits that come back one by one, as a log of calls forgets them.
            const auto expiries =
                *rc::gen::container<std::vector<int64_t>>(rc::gen::inRange<int64_t>(1, 9'000'000'000));
            const auto level = [&](Time t) {
                return static_cast<double>(std::count_if(expiries.begin(), expiries.end(), [&](int64_t expiry) {
                    return expiry <= t.time_since_epoch().count();
                }));
            };
            LevelPath path;
            path.add({kTimeZero, 0, 0});
            path.follow(level, at(10s));
            for (const int64_t expiry : expiries)
                for (const int64_t around : {-1, 0, 1}) {
                    const Time t = at(Duration{expiry + around});
                    RC_ASSERT(path.valueAt(t).value() == level(t));
                }
        }));
    }

    void aLongRunKeepsItsExtremes()
    {
        LevelPath path;
        path.add({kTimeZero, 0, 0});
        double before = 0;
        for (int i = 1; i <= 200'000; ++i) {
            const double after = i == 123'457 ? 99 : i % 3;
            path.add({at(i * 1ms), before, after});
            before = after;
        }
        QVERIFY(path.size() <= LevelPath::kMost);
        QVERIFY(path.grain() > Duration{0});
        QCOMPARE(path.most(), 99.0);
        double highest = 0;
        for (size_t i = 0; i < path.size(); ++i) {
            highest = std::max(highest, path[i].after);
            QVERIFY(i == 0 || path[i - 1].at < path[i].at);
        }
        QCOMPARE(highest, 99.0);
        QCOMPARE(path.back().at, at(200s));
    }

    void aCopyStaysWhatItWas()
    {
        LevelPath path;
        for (int i = 0; i < 5000; ++i)
            path.add({at(i * 1ms), double(i % 2), double((i + 1) % 2)});
        const LevelPath copy = path;
        QVERIFY(copy == path);
        path.add({at(6s), 1, 7});
        QVERIFY(!(copy == path));
        QCOMPARE(copy.size(), size_t(5000));
        QVERIFY(copy.valueAt(at(6s)).value() != 7);
    }
};

REGISTER_TEST(LevelPathTest)
#include "level_path_test.moc"
