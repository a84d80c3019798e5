// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/register_test.h"
#include "tests/runtime/pipeline_setup.h"
#include "tests/runtime/threads.h"

#include <QtTest>

#include <atomic>
#include <barrier>
#include <condition_variable>
#include <mutex>
#include <thread>

using namespace resilience;
using namespace resilience::runtime;
using namespace std::chrono_literals;
using tests::fail;
using tests::messageOf;
using tests::PipelineParts;

namespace {

// Holds a thread until it is asked to stop.
void awaitStop(const std::stop_token &stop)
{
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    never.wait(lock, stop, [] { return false; });
}

[[noreturn]] void hang(const Attempt &attempt)
{
    awaitStop(attempt.stop);
    throw std::runtime_error("stopped");
}

HedgingPolicy hedging(uint32_t maxAttempts, std::optional<Duration> delay)
{
    return {.config = {.maxAttempts = maxAttempts, .delay = delay}};
}

// What callables that are copied into a call share with the test.
struct Seen {
    std::atomic<int> begun = 0;
    std::atomic<int> ended = 0;
    std::atomic<bool> letGo = false;
};

// The clock of the parts, which begins its n-th sleep only when n attempts have reached the callable.
Clock afterAttempts(PipelineParts &p, const std::shared_ptr<Seen> &seen)
{
    Clock clock = p.clock.clock();
    clock.sleepUntil = [seen, sleep = clock.sleepUntil, sleeps = 0](Time moment, const std::stop_token &stop) mutable {
        ++sleeps;
        tests::yieldUntil([&] { return seen->begun >= sleeps || stop.stop_requested(); });
        return sleep(moment, stop);
    };
    return clock;
}

} // namespace

// Attempts on real threads. The clock stands still but for sleeps, which take no time: the next attempt begins at once
// while the first one hangs.
class PipelineHedgingTest : public QObject {
    Q_OBJECT
private slots:
    void theFirstSuccessWins()
    {
        PipelineParts p;
        const Time start = p.clock.now();
        auto seen = std::make_shared<Seen>();
        {
            PipelineConfig config = p.config({hedging(3, 100ms), p.tokens, p.breaker, p.bulkhead});
            config.clock = afterAttempts(p, seen);
            Pipeline pipeline(config);
            const auto result = pipeline.call(
                [seen](const Attempt &attempt) {
                    ++seen->begun;
                    if (attempt.number > 1)
                        return attempt.number;
                    awaitStop(attempt.stop);
                    ++seen->ended;
                    throw std::runtime_error("stopped");
                },
                p.repeatable);
            QVERIFY(result.value() >= 2); // the third may have begun before the second has come back
            QVERIFY(result.attempts() >= result.value());
        }
        QCOMPARE(seen->ended.load(), 1);
        QVERIFY(p.clock.now() >= start + 100ms);
        QCOMPARE(p.bulkhead->view().inUse, 0u);
        QCOMPARE(p.breaker->view().window.consecutiveFailures, 0u);
    }

    // The call is over while its loser, which takes no notice, still holds its slot.
    void waitsForNoLoser()
    {
        PipelineParts p;
        auto seen = std::make_shared<Seen>();
        {
            PipelineConfig config = p.config({hedging(2, 100ms), p.bulkhead});
            config.clock = afterAttempts(p, seen);
            Pipeline pipeline(config);
            const auto result = pipeline.call(
                [seen](const Attempt &attempt) {
                    ++seen->begun;
                    if (attempt.number > 1)
                        return attempt.number;
                    tests::yieldUntil([&] { return seen->letGo.load(); });
                    ++seen->ended;
                    return attempt.number;
                },
                p.repeatable);
            QCOMPARE(result.value(), 2u);
            QCOMPARE(result.attempts(), 2u);
            QCOMPARE(seen->ended.load(), 0);
            QVERIFY(p.bulkhead->view().inUse >= 1);
            seen->letGo = true;
        }
        QCOMPARE(seen->ended.load(), 1);
        QCOMPARE(p.bulkhead->view().inUse, 0u);
    }

    void withoutADelayAllRunAtOnce()
    {
        Pipeline pipeline({.policies = {hedging(4, 0ns)}});
        auto together = std::make_shared<std::barrier<>>(4);
        CallOptions repeatable;
        repeatable.operation.hasRequestId = true;
        const auto result = pipeline.call(
            [together] {
                together->arrive_and_wait(); // each waits for the three others
                return 5;
            },
            repeatable);
        QCOMPARE(result.value(), 5);
        QCOMPARE(result.attempts(), 4u);
    }

    void aFailureBeginsTheNextAtOnce()
    {
        PipelineParts p;
        Pipeline pipeline(p.config({hedging(3, std::nullopt)}));
        const auto result = pipeline.call(
            [](const Attempt &attempt) {
                if (attempt.number < 3)
                    fail();
                return attempt.number;
            },
            p.repeatable);
        QCOMPARE(result.value(), 3u);
        QVERIFY(p.clock.sleeps().empty());
        const auto failed = pipeline.call([] { fail(); }, p.repeatable);
        QCOMPARE(failed.attempts(), 3u);
        QCOMPARE(messageOf(failed.exception()), std::string("failed"));
        const auto fatal = pipeline.call([] { fail(ErrorKind::ClientError); }, p.repeatable);
        QCOMPARE(fatal.attempts(), 1u);
    }

    void whatMustNotBeRepeatedStaysOnItsThread()
    {
        PipelineParts p;
        Pipeline pipeline(p.config({hedging(3, 0ns)}));
        const auto here = std::this_thread::get_id();
        int calls = 0;
        const auto result = pipeline.call([&] {
            ++calls;
            return std::this_thread::get_id() == here;
        });
        QVERIFY(result.value());
        QCOMPARE(calls, 1);
        QCOMPARE(result.attempts(), 1u);
    }

    // Nobody answers: at the deadline the call is over, though every attempt hangs.
    void theDeadlineEndsTheCall()
    {
        PipelineParts p;
        const Time start = p.clock.now();
        auto seen = std::make_shared<Seen>();
        {
            PipelineConfig config = p.config({TimeoutPolicy{1s}, p.breaker, p.tokens, hedging(2, 400ms), p.bulkhead});
            config.clock = afterAttempts(p, seen);
            Pipeline pipeline(config);
            const auto result = pipeline.call(
                [seen](const Attempt &attempt) {
                    ++seen->begun;
                    hang(attempt);
                },
                p.repeatable);
            QCOMPARE(messageOf(result.exception()), std::string("timed out"));
            QCOMPARE(result.attempts(), 2u);
            QVERIFY(p.clock.now() == start + 1s);
        }
        QCOMPARE(p.breaker->view().window.consecutiveFailures, 0u); // that limit lies outside it
        QCOMPARE(p.bulkhead->view().inUse, 0u);
        QCOMPARE(p.tokensTaken(), 1);
    }

    void aRequestToStopEndsTheCall()
    {
        PipelineParts p;
        auto seen = std::make_shared<Seen>();
        std::stop_source stop;
        p.repeatable.stop = stop.get_token();
        {
            Pipeline pipeline(p.config({p.retry, p.breaker, hedging(2, 0ns), p.bulkhead}));
            const std::jthread stopper([&] {
                tests::yieldUntil([&] { return seen->begun == 2; });
                stop.request_stop();
            });
            const auto result = pipeline.call(
                [seen](const Attempt &attempt) {
                    ++seen->begun;
                    hang(attempt);
                },
                p.repeatable);
            // Either the caller's wish comes first, or the exception of an attempt that has heard of it.
            QVERIFY(result.refusal() ? result.refusal()->by == std::nullopt
                                     : messageOf(result.exception()) == "stopped");
            QCOMPARE(result.attempts(), 2u);
        }
        QCOMPARE(p.breaker->view().window.calls, 0u);
        QCOMPARE(p.breaker->view().window.consecutiveFailures, 0u);
        QCOMPARE(p.bulkhead->view().inUse, 0u);
    }

    // A full bulkhead keeps the hedge out; the attempt that is inside goes on and wins.
    void aRefusedHedgeHarmsNobody()
    {
        PipelineParts p;
        p.bulkhead->reconfigure({.maxConcurrent = 1, .maxQueue = 0, .maxWait = 0ns});
        Pipeline pipeline(p.config({hedging(2, 0ns), p.bulkhead}));
        const auto result = pipeline.call(
            [bulkhead = p.bulkhead](const Attempt &attempt) {
                tests::yieldUntil([&] { return bulkhead->view().rejected == 1; });
                return attempt.number;
            },
            p.repeatable);
        QVERIFY(result.hasValue());
        QCOMPARE(result.attempts(), 2u);
    }

    void nestsWithRetriesBothWays()
    {
        for (const bool retryOutside : {true, false}) {
            PipelineParts p;
            p.retry.config.backoff.baseDelay = 0ns;
            const HedgingPolicy two = hedging(2, std::nullopt);
            Pipeline pipeline(retryOutside ? p.config({p.retry, two, p.tokens}) : p.config({two, p.retry, p.tokens}));
            auto numbers = std::make_shared<std::vector<uint32_t>>(); // one attempt at a time
            const auto result = pipeline.call(
                [numbers](const Attempt &attempt) {
                    numbers->push_back(attempt.number);
                    fail();
                },
                p.repeatable);
            QCOMPARE(result.attempts(), 6u);
            QVERIFY((*numbers == std::vector<uint32_t>{1, 2, 3, 4, 5, 6}));
            QCOMPARE(p.tokensTaken(), 6);
        }
    }

    void hedgesNestToo()
    {
        Pipeline pipeline({.policies = {hedging(2, 0ns), hedging(3, 0ns)}});
        auto together = std::make_shared<std::barrier<>>(6);
        CallOptions repeatable;
        repeatable.operation.idempotent = true;
        const auto result = pipeline.call(
            [together] {
                together->arrive_and_wait();
                return std::string("six");
            },
            repeatable);
        QCOMPARE(result.value(), std::string("six"));
        QCOMPARE(result.attempts(), 6u);
    }

    void aFallbackInsideAnswersOneAttempt()
    {
        PipelineParts p;
        Pipeline pipeline(p.config({hedging(3, std::nullopt), p.fallback}));
        const auto result = pipeline.call([]() -> int { fail(); }, p.repeatable, [] { return 7; });
        QCOMPARE(result.value(), 7);
        QVERIFY(result.fromFallback());
        QCOMPARE(result.attempts(), 1u);
    }

    void theBudgetKeepsHedgesOut()
    {
        PipelineParts p;
        HedgingPolicy policy = hedging(8, 0ns);
        policy.budget = std::make_shared<SharedRetryBudget>(RetryBudget({Ratio::of(0), 1, 2s}), p.clock.clock());
        Pipeline pipeline(p.config({policy}));
        QCOMPARE(pipeline.call([] { fail(); }, p.repeatable).attempts(), 3u);
        QCOMPARE(pipeline.call([] { fail(); }, p.repeatable).attempts(), 1u);
        QCOMPARE(policy.budget->with([](RetryBudget &core, Time now) { return core.view(now).requests; }), 2u);
    }

    void runsOnTheExecutorItIsGiven()
    {
        PipelineParts p;
        int tasks = 0;
        PipelineConfig config = p.config({hedging(3, std::nullopt)});
        config.executor = [&](const std::function<void()> &task) {
            ++tasks;
            task();
        };
        Pipeline pipeline(config);
        const auto here = std::this_thread::get_id();
        const auto result = pipeline.call(
            [here](const Attempt &attempt) {
                if (attempt.number == 1)
                    fail();
                return std::this_thread::get_id() == here;
            },
            p.repeatable);
        QVERIFY(result.value());
        QCOMPARE(tasks, 2);
    }

    void anExecutorWithoutThreadsIsAFailureOfOurs()
    {
        PipelineParts p;
        PipelineConfig config = p.config({p.breaker, hedging(3, 0ns)});
        config.executor = [](const std::function<void()> &) { throw std::runtime_error("no threads"); };
        Pipeline pipeline(config);
        const auto result = pipeline.call([] {}, p.repeatable);
        QCOMPARE(messageOf(result.exception()), std::string("no threads"));
        QCOMPARE(p.breaker->view().window.consecutiveFailures, 0u);
    }

    // A callable that is handed over belongs to the call, and goes with its last attempt.
    void ownsWhatItCalls()
    {
        PipelineParts p;
        auto owned = std::make_unique<int>(5);
        auto shared = std::make_shared<int>(6);
        const std::weak_ptr<int> watched = shared;
        {
            Pipeline pipeline(p.config({hedging(2, std::nullopt)}));
            const auto result =
                pipeline.call([owned = std::move(owned),
                               shared = std::move(shared)] { return std::make_unique<int>(*owned + *shared); },
                              p.repeatable);
            QCOMPARE(*result.value(), 11);
        }
        QVERIFY(watched.expired());
    }

    // Hedges, losers and stop requests of many threads meet at random; everything comes back.
    void conservesPermitsInAHurry()
    {
        PipelineParts p;
        CircuitBreakerConfig config;
        config.window = {OutcomeWindowConfig::Kind::Count, 1000, 0s};
        config.minimumCalls = 1000;
        const auto breaker = std::make_shared<SharedCircuitBreaker>(config);
        // A slot more than attempts that hang, or no hedge would ever end them; and room for everyone to wait.
        p.bulkhead->reconfigure({.maxConcurrent = 4, .maxQueue = 1000, .maxWait = 0ns});
        auto seen = std::make_shared<Seen>();
        std::atomic<int> values = 0;
        std::atomic<int> others = 0;
        {
            Pipeline pipeline({.policies = {hedging(3, 10us), breaker, p.bulkhead}});
            tests::onThreads(3, [&](int thread) {
                for (int i = 0; i < 40; ++i) {
                    const auto result = pipeline.call(
                        [seen, kind = (thread + i) % 4](const Attempt &attempt) {
                            ++seen->begun;
                            const auto count = [&] { ++seen->ended; };
                            if (attempt.number == 1 && kind == 0) {
                                awaitStop(attempt.stop);
                                count();
                                throw std::runtime_error("stopped");
                            }
                            count();
                            if (kind == 1)
                                fail();
                            return attempt.number;
                        },
                        p.repeatable);
                    ++(result ? values : others);
                }
            });
        }
        QCOMPARE(values + others, 120);
        QCOMPARE(seen->begun.load(), seen->ended.load());
        QVERIFY2(values >= 60 && others > 0, qPrintable(QStringLiteral("%1 %2").arg(values).arg(others)));
        const uint32_t counted = breaker->view().window.calls;
        QVERIFY(counted > 0 && counted <= uint32_t(seen->begun));
        QCOMPARE(p.bulkhead->view().inUse + p.bulkhead->view().queued, 0u);
    }
};
REGISTER_TEST(PipelineHedgingTest)

#include "pipeline_hedging_test.moc"
