// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/random_stream.h"
#include "tests/register_test.h"
#include "tests/runtime/pipeline_setup.h"
#include "tests/runtime/threads.h"

#include <QtTest>

#include <algorithm>
#include <array>
#include <atomic>
#include <map>
#include <mutex>
#include <set>

using namespace resilience;
using namespace resilience::runtime;
using namespace std::chrono_literals;

namespace {

enum Kind { kFallback, kTimeout, kRetry, kHedging, kLimiter, kBreaker, kBulkhead, kKinds };
using Order = std::array<int, kKinds>; // outermost first

constexpr int kFallbackValue = -1;
constexpr uint64_t kTokens = 14;

// How often what came out, over all orders: so that no ending is missing from the test.
struct Totals {
    std::map<std::string, int> endings;
    int trials = 0;
    int hedges = 0;
    int retries = 0;
};

// What the callable of all calls shares with the test; outlives the attempts that lost.
struct Target {
    explicit Target(uint64_t seed) : random(seed, "outcomes") {}

    int answer(tests::ManualClock &clock, std::stop_source stop)
    {
        ++inFlight;
        int number = 0;
        int kind = 0;
        {
            const std::lock_guard lock(mutex);
            number = ++invocations;
            kind = int(random.next() % 16);
        }
        if (kind == 15)
            stop.request_stop();
        if (kind == 14)
            clock.advance(3s); // beyond the timeout
        --inFlight;
        if (kind < 6 || kind == 14)
            return number;
        if (kind < 11)
            tests::fail(ErrorKind::ServerError);
        tests::fail(kind < 13 ? ErrorKind::NotSent : ErrorKind::ClientError);
    }

    std::mutex mutex;
    RandomStream random;
    int invocations = 0;
    std::atomic<int> inFlight = 0;
};

// One of each policy, nested in one order.
class Nest {
public:
    Nest(const Order &order, uint64_t index)
        : m_order(order), m_target(std::make_shared<Target>(index)), m_random(index, "calls")
    {
        m_retry.config.backoff.baseDelay = 300ms;
        m_retry.budget = unlimited();
        m_hedging.config = {.maxAttempts = 3, .delay = std::nullopt};
        if (index % 3 > 0)
            m_hedging.config.delay = index % 3 == 1 ? 0ms : 100ms;
        m_hedging.budget = unlimited();
        m_limiter = limiterOf(index % 6);
        CircuitBreakerConfig breaker;
        breaker.failureThreshold = 2;
        breaker.openDuration = 500ms;
        m_breaker = std::make_shared<SharedCircuitBreaker>(breaker, m_clock.clock());
        for (const int kind : order)
            m_config.policies.push_back(policyOf(kind));
        m_config.clock = m_clock.clock();
    }

    PipelineConfig &config() { return m_config; }

    CallResult<int> call(Pipeline &pipeline, bool withFallback, bool repeatable, Deadline deadline = {},
                         std::stop_source stop = std::stop_source())
    {
        const auto function = [target = m_target, &clock = m_clock, stop] { return target->answer(clock, stop); };
        const CallOptions options{deadline, stop.get_token(), {.idempotent = repeatable, .hasRequestId = false}};
        return withFallback ? pipeline.call(function, options, [] { return kFallbackValue; })
                            : pipeline.call(function, options);
    }

    // Some calls one after the other, their attempts on this thread: everything can be reckoned up. Empty = it is
    // right.
    std::string callInTurn(Totals &totals)
    {
        m_config.executor = [](const std::function<void()> &task) { task(); };
        m_bulkhead->reconfigure({.maxConcurrent = 1, .maxQueue = 0, .maxWait = 0ns});
        Pipeline pipeline(m_config);
        int reached = 0;
        for (int i = 0; i < 8; ++i) {
            const int before = m_target->invocations;
            const uint64_t extras = retries() + hedges();
            const Deadline deadline = chance(0.15) ? Deadline::in(1s * below(3), m_clock.now()) : Deadline();
            BulkheadPermit blocker = chance(0.1) ? m_bulkhead->acquire() : BulkheadPermit();
            std::stop_source stop;
            if (chance(0.05))
                stop.request_stop();
            const CallResult<int> result = call(pipeline, chance(0.4), chance(0.8), deadline, stop);
            blocker.release();
            ++totals.endings[endingOf(result, before)];
            const int invoked = m_target->invocations - before;
            reached += invoked > 0;
            // A retry that was decided is not begun any more once another attempt has answered.
            if (result.attempts() > 1 + retries() + hedges() - extras)
                return "attempts that neither retry nor hedging know of";
            if (uint32_t(invoked) > result.attempts() || result.attempts() > 9)
                return "more calls than attempts";
            if (std::string wrong = leftBehind(); !wrong.empty())
                return wrong;
            totals.trials += m_breaker->view().state == BreakerState::HalfOpen;
            m_clock.advance(200ms * below(4));
        }
        totals.retries += int(retries());
        totals.hedges += int(hedges());
        return wrongTokens(reached);
    }

    // From three threads at once, the attempts on threads of their own; what lost has come back when the pipeline ends.
    std::string callAtOnce(Totals &totals)
    {
        std::mutex mutex;
        {
            Pipeline pipeline(m_config);
            tests::onThreads(3, [&](int thread) {
                for (int i = 0; i < 2; ++i) {
                    const CallResult<int> result = call(pipeline, (thread + i) % 2 == 0, true);
                    const std::lock_guard lock(mutex);
                    ++totals.endings[endingOf(result, 0)];
                }
            });
        }
        totals.hedges += int(hedges());
        return leftBehind();
    }

private:
    std::shared_ptr<SharedRetryBudget> unlimited()
    {
        return std::make_shared<SharedRetryBudget>(RetryBudget({Ratio::of(1), 1e6, 1h}), m_clock.clock());
    }

    AnyPolicy policyOf(int kind)
    {
        switch (kind) {
        case kFallback:
            return m_fallback;
        case kTimeout:
            return TimeoutPolicy{2s};
        case kRetry:
            return m_retry;
        case kHedging:
            return m_hedging;
        case kLimiter:
            return m_limiter;
        case kBreaker:
            return m_breaker;
        default:
            return m_bulkhead;
        }
    }

    AnySharedLimiter limiterOf(uint64_t which)
    {
        const Clock clock = m_clock.clock();
        switch (which) {
        case 0:
            m_tokens = std::make_shared<SharedTokenBucket>(
                TokenBucketConfig{.capacity = kTokens, .refill = {1, 8784h}, .initial = std::nullopt}, clock);
            return m_tokens;
        case 1:
            return std::make_shared<SharedLeakyBucket>(LeakyBucketConfig{.capacity = 5, .leak = {2, 1s}}, clock);
        case 2:
            return std::make_shared<SharedLeakyQueue>(LeakyQueueConfig{.capacity = 3, .leak = {2, 1s}}, clock);
        case 3:
            return std::make_shared<SharedFixedWindow>(FixedWindowConfig{.limit = 4, .window = 2s}, clock);
        case 4:
            return std::make_shared<SharedSlidingWindowLog>(SlidingWindowLogConfig{.limit = 4, .window = 2s}, clock);
        default:
            return std::make_shared<SharedSlidingWindowCounter>(SlidingWindowCounterConfig{.limit = 4, .window = 2s},
                                                                clock);
        }
    }

    bool chance(double share) { return m_random.chance(share); }
    int64_t below(uint64_t end) { return int64_t(m_random.next() % end); }
    uint64_t retries() const { return permitted(*m_retry.budget); }
    uint64_t hedges() const { return permitted(*m_hedging.budget); }
    static uint64_t permitted(SharedRetryBudget &budget)
    {
        return budget.with([](RetryBudget &core, Time now) { return core.view(now).permitted; });
    }

    // One word for each kind of ending; a value must be of an invocation after `before`, and nobody else's.
    std::string endingOf(const CallResult<int> &result, int before)
    {
        if (result && result.value() == kFallbackValue)
            return result.fromFallback() ? "fallback" : "wrong";
        if (result)
            return result.value() > before && m_values.insert(result.value()).second && !result.fromFallback()
                       ? "value"
                       : "wrong";
        if (const Refusal *refusal = result.refusal())
            return std::string("refused by ")
                   + (refusal->by                                    ? name(*refusal->by)
                      : refusal->reason == Rejection::DeadlinePassed ? "the caller's deadline"
                                                                     : "the caller");
        return tests::messageOf(result.exception());
    }

    // Permits that are still out.
    std::string leftBehind() const
    {
        const BulkheadView bulkhead = m_bulkhead->view();
        if (bulkhead.inUse != 0 || bulkhead.queued != 0)
            return "a slot is out";
        const BreakerView breaker = m_breaker->view();
        if (breaker.trialsGiven != breaker.trialsSucceeded + breaker.trialsFailed)
            return "a trial is out";
        return m_target->inFlight == 0 ? "" : "a call is out";
    }

    // A permit is used up once it is given: a token for every invocation when nothing inside the bucket can turn an
    // attempt back, at least one for each otherwise; for every call that got anywhere when it is outside retry and
    // hedging.
    std::string wrongTokens(int reached) const
    {
        if (!m_tokens)
            return "";
        const int taken = int(double(kTokens) - m_tokens->available() + 0.5);
        const auto place = [this](int kind) { return std::ranges::find(m_order, kind) - m_order.begin(); };
        const auto [first, last] = std::minmax({place(kRetry), place(kHedging)});
        const bool innermost = place(kLimiter) > std::max({last, place(kBreaker), place(kBulkhead)});
        if (innermost && taken != m_target->invocations)
            return "tokens are not invocations";
        if (place(kLimiter) > last && taken < m_target->invocations)
            return "fewer tokens than invocations";
        return place(kLimiter) < first && taken < reached ? "fewer tokens than calls" : "";
    }

    const Order m_order;
    const std::shared_ptr<Target> m_target;
    RandomStream m_random;
    tests::ManualClock m_clock;
    std::set<int> m_values;
    RetryPolicy m_retry;
    HedgingPolicy m_hedging;
    AnySharedLimiter m_limiter;
    std::shared_ptr<SharedTokenBucket> m_tokens; // when it is the limiter
    std::shared_ptr<SharedFallback> m_fallback = std::make_shared<SharedFallback>(Fallback(), m_clock.clock());
    std::shared_ptr<SharedCircuitBreaker> m_breaker;
    std::shared_ptr<SharedBulkhead> m_bulkhead = std::make_shared<SharedBulkhead>(
        BulkheadConfig{.maxConcurrent = 3, .maxQueue = 1, .maxWait = 0ns}, m_clock.clock());
    PipelineConfig m_config;
};

template <typename Check> void forEveryOrder(const Check &check)
{
    Order order{};
    for (int i = 0; i < kKinds; ++i)
        order[size_t(i)] = i;
    uint64_t index = 0;
    do {
        const std::string wrong = check(order, index++);
        if (wrong.empty())
            continue;
        QString places;
        for (const int kind : order)
            places += QString::number(kind);
        QFAIL(qPrintable(places + QLatin1String(": ") + QString::fromStdString(wrong)));
    } while (std::ranges::next_permutation(order).found);
    QCOMPARE(index, uint64_t{5040});
}

} // namespace

// Conservation, in all 5040 orders of one of each policy: a call ends once and with what is its own, every permit comes
// back, and there are as many attempts as retry and hedging say.
class PipelinePermutationsTest : public QObject {
    Q_OBJECT
private slots:
    void conservesInTurn()
    {
        Totals totals;
        forEveryOrder([&](const Order &order, uint64_t index) { return Nest(order, index).callInTurn(totals); });
        if (QTest::currentTestFailed())
            return;
        check(totals,
              {"value", "fallback", "failed", "timed out", "refused by the caller", "refused by the caller's deadline",
               "refused by rate-limiter", "refused by circuit-breaker", "refused by bulkhead"});
        QVERIFY(totals.endings.at("refused by total-timeout") > 0);
        QVERIFY(totals.trials > 1000 && totals.retries > 1000 && totals.hedges > 1000);
    }

    // Every seventh order, each with another limiter.
    void conservesAtOnce()
    {
        Totals totals;
        forEveryOrder([&](const Order &order, uint64_t index) {
            return index % 7 == 0 ? Nest(order, index).callAtOnce(totals) : std::string();
        });
        if (QTest::currentTestFailed())
            return;
        check(totals, {"value", "fallback", "failed", "refused by rate-limiter", "refused by circuit-breaker"},
              0); // how many of each is up to the threads
        QVERIFY(totals.hedges > 100);
    }

private:
    static void check(const Totals &totals, const std::vector<std::string> &wanted, int least = 50)
    {
        for (const auto &[ending, count] : totals.endings)
            QVERIFY2(std::ranges::find(wanted, ending) != wanted.end() || ending.starts_with("refused")
                         || ending == "timed out",
                     ending.c_str());
        for (const std::string &ending : wanted)
            QVERIFY2(totals.endings.contains(ending) && totals.endings.at(ending) > least,
                     qPrintable(QStringLiteral("%1: %2")
                                    .arg(QString::fromStdString(ending))
                                    .arg(totals.endings.contains(ending) ? totals.endings.at(ending) : 0)));
    }
};
REGISTER_TEST(PipelinePermutationsTest)

#include "pipeline_permutations_test.moc"
