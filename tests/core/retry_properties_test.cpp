// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/patterns/retry.h"
#include "tests/pick.h"
#include "tests/register_test.h"

#include <QtTest>

using namespace resilience;
using namespace std::chrono_literals;
using tests::pick;

namespace {

RetryConfig anyRetryConfig()
{
    RetryConfig config;
    config.maxAttempts = pick<uint32_t>(1, 6);
    if (pick(0, 2))
        config.maxElapsed = Duration{pick(1, 400)};
    config.backoff.baseDelay = Duration{pick(0, 50)};
    config.backoff.maxDelay = config.backoff.baseDelay + Duration{pick(0, 200)};
    config.backoff.jitter =
        *rc::gen::element(Jitter::None, Jitter::Full, Jitter::Equal, Jitter::Decorrelated, Jitter::Proportional);
    return config;
}

Failure anyFailure()
{
    Failure failure;
    failure.kind = *rc::gen::element(ErrorKind::NotSent, ErrorKind::Timeout, ErrorKind::Timeout, ErrorKind::ServerError,
                                     ErrorKind::ClientError, ErrorKind::Rejected, ErrorKind::Other);
    if (pick(0, 4) == 0)
        failure.retryAfter = Duration{pick(0, 300)};
    return failure;
}

} // namespace

class RetryPropertiesTest : public QObject {
    Q_OBJECT
private slots:
    // Many calls of one target, all failing: whatever is asked, the limits hold together.
    void limitsHold()
    {
        int again = 0;
        int spent = 0;
        QVERIFY(rc::check("attempts, deadline, budget and jitter are kept", [&] {
            const RetryConfig config = anyRetryConfig();
            Retry retry(config, RandomStream(pick<uint64_t>(0, 1000), "client"));
            const RetryBudgetConfig limits{Ratio::of(0.5), 0, 1ms};
            RetryBudget budget(limits);
            uint64_t requests = 0;
            uint64_t retries = 0;
            Time now = kTimeZero;
            for (int i = pick(0, 15); i > 0; --i) {
                const Operation operation{pick(0, 4) > 0, false};
                const Time start = now;
                RetryCall call = retry.begin(now, operation, {}, &budget);
                ++requests;
                for (uint32_t attempt = 1;; ++attempt) {
                    RC_ASSERT(call.attempts == attempt);
                    RC_ASSERT(attempt <= config.maxAttempts);
                    const Failure failure = anyFailure();
                    const RetryVerdict verdict = retry.onResult(call, Outcome::Failure, failure, now, &budget);
                    spent += verdict.reason == RetryVerdict::Reason::Budget;
                    if (!verdict.again())
                        break;
                    ++again;
                    ++retries;
                    RC_ASSERT(config.isRetryable(failure, operation));
                    RC_ASSERT(verdict.delay >= failure.retryAfter.value_or(0ns));
                    RC_ASSERT(verdict.delay >= verdict.range.low);
                    RC_ASSERT(verdict.delay
                              <= std::max<Duration>(verdict.range.high, failure.retryAfter.value_or(0ns)));
                    now += verdict.delay;
                    if (config.maxElapsed)
                        RC_ASSERT(now < start + *config.maxElapsed);
                    // All within one window: half of the requests so far.
                    if (now < at(100us))
                        RC_ASSERT(2 * retries <= requests);
                }
                now += Duration{pick(0, 30)};
            }
        }));
        QVERIFY(again > 500 && spent > 300);
    }
};
REGISTER_TEST(RetryPropertiesTest)

#include "retry_properties_test.moc"
