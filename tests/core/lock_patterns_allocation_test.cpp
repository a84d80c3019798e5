// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/patterns/health_check.h"
#include "core/patterns/lock/fencing.h"
#include "core/patterns/redlock.h"
#include "tests/core/allocation_count.h"
#include "tests/register_test.h"

#include <QtTest>

using namespace resilience;
using namespace std::chrono_literals;

class LockPatternsAllocationTest : public QObject {
    Q_OBJECT
private slots:
    void healthCheck()
    {
        HealthCheck check;
        const qint64 before = tests::allocationCount();
        for (int i = 0; i < 5000; ++i) {
            const Time now = at(2s * i);
            const Decision decision = check.tryAcquire(Probe::Readiness, now);
            if (i % 7 != 0)
                check.onResult(Probe::Readiness, decision.permit, i % 3 ? Outcome::Success : Outcome::Failure, 1ms * i,
                               now);
            (void)check.view(now);
        }
        QCOMPARE(tests::allocationCount(), before);
        QVERIFY(check.view(at(0s)).of(Probe::Readiness).timedOut > 100);
    }

    void locks()
    {
        Redlock lock;
        FencingStore store;
        FencedResource resource;
        std::array<LockNode, 5> nodes;
        const qint64 before = tests::allocationCount();
        for (int i = 0; i < 5000; ++i) {
            const Time now = at(1s * i);
            const LockStep begun = i % 3 == 0 ? lock.acquire(now) : i % 3 == 1 ? lock.extend(now) : lock.release(now);
            for (uint32_t n = 0; n < nodes.size(); ++n) {
                lock.onReply(begun.send.round, n, nodes[n].answer(begun.send, now), now);
            }
            resource.write(store.acquire(uint64_t(i) + 1, 500ms, now));
        }
        QCOMPARE(tests::allocationCount(), before);
        QVERIFY(lock.view(at(0s)).acquired > 1000 && resource.accepted() == 5000);
    }
};
REGISTER_TEST(LockPatternsAllocationTest)

#include "lock_patterns_allocation_test.moc"
