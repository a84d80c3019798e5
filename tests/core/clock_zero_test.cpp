// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/patterns/bulkhead.h"
#include "core/patterns/health_check.h"
#include "core/patterns/idempotency_store.h"
#include "core/patterns/lock/lock_node.h"
#include "core/patterns/redlock.h"
#include "core/runtime/shared_bulkhead.h"
#include "tests/register_test.h"

#include <QtTest>

using namespace resilience;
using namespace std::chrono_literals;

namespace {

// When a life begins: clocks that are behind their zero, at it, and months beyond.
const Time kBeginnings[] = {at(-24h * 36525), at(-3s), kTimeZero, at(24h * 100)};

} // namespace

// A clock's zero means nothing to a pattern: the same life, begun at any moment, goes the same way. (The limiters,
// which have something at the start, have a test of their own.)
class ClockZeroTest : public QObject {
    Q_OBJECT
private slots:
    void bulkhead()
    {
        for (const Time start : kBeginnings) {
            Bulkhead bulkhead({1, 1, 2s});
            const Admission first = bulkhead.tryAcquire(start);
            const Admission second = bulkhead.tryAcquire(start + 1s);
            QVERIFY(first && second.queued() && second.waitsUntil == start + 3s);
            QVERIFY(bulkhead.tryAcquire(start + 1s, start + 1s).rejection == Rejection::DeadlinePassed);
            bulkhead.onDeadline(start + 3s - 1ns);
            QVERIFY(bulkhead.expired().empty());
            bulkhead.onDeadline(start + 3s);
            QCOMPARE(bulkhead.expired().size(), 1U);
            QVERIFY(bulkhead.release(first.ticket, start + 4s) == Returned::Slot);
        }
    }

    void sharedBulkhead()
    {
        for (const Time start : kBeginnings) {
            runtime::SharedBulkhead bulkhead({1, 0, {}}, {[start] { return start; }, {}});
            QVERIFY(bool(bulkhead.acquire()));
            QVERIFY(bool(bulkhead.acquire(Deadline::at(start + 1ns))));
            const auto taken = bulkhead.acquire();
            QVERIFY(bulkhead.acquire(Deadline::at(start + 1ns)).rejection() == Rejection::QueueFull);
            QVERIFY(bulkhead.acquire(Deadline::at(start)).rejection() == Rejection::DeadlinePassed);
        }
    }

    void healthCheck()
    {
        for (const Time start : kBeginnings) {
            HealthCheck check;
            const Permit permit = check.tryAcquire(Probe::Readiness, start).permit;
            QVERIFY(check.nextDeadline() == start + 5s);
            QVERIFY(check.tryAcquire(Probe::Readiness, start + 1s).retryAfter == Duration{4s});
            HealthCheck silent = check;
            QVERIFY(check.onResult(Probe::Readiness, permit, Outcome::Success, 1s, start + 5s - 1ns)
                    == Recorded::Counted);
            QVERIFY(silent.onResult(Probe::Readiness, permit, Outcome::Success, 5s, start + 5s) == Recorded::Late);
        }
    }

    void idempotencyStore()
    {
        for (const Time start : kBeginnings) {
            IdempotencyStore<int> store({4, 10s, 5s});
            const auto claim = store.claim({1, 2}, 3, start);
            QVERIFY(store.claim({1, 2}, 3, start + 1s).retryAfter == Duration{4s});
            QVERIFY(store.complete({1, 2}, claim.serial, 7, start + 2s));
            QVERIFY(store.claim({1, 2}, 3, start + 12s - 1ns).answer == 7);
            QVERIFY(store.claim({1, 2}, 3, start + 12s).kind == Claimed::New);
        }
    }

    void lock()
    {
        for (const Time start : kBeginnings) {
            RedlockConfig config;
            config.nodes = 1;
            Redlock client(config, RandomStream(1, "client"));
            LockNode node;
            const LockStep begun = client.acquire(start);
            const LockStep step = client.onReply(begun.send.round, 0, node.answer(begun.send, start), start + 1s);
            QVERIFY(begun.send.round != 0 && step.outcome == LockOutcome::NotAcquired); // the round took 50 ms
            node.answer(step.send, start + 1s);
            const LockStep again = client.acquire(start + 2s);
            QVERIFY(client.onReply(again.send.round, 0, node.answer(again.send, start + 2s), start + 2s).outcome
                    == LockOutcome::Acquired);
            QVERIFY(client.isHeld(start + 2s + 9898ms - 1ns) && !client.isHeld(start + 2s + 9898ms));
            QVERIFY(node.acquire(9, 1s, start + 12s - 1ns) == LockReply::Taken);
            QVERIFY(node.acquire(9, 1s, start + 12s) == LockReply::Granted);
        }
    }
};
REGISTER_TEST(ClockZeroTest)

#include "clock_zero_test.moc"
