// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/register_test.h"
#include "tests/runtime/pipeline_setup.h"
#include "tests/runtime/threads.h"

#include <QtTest>

#include <thread>

using namespace resilience;
using namespace resilience::runtime;
using namespace std::chrono_literals;
using tests::fail;
using tests::messageOf;
using tests::PipelineParts;

// What the order of the policies changes: the same parts, nested otherwise.
class PipelineOrderTest : public QObject {
    Q_OBJECT
private slots:
    void aTimeoutBoundsWhatIsInsideIt()
    {
        PipelineParts p;
        const auto slow = [&](const Attempt &) { p.clock.advance(4s); };
        // Around the retry: 4 s, 1 s of backoff, 4 s, and the next wait of 2 s does not fit into 10 s.
        Pipeline around(p.config({TimeoutPolicy{10s}, p.retry, TimeoutPolicy{4s}}));
        QCOMPARE(around.call(slow, p.repeatable).attempts(), 2u);
        // Inside it: each attempt has 10 s of its own, and is in time.
        Pipeline inside(p.config({p.retry, TimeoutPolicy{10s}}));
        QVERIFY(inside.call(slow, p.repeatable));
        // Two of them: the shorter one bounds, whichever is outside.
        for (const auto &[outer, inner] : {std::pair{4s, 9s}, std::pair{9s, 4s}}) {
            Pipeline two(p.config({TimeoutPolicy{outer}, TimeoutPolicy{inner}}));
            Duration left{};
            const auto result = two.call([&](const Attempt &attempt) {
                left = *attempt.deadline.remaining(p.clock.now());
                p.clock.advance(4s);
            });
            QVERIFY(left == 4s);
            QCOMPARE(messageOf(result.exception()), std::string("timed out"));
        }
    }

    void aTimeoutInsideTheBulkheadLeavesTheQueueAlone()
    {
        PipelineParts p;
        p.bulkhead->reconfigure({.maxConcurrent = 1, .maxQueue = 1, .maxWait = 0ns});
        {
            const BulkheadPermit taken = p.bulkhead->acquire();
            Pipeline outside(p.config({TimeoutPolicy{5s}, p.bulkhead}));
            const Time start = p.clock.now();
            const auto refused = outside.call([] { return 1; });
            QVERIFY((*refused.refusal() == Refusal{PolicyKind::Bulkhead, Rejection::DeadlinePassed, std::nullopt}));
            QVERIFY(p.clock.now() == start + 5s);
            QCOMPARE(p.bulkhead->view().queued, 0u);
        }
        Pipeline inside(p.config({p.bulkhead, TimeoutPolicy{5s}}));
        BulkheadPermit taken = p.bulkhead->acquire();
        std::optional<CallResult<int>> result;
        {
            const std::jthread waiter([&] { result = inside.call([] { return 1; }); });
            tests::yieldUntil([&] { return p.bulkhead->view().queued == 1; });
            p.clock.advance(6s);
            taken.release();
        }
        QVERIFY(result->hasValue());
    }

    void aBreakerOutsideTheRetryCountsCalls()
    {
        for (const bool outside : {true, false}) {
            PipelineParts p;
            Pipeline pipeline(outside ? p.config({p.breaker, p.retry}) : p.config({p.retry, p.breaker}));
            QCOMPARE(pipeline.call([] { fail(); }, p.repeatable).attempts(), 3u);
            QCOMPARE(p.breaker->view().window.consecutiveFailures, outside ? 1u : 0u);
            QCOMPARE(p.breaker->view().state, outside ? BreakerState::Closed : BreakerState::Open);
        }
    }

    void aLimiterOutsideTheRetryCountsCalls()
    {
        for (const bool outside : {true, false}) {
            PipelineParts p;
            Pipeline pipeline(outside ? p.config({p.tokens, p.retry}) : p.config({p.retry, p.tokens}));
            pipeline.call([] { fail(); }, p.repeatable);
            QCOMPARE(p.tokensTaken(), outside ? 1 : 3);
        }
    }

    void aBulkheadOutsideTheRetryIsHeldDuringBackoff()
    {
        for (const bool outside : {true, false}) {
            PipelineParts p;
            PipelineConfig config = outside ? p.config({p.bulkhead, p.retry}) : p.config({p.retry, p.bulkhead});
            uint32_t inUse = 9;
            config.clock.sleepUntil = [&](Time, const std::stop_token &) {
                inUse = p.bulkhead->view().inUse;
                return true;
            };
            Pipeline pipeline(config);
            pipeline.call([] { fail(); }, p.repeatable);
            QCOMPARE(inUse, outside ? 1u : 0u);
            QCOMPARE(p.bulkhead->view().inUse, 0u);
        }
    }

    void whoIsRefusedInsideHasUsedUpItsPermits()
    {
        PipelineParts p;
        const auto window = std::make_shared<SharedFixedWindow>(FixedWindowConfig{3, 1h}, p.clock.clock());
        Pipeline pipeline(p.config({p.tokens, AnySharedLimiter(window), p.breaker, p.bulkhead}));
        const BulkheadPermit one = p.bulkhead->acquire();
        const BulkheadPermit two = p.bulkhead->acquire();
        const auto result = pipeline.call([] {});
        QVERIFY((*result.refusal() == Refusal{PolicyKind::Bulkhead, Rejection::QueueFull, std::nullopt}));
        QCOMPARE(p.tokensTaken(), 1);
        QCOMPARE(window->available(), uint64_t{2});
        QCOMPARE(p.breaker->view().window.calls, 0u);
    }

    void everyPolicyMayOccurTwice()
    {
        PipelineParts p;
        p.retry.config.maxAttempts = 2;
        const auto tight = std::make_shared<SharedTokenBucket>(
            TokenBucketConfig{.capacity = 3, .refill = {1, 8784h}, .initial = std::nullopt}, p.clock.clock());
        Pipeline pipeline(p.config({p.retry, p.tokens, p.retry, tight, p.breaker, p.breaker}));
        const auto result = pipeline.call([] { fail(); }, p.repeatable);
        // Two by two attempts; each failure counts twice, so the third one meets an open breaker.
        QCOMPARE(p.breaker->view().state, BreakerState::Open);
        QCOMPARE(result.attempts(), 3u);
        QCOMPARE(result.refusal()->by, PolicyKind::CircuitBreaker);
        QCOMPARE(p.tokensTaken(), 2);
    }

    void theLeakyQueueWaitsItsTurn()
    {
        PipelineParts p;
        const auto queue =
            std::make_shared<SharedLeakyQueue>(LeakyQueueConfig{.capacity = 2, .leak = {1, 10s}}, p.clock.clock());
        Pipeline pipeline(p.config({AnySharedLimiter(queue)}));
        // Asked by two more before: its own turn comes 20 s from now.
        queue->tryAcquire(2);
        const Time start = p.clock.now();
        QVERIFY(pipeline.call([&] { return p.clock.now() == start + 20s; }).value());
        QVERIFY((p.clock.sleeps() == std::vector<Duration>{20s}));
    }

    void aTurnAfterTheDeadlineIsNotTaken()
    {
        for (const Duration more : {-1ns, 0ns, 1ns}) {
            PipelineParts p;
            const auto queue =
                std::make_shared<SharedLeakyQueue>(LeakyQueueConfig{.capacity = 2, .leak = {1, 10s}}, p.clock.clock());
            queue->tryAcquire();
            const LeakyQueue before = queue->checkpoint();
            Pipeline pipeline(p.config({TimeoutPolicy{10s + more}, AnySharedLimiter(queue)}));
            const auto result = pipeline.call([] {});
            QCOMPARE(result.hasValue(), more == 1ns);
            if (result)
                continue;
            QVERIFY((*result.refusal() == Refusal{PolicyKind::RateLimiter, Rejection::DeadlinePassed, std::nullopt}));
            QVERIFY(queue->checkpoint() == before);
            QVERIFY(p.clock.sleeps().empty());
        }
    }

    void stopEndsTheWaitForATurn()
    {
        PipelineParts p;
        const auto queue =
            std::make_shared<SharedLeakyQueue>(LeakyQueueConfig{.capacity = 2, .leak = {1, 10s}}, p.clock.clock());
        queue->tryAcquire();
        PipelineConfig config = p.config({AnySharedLimiter(queue)});
        std::stop_source stop;
        config.clock.sleepUntil = [&](Time, const std::stop_token &token) {
            stop.request_stop();
            return !token.stop_requested();
        };
        Pipeline pipeline(config);
        const auto result = pipeline.call([] {}, {.stop = stop.get_token()});
        QVERIFY((*result.refusal() == Refusal{std::nullopt, Rejection::Cancelled, std::nullopt}));
    }

    void retriesShareABudgetThatCountsACallOnce()
    {
        PipelineParts p;
        p.retry.budget = std::make_shared<SharedRetryBudget>(RetryBudget(), p.clock.clock());
        p.retry.config.backoff.baseDelay = 0ns;
        Pipeline pipeline(p.config({p.retry, p.retry, HedgingPolicy{.budget = p.retry.budget}}));
        CallOptions once;
        QCOMPARE(pipeline.call([] { fail(ErrorKind::NotSent); }, once).attempts(), 9u);
        const RetryBudgetView view = p.retry.budget->with([](RetryBudget &core, Time now) { return core.view(now); });
        QCOMPARE(view.requests, 1u);
        QCOMPARE(view.retries, 8u);
    }
};
REGISTER_TEST(PipelineOrderTest)

#include "pipeline_order_test.moc"
