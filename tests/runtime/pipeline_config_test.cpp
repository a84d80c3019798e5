// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/register_test.h"
#include "tests/runtime/pipeline_setup.h"

#include <QtTest>

using namespace resilience;
using namespace resilience::runtime;
using namespace std::chrono_literals;

class PipelineConfigTest : public QObject {
    Q_OBJECT
private slots:
    void refusesABadPolicy_data()
    {
        QTest::addColumn<int>("which");
        QTest::addColumn<QString>("message");
        const char *const messages[] = {
            "policies[1].timeout: found 0 s, expected more than 0 s",
            "policies[1].timeout: found -1e-09 s, expected more than 0 s",
            "policies[1].max_attempts: found 0, expected at least 1",
            "policies[1].max_elapsed: found 0 s, expected more than 0 s",
            "policies[1].max_attempts: found 9, expected 1 to 8",
            "policies[1].delay: found -1 s, expected 0 s (all at once) or more",
            "policies[1]: found a null pointer, expected a policy",
            "policies[1]: found a null pointer, expected a policy",
            "policies[1]: found a null pointer, expected a policy",
            "policies[1]: found a null pointer, expected a policy",
        };
        for (size_t i = 0; i < std::size(messages); ++i)
            QTest::addRow("%zu", i) << int(i) << QString::fromLatin1(messages[i]);
    }
    void refusesABadPolicy()
    {
        QFETCH(int, which);
        QFETCH(QString, message);
        RetryPolicy noAttempts;
        noAttempts.config.maxAttempts = 0;
        RetryPolicy noTime;
        noTime.config.maxElapsed = 0s;
        const std::vector<AnyPolicy> bad{TimeoutPolicy{0s},
                                         TimeoutPolicy{-1ns},
                                         noAttempts,
                                         noTime,
                                         HedgingPolicy{.config = {.maxAttempts = 9}},
                                         HedgingPolicy{.config = {.delay = -1s}},
                                         std::shared_ptr<SharedFallback>(),
                                         AnySharedLimiter(std::shared_ptr<SharedLeakyQueue>()),
                                         std::shared_ptr<SharedCircuitBreaker>(),
                                         std::shared_ptr<SharedBulkhead>()};
        try {
            const Pipeline pipeline({.policies = {TimeoutPolicy{1s}, bad[size_t(which)]}});
            QFAIL("accepted");
        } catch (const InvalidConfig &error) {
            QCOMPARE(QString::fromUtf8(error.what()), message);
        }
    }

    void theUsualOrder()
    {
        QVERIFY(inUsualOrder({}).empty());
        tests::PipelineParts p;
        const std::vector<AnyPolicy> policies = inUsualOrder({.fallback = p.fallback,
                                                              .totalTimeout = 10s,
                                                              .retry = p.retry,
                                                              .hedging = HedgingPolicy{},
                                                              .rateLimiter = p.tokens,
                                                              .circuitBreaker = p.breaker,
                                                              .bulkhead = p.bulkhead,
                                                              .attemptTimeout = 2s});
        QCOMPARE(policies.size(), size_t{8});
        QVERIFY(std::get<std::shared_ptr<SharedFallback>>(policies[0]) == p.fallback);
        QVERIFY(std::get<TimeoutPolicy>(policies[1]).limit == 10s);
        QVERIFY(std::get<RetryPolicy>(policies[2]).config == p.retry.config);
        QVERIFY(std::get<HedgingPolicy>(policies[3]).config == HedgingConfig());
        QVERIFY(std::get<std::shared_ptr<SharedTokenBucket>>(std::get<AnySharedLimiter>(policies[4])) == p.tokens);
        QVERIFY(std::get<std::shared_ptr<SharedCircuitBreaker>>(policies[5]) == p.breaker);
        QVERIFY(std::get<std::shared_ptr<SharedBulkhead>>(policies[6]) == p.bulkhead);
        QVERIFY(std::get<TimeoutPolicy>(policies[7]).limit == 2s);
        QVERIFY(!validate(policies));
    }

    void withoutPoliciesItOnlyCalls()
    {
        Pipeline pipeline{PipelineConfig{}};
        QCOMPARE(pipeline.call([] { return 1; }).value(), 1);
        QCOMPARE(pipeline.call([]() -> int { tests::fail(); }).attempts(), 1u);
    }
};
REGISTER_TEST(PipelineConfigTest)

#include "pipeline_config_test.moc"
