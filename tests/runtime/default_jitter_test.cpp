// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/runtime/pipeline.h"
#include "tests/register_test.h"
#include "tests/runtime/manual_clock.h"

#include <QtTest>

using namespace resilience;
using namespace resilience::runtime;
using namespace std::chrono_literals;

namespace {

// The waits of one call that fails five times.
std::vector<Duration> waitsWith(const RetryPolicy &policy)
{
    tests::ManualClock clock;
    Pipeline pipeline({.policies = {policy}, .clock = clock.clock()});
    pipeline.call([]() -> int { throw CallError({ErrorKind::NotSent}, "no connection"); });
    return clock.sleeps();
}

RetryPolicy jittered()
{
    RetryPolicy policy;
    policy.config.maxAttempts = 6;
    policy.config.backoff.jitter = Jitter::Full;
    return policy;
}

} // namespace

// Jitter is there to part those who failed together, so nobody may have to ask for a stream of his own.
class DefaultJitterTest : public QObject {
    Q_OBJECT
private slots:
    void policiesThatWereToldNothingDiffer()
    {
        const auto one = waitsWith(jittered());
        QCOMPARE(one.size(), size_t{5});
        QVERIFY(one != waitsWith(jittered()));
    }

    void aCopiedPolicyDiffersToo()
    {
        const RetryPolicy policy = jittered();
        QVERIFY(waitsWith(policy) != waitsWith(policy));
    }

    void aStreamOfATestRepeats()
    {
        RetryPolicy policy = jittered();
        policy.random = RandomStream(7, "client");
        QCOMPARE(waitsWith(policy), waitsWith(policy));
    }
};
REGISTER_TEST(DefaultJitterTest)

#include "default_jitter_test.moc"
