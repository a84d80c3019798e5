// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/patterns/redlock.h"
#include "tests/core/hundred_years.h"
#include "tests/register_test.h"

#include <QtTest>

#include <functional>
#include <set>

using namespace resilience;
using namespace std::chrono_literals;
using tests::kHundredYears;

namespace {

// Nodes 3, ttl 10 s, drift 1 % + 2 ms: valid for 9.898 s. Nodes may take 20 s to answer.
RedlockConfig redlockConfig(Duration timeout = 20s)
{
    RedlockConfig c;
    c.nodes = 3;
    c.requestTimeout = timeout;
    return c;
}

template <typename Change> RedlockConfig changed(Change change)
{
    RedlockConfig c;
    change(c);
    return c;
}

const struct {
    const char *title;
    RedlockConfig config;
    const char *field;
    const char *found;
    const char *expected;
} kRefusedLocks[] = {
    {"no node", changed([](auto &c) { c.nodes = 0; }), "nodes", "0", "1 to 64"},
    {"too many", changed([](auto &c) { c.nodes = 65; }), "nodes", "65", "1 to 64"},
    {"all is drift", changed([](auto &c) { c.driftFactor = Ratio::of(1); }), "drift_factor", "1",
     "0 up to, not including, 1"},
    {"negative drift", changed([](auto &c) { c.driftConstant = -1ns; }), "drift_constant", "-1e-09 s", "0 s or more"},
    {"no ttl", changed([](auto &c) { c.ttl = 0s; }), "ttl", "0 s", "more than 0 s"},
    {"never valid", changed([](auto &c) { c.ttl = 2ms; }), "ttl", "0.002 s",
     "more than the drift allowed for it, 0.00202 s"},
    {"no time to answer", changed([](auto &c) { c.requestTimeout = 0s; }), "request_timeout", "0 s", "more than 0 s"},
    {"negative wait", changed([](auto &c) { c.minRetryWait = -1ns; }), "min_retry_wait", "-1e-09 s", "0 s or more"},
    {"wrong way round", changed([](auto &c) { c.maxRetryWait = 49ms; }), "max_retry_wait", "0.049 s",
     "at least min_retry_wait, 0.05 s"},
};

// All nodes answer the round at `now`, one letter each: g granted, n not, u no answer.
LockStep answer(Redlock &lock, const LockStep &begun, const char *replies, Time now)
{
    LockStep step = begun;
    for (uint32_t i = 0; replies[i]; ++i)
        step = lock.onReply(begun.send.round, i,
                            replies[i] == 'g'   ? LockReply::Granted
                            : replies[i] == 'n' ? LockReply::NotOwner
                                                : LockReply::Unreachable,
                            now);
    return step;
}

Redlock held(Time since = at(0s))
{
    Redlock lock(redlockConfig());
    if (answer(lock, lock.acquire(since), "ggg", since).outcome != LockOutcome::Acquired)
        qFatal("not acquired");
    return lock;
}

} // namespace

class RedlockTest : public QObject {
    Q_OBJECT
private slots:
    void refused_data()
    {
        QTest::addColumn<int>("index");
        for (size_t i = 0; i < std::size(kRefusedLocks); ++i)
            QTest::newRow(kRefusedLocks[i].title) << int(i);
    }
    void refused()
    {
        QFETCH(int, index);
        const auto &row = kRefusedLocks[index];
        const auto error = row.config.validate();
        QVERIFY(error && *error == (ConfigError{row.field, row.found, row.expected}));
        QVERIFY_EXCEPTION_THROWN(Redlock{row.config}, InvalidConfig);
        Redlock lock = held();
        const Redlock before = lock;
        QVERIFY_EXCEPTION_THROWN(lock.reconfigure(row.config, at(9s)), InvalidConfig);
        QVERIFY(lock == before);
    }

    void accepted()
    {
        RedlockConfig largest;
        largest.nodes = 64;
        largest.ttl = largest.requestTimeout = largest.maxRetryWait = largest.minRetryWait = kDurationMax;
        QVERIFY(!largest.validate() && !RedlockConfig{}.validate() && largest.validity(0s) > 0s);
        QCOMPARE(largest.quorum(), 33U);
        const uint32_t quorums[] = {1, 2, 2, 3, 3, 4};
        for (uint32_t n = 1; n <= 6; ++n)
            QCOMPARE(changed([&](auto &c) { c.nodes = n; }).quorum(), quorums[n - 1]);
        QVERIFY(changed([](auto &c) { c.ttl = 10s + 1ns; }).drift() == 102ms + 1ns); // rounded up
    }

    void quorum()
    {
        for (const auto &[replies, votes] :
             {std::pair{"ggg", 3U}, {"ggn", 2U}, {"ugg", 2U}, {"gnn", 1U}, {"guu", 1U}, {"nnn", 0U}}) {
            Redlock lock(redlockConfig());
            const LockStep begun = lock.acquire(at(1s));
            QVERIFY(begun.send.kind == LockRequest::Kind::Acquire && begun.send.owner != 0 && begun.send.ttl == 10s);
            const LockStep step = answer(lock, begun, replies, at(2s));
            QCOMPARE(step.votes, votes);
            if (votes >= 2) {
                QVERIFY(step.outcome == LockOutcome::Acquired && step.validity == Duration{8898ms} && !step.retryAfter);
                QVERIFY(step.send.kind == LockRequest::Kind::None);
                QVERIFY(lock.isHeld(at(10'898ms - 1ns)) && !lock.isHeld(at(10'898ms)));
            } else { // whoever may have granted gets it back
                QVERIFY(step.outcome == LockOutcome::NotAcquired && !step.validity && !lock.isHeld(at(2s)));
                QVERIFY(step.send.kind == LockRequest::Kind::Release && step.send.owner == begun.send.owner);
                QVERIFY(step.retryAfter >= Duration{50ms} && step.retryAfter <= Duration{250ms});
            }
        }
    }

    // The validity is counted from before the first request, and must be above 0.
    void validity()
    {
        for (const Duration took : {Duration{0}, 9898ms - 1ns, Duration{9898ms}, 9898ms + 1ns}) {
            Redlock lock(redlockConfig());
            const LockStep step = answer(lock, lock.acquire(at(1s)), "ggg", at(1s) + took);
            QVERIFY(step.outcome == (took < 9898ms ? LockOutcome::Acquired : LockOutcome::NotAcquired));
            QVERIFY(step.send.kind == (took < 9898ms ? LockRequest::Kind::None : LockRequest::Kind::Release));
            QVERIFY(!lock.isHeld(at(10'898ms)));
        }
    }

    // Decided when the last has answered, or at the timeout: 1 ns before it, at it, after it.
    void roundsEnd()
    {
        for (const Duration after : {50ms - 1ns, Duration{50ms}, 50ms + 1ns}) {
            Redlock lock(redlockConfig(50ms));
            const LockStep begun = lock.acquire(at(0s));
            QVERIFY(lock.nextDeadline() == at(50ms));
            QVERIFY(answer(lock, begun, "gg", at(1ms)).outcome == LockOutcome::None);
            Redlock other = lock;
            QVERIFY(lock.onDeadline(at(after)).outcome == (after < 50ms ? LockOutcome::None : LockOutcome::Acquired));
            const LockStep last = other.onReply(begun.send.round, 2, LockReply::Granted, at(after));
            QVERIFY(last.outcome == LockOutcome::Acquired && last.votes == (after < 50ms ? 3U : 2U));
            QVERIFY(!other.nextDeadline());
        }
    }

    void repliesThatDoNotCount()
    {
        Redlock lock(redlockConfig());
        const LockStep begun = lock.acquire(at(0s));
        for (int i = 0; i < 5; ++i)
            QVERIFY(lock.onReply(begun.send.round, 0, LockReply::Granted, at(0s)) == LockStep{}); // twice is once
        QVERIFY(lock.onReply(begun.send.round, 3, LockReply::Granted, at(0s)) == LockStep{});
        QVERIFY(lock.onReply(begun.send.round + 1, 1, LockReply::Granted, at(0s)) == LockStep{});
        QCOMPARE(lock.view(at(0s)).votes, 1U);
        lock.release(at(0s)); // gives up
        const LockStep next = lock.acquire(at(0s));
        QVERIFY(next.send.owner != begun.send.owner && next.send.round != begun.send.round);
        QVERIFY(answer(lock, begun, "ggg", at(0s)) == LockStep{}); // of the round before
        QCOMPARE(lock.view(at(0s)).replies, 0U);
    }

    void givingUp()
    {
        Redlock lock(redlockConfig());
        const LockStep begun = lock.acquire(at(0s));
        lock.onReply(begun.send.round, 0, LockReply::Granted, at(0s));
        const LockStep step = lock.release(at(0s));
        QVERIFY(step.outcome == LockOutcome::NotAcquired && step.send.kind == LockRequest::Kind::Release);
        QVERIFY(step.send.owner == begun.send.owner && lock.view(at(0s)).phase == LockPhase::Idle);
    }

    void extending()
    {
        const Time before = at(9898ms - 1ns);
        const struct {
            const char *replies;
            Time done;
            LockOutcome outcome;
        } rows[] = {{"ggg", before, LockOutcome::Extended},    {"ggn", before, LockOutcome::Extended},
                    {"guu", before, LockOutcome::NotExtended}, {"gnu", before, LockOutcome::NotExtended},
                    {"gnn", before, LockOutcome::Lost},        {"ggg", at(9898ms), LockOutcome::Lost}};
        for (const auto &row : rows) {
            Redlock lock = held();
            const LockStep begun = lock.extend(at(9s));
            QVERIFY(begun.send.kind == LockRequest::Kind::Extend && lock.isHeld(before));
            const LockStep step = answer(lock, begun, row.replies, row.done);
            QVERIFY(step.outcome == row.outcome);
            QCOMPARE(lock.isHeld(before), row.outcome != LockOutcome::Lost);
            QCOMPARE(lock.isHeld(at(18'898ms - 1ns)), row.outcome == LockOutcome::Extended);
            QVERIFY(!lock.isHeld(at(18'898ms)));
            QCOMPARE(step.send.kind == LockRequest::Kind::Release, row.outcome == LockOutcome::Lost);
        }
        Redlock lock = held();
        const LockStep late = lock.extend(at(9898ms)); // nobody is asked any more
        QVERIFY(late.outcome == LockOutcome::Lost && late.send.kind == LockRequest::Kind::Release);
    }

    void releasing()
    {
        const struct {
            const char *replies;
            Time begun;
            LockOutcome outcome;
        } rows[] = {{"ggg", at(9898ms - 1ns), LockOutcome::Released}, {"ggu", at(1s), LockOutcome::Released},
                    {"guu", at(1s), LockOutcome::NotReleased},        {"gnn", at(1s), LockOutcome::Lost},
                    {"ggg", at(9898ms), LockOutcome::Lost},           {"nnn", at(kHundredYears), LockOutcome::Lost}};
        for (const auto &row : rows) {
            Redlock lock = held();
            const LockStep begun = lock.release(row.begun);
            QVERIFY(begun.send.kind == LockRequest::Kind::Release && !lock.isHeld(row.begun));
            QVERIFY(answer(lock, begun, row.replies, row.begun).outcome == row.outcome);
            QVERIFY(lock.view(row.begun).phase == LockPhase::Idle);
        }
    }

    void notNow()
    {
        Redlock lock(redlockConfig());
        QVERIFY(lock.extend(at(0s)).outcome == LockOutcome::Refused);
        QVERIFY(lock.release(at(0s)).outcome == LockOutcome::Refused);
        lock.acquire(at(0s));
        QVERIFY(lock.acquire(at(0s)).outcome == LockOutcome::Refused);
        QVERIFY(lock.extend(at(0s)).outcome == LockOutcome::Refused);
        Redlock holder = held();
        QVERIFY(holder.acquire(at(9898ms - 1ns)).outcome == LockOutcome::Refused);
        QVERIFY(holder.acquire(at(9898ms)).send.kind == LockRequest::Kind::Acquire); // it is over
        QCOMPARE(holder.view(at(9898ms)).lost, uint64_t(1));
    }

    // Its validity is over, and the nodes keep the lease for what clocks may drift: asking again, it stands in nobody's
    // way, its own included. Another client does not get by.
    void itsOwnLapsedLease()
    {
        std::vector<LockNode> nodes(3);
        const auto play = [&](Redlock &client, const LockStep &begun, Time now) {
            LockStep step = begun;
            for (uint32_t i = 0; i < nodes.size(); ++i)
                step = client.onReply(begun.send.round, i, nodes[i].answer(begun.send, now), now);
            for (LockNode &node : nodes)
                node.answer(step.send, now);
            return step;
        };
        Redlock mine(redlockConfig(), RandomStream(1, "mine"));
        Redlock other(redlockConfig(), RandomStream(1, "other"));
        const LockStep first = mine.acquire(at(0s));
        QCOMPARE(first.send.lapsed, 0U);
        play(mine, first, at(0s));
        const LockStep begun = mine.acquire(at(9898ms));
        QVERIFY(begun.send.lapsed == first.send.owner && begun.send.owner != first.send.owner);
        QVERIFY(play(other, other.acquire(at(9898ms)), at(9898ms)).outcome == LockOutcome::NotAcquired);
        const LockStep step = play(mine, begun, at(9898ms));
        QVERIFY(step.outcome == LockOutcome::Acquired && step.votes == 3 && step.validity == Duration{9898ms});
        QCOMPARE(mine.view(at(9898ms)).lost, 1U);
        // What was given back in another way is not given back again.
        play(mine, mine.release(at(10s)), at(10s));
        QCOMPARE(mine.acquire(at(30s)).send.lapsed, 0U);
    }

    // Another's lease that stands at a node is not touched by giving back one's own.
    void givingBackComparesTheOwner()
    {
        LockNode node;
        QVERIFY(node.acquire(7, 10s, at(0s)) == LockReply::Granted);
        QVERIFY(node.answer({LockRequest::Kind::Acquire, 8, 10s, 1, 6}, at(1s)) == LockReply::Taken);
        QVERIFY(node.answer({LockRequest::Kind::Acquire, 8, 10s, 1, 0}, at(1s)) == LockReply::Taken);
        QVERIFY(node.answer({LockRequest::Kind::Acquire, 8, 10s, 1, 7}, at(1s)) == LockReply::Granted);
        QVERIFY(node.view(at(1s)).owner == 8 && node.view(at(1s)).granted == 2);
        QVERIFY(node.answer({LockRequest::Kind::None, 8, 10s, 1, 0}, at(1s)) == LockReply::NotOwner);
    }

    void retryWaitsAreRandom()
    {
        std::set<Duration> waits;
        Redlock lock(redlockConfig(), RandomStream(7, "client"));
        for (int i = 0; i < 500; ++i) {
            const LockStep step = answer(lock, lock.acquire(at(0s)), "nnn", at(0s));
            QVERIFY(*step.retryAfter >= 50ms && *step.retryAfter <= 250ms);
            waits.insert(*step.retryAfter);
        }
        QVERIFY(waits.size() > 490 && *waits.begin() < 55ms && *waits.rbegin() > 245ms);
    }

    void reconfiguring()
    {
        Redlock lock = held();
        RedlockConfig longer = redlockConfig();
        longer.ttl = 100s;
        lock.reconfigure(longer, at(1s));
        QVERIFY(!lock.isHeld(at(9898ms))); // what was promised stays
        QVERIFY(answer(lock, lock.extend(at(1s)), "ggg", at(1s)).validity == Duration{98'998ms});
        RedlockConfig more = redlockConfig();
        more.nodes = 5;
        const Redlock before = lock;
        QVERIFY_EXCEPTION_THROWN(lock.reconfigure(more, at(1s)), InvalidConfig);
        QVERIFY(lock == before);
        answer(lock, lock.release(at(1s)), "ggg", at(1s));
        lock.reconfigure(more, at(1s));
        QCOMPARE(lock.config().nodes, 5U);
    }

    void timeGoingBack()
    {
        using Operation = std::function<void(Redlock &, Time)>;
        const Operation operations[] = {
            [](Redlock &l, Time now) { l.acquire(now); },
            [](Redlock &l, Time now) { l.extend(now); },
            [](Redlock &l, Time now) { l.release(now); },
            [](Redlock &l, Time now) { l.onReply(2, 0, LockReply::Granted, now); },
            [](Redlock &l, Time now) { l.onDeadline(now); },
            [](Redlock &l, Time now) { l.reconfigure(redlockConfig(9s), now); },
        };
        for (const Time latest : {at(5s), at(100s)})
            for (const Operation &operation : operations)
                for (const Time back : {latest - 1ns, at(0s), at(-kHundredYears), Time::min()}) {
                    Redlock lock = held();
                    lock.onDeadline(latest);
                    Redlock other = lock;
                    operation(lock, back);
                    operation(other, latest);
                    QVERIFY(lock == other && lock.view(back) == other.view(latest)
                            && lock.isHeld(back) == other.isHeld(latest));
                }
    }
};
REGISTER_TEST(RedlockTest)

#include "redlock_test.moc"
