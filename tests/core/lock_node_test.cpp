// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/patterns/lock/lock_node.h"
#include "tests/core/hundred_years.h"
#include "tests/register_test.h"

#include <QtTest>

#include <functional>

using namespace resilience;
using namespace std::chrono_literals;
using tests::kHundredYears;

namespace {

constexpr auto Granted = LockReply::Granted;
constexpr auto Taken = LockReply::Taken;
constexpr auto NotOwner = LockReply::NotOwner;

} // namespace

class LockNodeTest : public QObject {
    Q_OBJECT
private slots:
    void clocks()
    {
        const struct {
            SkewedClock clock;
            Time now;
            Time shown;
        } rows[] = {
            {{}, at(5s), at(5s)},
            {{}, kTimeMax, kTimeMax},
            {{0, 7s}, at(5s), at(12s)},
            {{0, -7s}, at(5s), at(-2s)},
            {{10'000'000, 0s}, at(100s), at(101s)},
            {{-10'000'000, 0s}, at(100s), at(99s)},
            {{1, 0s}, at(1s), at(1s + 1ns)},
            {{1, 0s}, at(1s - 1ns), at(1s - 1ns)}, // down
            {{-1, 0s}, at(1ns), at(0ns)}, // down as well
            {{500'000'000, 0s}, at(3ns), at(4ns)},
            {{500'000'000, 0s}, at(-3ns), at(-5ns)},
            {{1'000'000'000, 0s}, at(kHundredYears), at(2 * kHundredYears)},
            {{INT64_MAX, kDurationMax}, kTimeMax, kTimeMax},
            {{1'000'000'000, 1s}, kTimeMax, kTimeMax},
        };
        for (const auto &row : rows)
            QCOMPARE(row.clock.read(row.now).time_since_epoch().count(), row.shown.time_since_epoch().count());
    }

    void onlyItsOwner()
    {
        LockNode node;
        QVERIFY(node.acquire(1, 10s, at(0s)) == Granted);
        QVERIFY(node.acquire(2, 10s, at(0s)) == Taken && node.acquire(1, 10s, at(0s)) == Taken);
        QVERIFY(node.release(2, at(0s)) == NotOwner && node.extend(2, 99s, at(0s)) == NotOwner);
        QVERIFY(node.view(at(1s)) == (LockNodeView{1, at(10s), at(1s), 1}));
        QVERIFY(node.release(1, at(1s)) == Granted && node.release(1, at(1s)) == NotOwner);
        QVERIFY(node.extend(1, 10s, at(1s)) == NotOwner);
        QVERIFY(node.acquire(2, 10s, at(1s)) == Granted);
        QVERIFY(LockNode{}.acquire(0, 1s, at(0s)) == Taken); // nobody's token
        QVERIFY(LockNode{}.release(0, at(0s)) == NotOwner && LockNode{}.extend(0, 1s, at(0s)) == NotOwner);
    }

    // 1 ns before the end, at it, after it, and after a hundred years.
    void expiry()
    {
        for (const Duration after : {10s - 1ns, Duration{10s}, 10s + 1ns, kHundredYears}) {
            LockNode node;
            node.acquire(1, 10s, at(1s));
            const bool over = after >= 10s;
            QCOMPARE(node.view(at(1s) + after).owner, over ? 0U : 1U);
            LockNode a = node;
            LockNode b = node;
            QVERIFY(a.acquire(2, 10s, at(1s) + after) == (over ? Granted : Taken));
            QVERIFY(a.extend(1, 10s, at(1s) + after) == (over ? NotOwner : Granted));
            QVERIFY(b.extend(1, 10s, at(1s) + after) == (over ? NotOwner : Granted)); // the other order
            QVERIFY(b.acquire(2, 10s, at(1s) + after) == (over ? Granted : Taken));
            QVERIFY(node.release(1, at(1s) + after) == (over ? NotOwner : Granted));
        }
    }

    void largestAndSmallestTtl()
    {
        for (const Duration ttl : {Duration{0}, -1ns, Duration::min()}) {
            LockNode node;
            QVERIFY(node.acquire(1, ttl, at(1s)) == Granted);
            QCOMPARE(node.view(at(1s)).owner, 0U);
        }
        LockNode forEver;
        forEver.acquire(1, kDurationMax, at(1s));
        QVERIFY(forEver.acquire(2, 1s, kTimeMax) == Taken);
        LockNode shortened;
        shortened.acquire(1, 10s, at(0s));
        shortened.extend(1, 1s, at(0s));
        QVERIFY(shortened.acquire(2, 1s, at(1s)) == Granted);
    }

    // A lease ends by the node's own clock: sooner on a fast one, and when the clock is set.
    void itsOwnClock()
    {
        LockNode fast({10'000'000, 1000s});
        fast.acquire(1, 101s, at(0s));
        QVERIFY(fast.acquire(2, 1s, at(100s - 1ns)) == Taken);
        QVERIFY(fast.acquire(2, 1s, at(100s)) == Granted);
        LockNode set;
        set.acquire(1, 10s, at(0s));
        set.setClock({0, -5s}, at(1s));
        QVERIFY(set.acquire(2, 1s, at(15s - 1ns)) == Taken);
        set.setClock({0, -4s - 1ns}, at(14s));
        QVERIFY(set.acquire(2, 1s, at(15s - 1ns)) == Granted); // 15 s - 1 ns was the latest: it shows 10 s and more
        LockNode jumped;
        jumped.acquire(1, 10s, at(0s));
        jumped.setClock({0, 9s}, at(1s));
        QCOMPARE(jumped.view(at(1s)).owner, 0U);
    }

    void restarts()
    {
        LockNode node;
        node.acquire(1, 10s, at(0s));
        node.restart(false, at(1s));
        QVERIFY(node.acquire(2, 10s, at(1s)) == Taken);
        node.restart(true, at(1s));
        QVERIFY(node.extend(1, 10s, at(1s)) == NotOwner && node.acquire(2, 10s, at(1s)) == Granted);
    }

    void timeGoingBack()
    {
        using Operation = std::function<void(LockNode &, Time)>;
        const Operation operations[] = {
            [](LockNode &n, Time now) { n.acquire(2, 5s, now); },
            [](LockNode &n, Time now) { n.extend(1, 5s, now); },
            [](LockNode &n, Time now) { n.release(1, now); },
            [](LockNode &n, Time now) { n.restart(true, now); },
            [](LockNode &n, Time now) { n.setClock({7, 3s}, now); },
        };
        for (const Duration ttl : {10s, 200s})
            for (const Operation &operation : operations)
                for (const Time back : {at(100s - 1ns), at(0s), at(-kHundredYears), Time::min()}) {
                    LockNode node;
                    node.acquire(1, ttl, at(50s));
                    node.release(9, at(100s));
                    LockNode other = node;
                    operation(node, back);
                    operation(other, at(100s));
                    QVERIFY(node == other && node.view(back) == other.view(at(100s)));
                }
    }
};
REGISTER_TEST(LockNodeTest)

#include "lock_node_test.moc"
