// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/patterns/retry.h"
#include "tests/register_test.h"

#include <QtTest>

#include <functional>

using namespace resilience;
using namespace std::chrono_literals;

namespace {

using RetryKind = RetryVerdict::Kind;
using Reason = RetryVerdict::Reason;
constexpr Operation kOnce{false, false};
constexpr Operation kIdempotent{true, false};
constexpr Operation kWithId{false, true};
constexpr Failure kTimedOut{ErrorKind::Timeout, std::nullopt, std::nullopt};

// Waits of 1, 2, 4 ... s, up to 30 s.
RetryConfig small(uint32_t maxAttempts = 3)
{
    RetryConfig config;
    config.maxAttempts = maxAttempts;
    config.backoff.baseDelay = 1s;
    return config;
}

const struct {
    const char *title;
    std::function<void(RetryConfig &)> change;
    const char *field;
    const char *found;
    const char *expected;
} kRefusedRetries[] = {
    {"no attempts", [](auto &c) { c.maxAttempts = 0; }, "max_attempts", "0", "at least 1"},
    {"no time", [](auto &c) { c.maxElapsed = 0s; }, "max_elapsed", "0 s", "more than 0 s"},
    {"negative time", [](auto &c) { c.maxElapsed = -1ns; }, "max_elapsed", "-1e-09 s", "more than 0 s"},
    {"negative wish", [](auto &c) { c.maxRetryAfter = -1ns; }, "max_retry_after", "-1e-09 s", "0 s or more"},
    {"bad backoff", [](auto &c) { c.backoff.baseDelay = -1s; }, "base_delay", "-1 s", "0 s or more"},
};

const struct {
    const char *title;
    ErrorKind kind;
    bool once; // retried when the operation may not be repeated
    bool repeatable;
} kErrors[] = {
    {"not sent", ErrorKind::NotSent, true, true},    {"timeout", ErrorKind::Timeout, false, true},
    {"server", ErrorKind::ServerError, false, true}, {"client", ErrorKind::ClientError, false, false},
    {"rejected", ErrorKind::Rejected, false, false}, {"other", ErrorKind::Other, false, true},
};

} // namespace

class RetryTest : public QObject {
    Q_OBJECT
private slots:
    void refused_data()
    {
        QTest::addColumn<int>("index");
        for (size_t i = 0; i < std::size(kRefusedRetries); ++i)
            QTest::newRow(kRefusedRetries[i].title) << int(i);
    }
    void refused()
    {
        QFETCH(int, index);
        const auto &row = kRefusedRetries[index];
        RetryConfig config = small();
        row.change(config);
        const auto error = config.validate();
        QVERIFY(error && *error == (ConfigError{row.field, row.found, row.expected}));
        QVERIFY_EXCEPTION_THROWN(Retry{config}, InvalidConfig);
        Retry retry(small());
        const Retry before = retry;
        QVERIFY_EXCEPTION_THROWN(retry.reconfigure(config), InvalidConfig);
        QVERIFY(retry == before);
    }

    void whatIsRetried_data()
    {
        QTest::addColumn<int>("index");
        for (size_t i = 0; i < std::size(kErrors); ++i)
            QTest::newRow(kErrors[i].title) << int(i);
    }
    void whatIsRetried()
    {
        QFETCH(int, index);
        const auto &row = kErrors[index];
        const Failure failure{row.kind, std::nullopt, std::nullopt};
        const auto decided = [&](const Operation &operation, const Failure &how) {
            Retry retry(small());
            RetryCall call = retry.begin(at(0s), operation);
            const RetryVerdict verdict = retry.onResult(call, Outcome::Failure, how, at(1s));
            if (!verdict.again() && verdict.reason != Reason::NotRetryable)
                throw std::logic_error("another reason");
            return verdict.again();
        };
        QCOMPARE(decided(kOnce, failure), row.once);
        QCOMPARE(decided(kIdempotent, failure), row.repeatable);
        QCOMPARE(decided(kWithId, failure), row.repeatable);
        for (const bool verdict : {true, false}) // the caller's own wins
            for (const Operation &operation : {kOnce, kIdempotent})
                QCOMPARE(decided(operation, {row.kind, std::nullopt, verdict}), verdict);
        RetryConfig eager = small();
        eager.retryRejected = true;
        QCOMPARE(eager.isRetryable({ErrorKind::Rejected, std::nullopt, std::nullopt}, kOnce), true);
    }

    void attemptsAndDelays()
    {
        Retry retry(small(4));
        RetryCall call = retry.begin(at(0s), kIdempotent);
        for (uint32_t attempt = 2; attempt <= 4; ++attempt) {
            const RetryVerdict verdict = retry.onResult(call, Outcome::Failure, kTimedOut, at(0s));
            QVERIFY(verdict.again());
            QCOMPARE(verdict.attempt, attempt);
            QCOMPARE(verdict.delay.count(), (Duration{1s} * (1 << (attempt - 2))).count());
        }
        const RetryVerdict last = retry.onResult(call, Outcome::Failure, kTimedOut, at(0s));
        QVERIFY(last.kind == RetryKind::GiveUp && last.reason == Reason::MaxAttempts);
        Retry once(small(1));
        RetryCall only = once.begin(at(0s), kIdempotent);
        QVERIFY(once.onResult(only, Outcome::Failure, kTimedOut, at(0s)).reason == Reason::MaxAttempts);
    }

    void outcomes()
    {
        Retry retry(small());
        RetryCall call = retry.begin(at(0s), kIdempotent);
        QVERIFY(retry.onResult(call, Outcome::Success, {}, at(0s)) == RetryVerdict{});
        QVERIFY(retry.onResult(call, Outcome::Cancelled, {}, at(0s)).reason == Reason::Cancelled);
        QVERIFY(retry.onResult(call, Outcome::Ignored, kTimedOut, at(0s)).reason == Reason::NotRetryable);
        QCOMPARE(call.attempts, 1U);
    }

    // The next attempt must begin before the deadline; at it, there is nothing left.
    void deadline()
    {
        for (const Duration wait : {1s - 1ns, Duration{1s}, 1s + 1ns}) {
            RetryConfig config = small();
            config.backoff.baseDelay = wait;
            Retry retry(config);
            RetryCall call = retry.begin(at(0s), kIdempotent, Deadline::at(at(5s)));
            const RetryVerdict verdict = retry.onResult(call, Outcome::Failure, kTimedOut, at(4s));
            QCOMPARE(verdict.again(), wait < 1s);
            QVERIFY(verdict.again() || verdict.reason == Reason::MaxElapsed);
            QVERIFY(verdict.delay == wait);
        }
        RetryConfig config = small();
        config.maxElapsed = 3s;
        Retry retry(config);
        QVERIFY(retry.begin(at(2s), {}, Deadline::at(at(9s))).deadline == Deadline::at(at(5s)));
        QVERIFY(retry.begin(at(2s), {}, Deadline::at(at(4s))).deadline == Deadline::at(at(4s)));
        config.maxElapsed = kDurationMax;
        QVERIFY(Retry(config).begin(at(2s)).deadline == Deadline::at(kTimeMax));
    }

    // Above max_retry_after the server's wish ends the call; what the backoff fulfils anyhow is no wish.
    void longestWish()
    {
        RetryConfig config = small();
        config.maxRetryAfter = 10s;
        for (const Duration wish : {Duration{0}, Duration{10s}, Duration{10s + 1ns}, kDurationMax}) {
            Retry retry(config);
            RetryCall call = retry.begin(at(0s), kIdempotent, Deadline::at(at(20s)));
            const RetryVerdict verdict = retry.onResult(call, Outcome::Failure, {ErrorKind::ServerError, wish}, at(0s));
            QCOMPARE(verdict.again(), wish <= 10s);
            QVERIFY(verdict.delay == std::max<Duration>(wish, 1s));
            QVERIFY(verdict.again() || verdict.reason == Reason::RetryAfter);
        }
        config.maxRetryAfter = 0s;
        Retry retry(config);
        RetryCall call = retry.begin(at(0s), kIdempotent);
        QVERIFY(retry.onResult(call, Outcome::Failure, {ErrorKind::ServerError, Duration{1s}}, at(0s)).again());
        QVERIFY(retry.onResult(call, Outcome::Failure, {ErrorKind::ServerError, Duration{3s}}, at(1s)).reason
                == Reason::RetryAfter);
    }

    // Whoever failed and knows that trying again is of no use is believed, whatever the error and the operation are.
    void doNotRetry()
    {
        for (const auto &row : kErrors) {
            Retry retry(small());
            RetryCall call = retry.begin(at(0s), kIdempotent);
            const RetryVerdict verdict =
                retry.onResult(call, Outcome::Failure, {row.kind, Duration{5s}, false}, at(0s));
            QVERIFY(verdict.kind == RetryVerdict::Kind::GiveUp && verdict.reason == Reason::NotRetryable);
        }
    }

    void serversWish()
    {
        Retry retry(small(5));
        RetryCall call = retry.begin(at(0s), kIdempotent, Deadline::at(at(100s)));
        Failure busy = kTimedOut;
        busy.retryAfter = 40s; // longer than the longest of our own
        const RetryVerdict longer = retry.onResult(call, Outcome::Failure, busy, at(0s));
        QVERIFY(longer.delay == 40s && longer.serversWish == Duration{40s} && longer.range.high == 1s);
        busy.retryAfter = 2s;
        const RetryVerdict same = retry.onResult(call, Outcome::Failure, busy, at(40s));
        QVERIFY(same.delay == 2s && !same.serversWish);
        busy.retryAfter = 60s; // beyond the deadline: stop now
        QVERIFY(retry.onResult(call, Outcome::Failure, busy, at(42s)).reason == Reason::MaxElapsed);
    }

    // The order of the questions: each earlier one answers before a later one is asked.
    void order()
    {
        RetryConfig config = small(1);
        config.maxElapsed = 1ns;
        const RetryBudget empty({Ratio::of(0), 0, 1s});
        const auto reasonFor = [&](const RetryConfig &settings, const Failure &failure,
                                   Outcome outcome = Outcome::Failure) {
            RetryBudget budget = empty;
            Retry retry(settings);
            RetryCall call = retry.begin(at(0s), kIdempotent, {}, &budget);
            const Reason reason = retry.onResult(call, outcome, failure, at(0s), &budget).reason;
            const uint64_t asked = budget.view(at(0s)).rejected;
            if (asked != (reason == Reason::Budget ? 1U : 0U))
                throw std::logic_error("the budget was asked too early");
            return reason;
        };
        QVERIFY(reasonFor(config, {ErrorKind::ClientError, {}, {}}, Outcome::Success) == Reason::None);
        QVERIFY(reasonFor(config, {ErrorKind::ClientError, {}, {}}) == Reason::NotRetryable);
        QVERIFY(reasonFor(config, kTimedOut) == Reason::MaxAttempts);
        config.maxAttempts = 2;
        QVERIFY(reasonFor(config, kTimedOut) == Reason::MaxElapsed);
        config.maxElapsed.reset();
        QVERIFY(reasonFor(config, kTimedOut) == Reason::Budget);
    }

    // The budget is shared by all calls of a target, and has every first attempt.
    void budget()
    {
        RetryBudget budget({Ratio::of(0.5), 0, 10s});
        Retry retry(small());
        std::vector<RetryCall> calls;
        for (int i = 0; i < 4; ++i)
            calls.push_back(retry.begin(at(0s), kIdempotent, {}, &budget));
        int again = 0;
        for (RetryCall &call : calls)
            again += retry.onResult(call, Outcome::Failure, kTimedOut, at(0s), &budget).again();
        QCOMPARE(again, 2);
        QVERIFY(budget.view(at(0s)) == (RetryBudgetView{4, 2, 2, 0, 2, 2}));
    }

    void timeGoingBack()
    {
        Retry retry(small());
        RetryCall call = retry.begin(at(4s), kIdempotent, Deadline::at(at(5s)));
        RetryCall other = call;
        for (const Time back : {at(4s), at(3s), kTimeZero, Time::min()})
            QVERIFY(retry.onResult(other, Outcome::Failure, kTimedOut, back).reason == Reason::MaxElapsed);
        QVERIFY(call == other);
    }

    // Decorrelated jitter goes on from the call's own previous wait, not from another call's.
    void previousIsPerCall()
    {
        RetryConfig config = small(4);
        config.backoff.jitter = Jitter::Decorrelated;
        Retry retry(config, RandomStream(3, "client"));
        RetryCall a = retry.begin(at(0s), kIdempotent);
        RetryCall b = retry.begin(at(0s), kIdempotent);
        Duration previous = retry.onResult(a, Outcome::Failure, kTimedOut, at(0s)).delay;
        retry.onResult(b, Outcome::Failure, kTimedOut, at(0s));
        QVERIFY(a.previousDelay == previous && b.previousDelay != previous);
        QVERIFY(retry.onResult(a, Outcome::Failure, kTimedOut, at(0s)).range.high == previous * 3);
    }
};
REGISTER_TEST(RetryTest)

#include "retry_test.moc"
