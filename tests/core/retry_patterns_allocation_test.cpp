// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/patterns/bulkhead.h"
#include "core/patterns/idempotency_store.h"
#include "core/patterns/retry.h"
#include "tests/core/allocation_count.h"
#include "tests/register_test.h"

#include <QtTest>

using namespace resilience;
using namespace std::chrono_literals;

class RetryPatternsAllocationTest : public QObject {
    Q_OBJECT
private slots:
    void bulkhead()
    {
        Bulkhead bulkhead({3, 5, 7s});
        const Bulkhead checkpoint = bulkhead;
        bulkhead = checkpoint; // a copy has its storage too
        std::array<Ticket, 16> tickets{};
        uint64_t seen = 0;
        const qint64 before = tests::allocationCount();
        for (size_t i = 0; i < 5000; ++i) {
            const Time now = at(1s * i);
            tickets[i % 16] = bulkhead.tryAcquire(now).ticket;
            tickets[(i + 1) % 16] = bulkhead.tryAcquire(now, now + 3s).ticket;
            bulkhead.release(tickets[i * 7 % 16], now);
            bulkhead.onDeadline(now);
            seen += bulkhead.view(now).queued;
        }
        QCOMPARE(tests::allocationCount(), before);
        const BulkheadView view = bulkhead.view(at(5000s));
        QVERIFY(seen > 0 && view.expired > 100 && view.rejected > 100 && view.permitted > 100);
    }

    void retryAndBudget()
    {
        RetryConfig config;
        config.backoff.jitter = Jitter::Full;
        Retry retry(config);
        RetryBudget budget({Ratio::of(0.5), 1, 10s});
        int again = 0;
        const qint64 before = tests::allocationCount();
        for (int i = 0; i < 5000; ++i) {
            RetryCall call = retry.begin(at(10ms * i), {true, false}, {}, &budget);
            while (retry.onResult(call, Outcome::Failure, {}, at(10ms * i), &budget).again())
                ++again;
        }
        QCOMPARE(tests::allocationCount(), before);
        QVERIFY(again > 1000 && budget.view(at(50s)).rejected > 1000);
    }

    void idempotencyStore()
    {
        IdempotencyStore<int> store({100, 50s, 5s});
        int done = 0;
        const qint64 before = tests::allocationCount();
        for (uint64_t i = 0; i < 5000; ++i) {
            const RequestId id{0, i / 2};
            const auto claim = store.claim(id, 1, at(1s * int64_t(i)));
            if (claim)
                store.complete(id, claim.serial, 3, at(1s * int64_t(i)));
            done += claim.kind == Claimed::Done;
        }
        QCOMPARE(tests::allocationCount(), before);
        QCOMPARE(done, 2500);
    }
};
REGISTER_TEST(RetryPatternsAllocationTest)

#include "retry_patterns_allocation_test.moc"
