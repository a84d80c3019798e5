// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/register_test.h"
#include "tests/runtime/pipeline_setup.h"

#include <QtTest>

using namespace resilience;
using namespace resilience::runtime;
using namespace std::chrono_literals;
using tests::fail;
using tests::PipelineParts;

namespace {

struct Word {
    std::string operator()(const SendAttempt &send) const { return "send " + std::to_string(send.attempt); }
    std::string operator()(const AttemptOver &over) const
    {
        return over.how.timedOut() ? "timed out" : over.how.succeeded() ? "succeeded" : "failed";
    }
    std::string operator()(const PolicyRejected &back) const { return std::string("refused by ") + name(back.by); }
    std::string operator()(const WaitBegun &wait) const { return std::string("waits at ") + name(wait.at); }
    std::string operator()(const WaitEnded &wait) const { return std::string("goes on at ") + name(wait.at); }
    std::string operator()(const RetryDecided &retry) const
    {
        return retry.verdict.again() ? "retry" : std::string("no retry, ") + name(retry.verdict.reason);
    }
    std::string operator()(const AttemptHedged &hedge) const { return "hedge " + std::to_string(hedge.hedge); }
    std::string operator()(const FallbackTaken &) const { return "fallback"; }
    std::string operator()(const RanOutOfTime &) const { return "out of time"; }
    std::string operator()(const BreakerMoved &moved) const { return std::string("breaker ") + name(moved.now.state); }
    std::string operator()(const WakeUp &) const { return "wake"; }
    std::string operator()(const CallDone &) const { return "done"; }
};

QString told(const std::vector<PipelineEvent> &events)
{
    QStringList words;
    for (const PipelineEvent &event : events)
        words << QString::fromStdString(std::visit(Word{}, event));
    return words.join(QStringLiteral(", "));
}

} // namespace

// Who looks on learns of every decision, and changes none.
class PipelineObserverTest : public QObject {
    Q_OBJECT
private slots:
    void learnsOfEveryDecision()
    {
        PipelineParts p;
        std::vector<PipelineEvent> seen;
        PipelineConfig config = p.config({p.fallback, p.retry, TimeoutPolicy{4s}, p.breaker});
        config.observer = [&](const PipelineEvent &event) { seen.push_back(event); };
        Pipeline pipeline(config);
        const auto target = [&](const Attempt &attempt) -> int {
            if (attempt.number == 2)
                p.clock.advance(4s);
            fail();
        };
        QCOMPARE(pipeline.call(target, p.repeatable, [] { return 7; }).value(), 7);
        // The second attempt was cut off from outside the breaker, which hears of two failures.
        QCOMPARE(told(seen), QStringLiteral("send 1, failed, retry, send 2, timed out, retry, send 3, failed, "
                                            "no retry, max-attempts, fallback, done"));
        seen.clear();
        QCOMPARE(pipeline.call([]() -> int { fail(); }, {}, [] { return 7; }).value(), 7);
        QCOMPARE(told(seen), QStringLiteral("send 1, failed, breaker open, no retry, not-retryable, fallback, done"));
        seen.clear();
        QVERIFY(pipeline.call([] { return 1; }).refusal());
        QCOMPARE(told(seen), QStringLiteral("refused by circuit-breaker, no retry, not-retryable, done"));
        p.clock.advance(30s);
        seen.clear();
        QVERIFY(pipeline.call([] { return 1; }));
        QCOMPARE(told(seen), QStringLiteral("breaker half-open, send 1, succeeded, done"));
    }

    void learnsOfHedges()
    {
        PipelineParts p;
        std::vector<PipelineEvent> seen;
        PipelineConfig config = p.config({HedgingPolicy{.config = {.maxAttempts = 2, .delay = std::nullopt}}});
        config.executor = [](const std::function<void()> &task) { task(); };
        config.observer = [&](const PipelineEvent &event) { seen.push_back(event); };
        Pipeline pipeline(config);
        pipeline.call([](const Attempt &attempt) { attempt.number == 1 ? fail() : void(); }, p.repeatable);
        QCOMPARE(told(seen), QStringLiteral("send 1, failed, hedge 2, send 2, succeeded, done"));
    }

    // No lock is held: it may use the very policies, and make calls.
    void mayUseWhatItLooksAt()
    {
        PipelineParts p;
        int calls = 0;
        Pipeline *used = nullptr;
        PipelineConfig config = p.config({p.breaker, p.bulkhead, p.tokens});
        config.observer = [&](const PipelineEvent &) {
            p.breaker->view();
            p.bulkhead->view();
            p.tokens->available();
            if (++calls == 1)
                used->call([] {});
        };
        Pipeline pipeline(config);
        used = &pipeline;
        QVERIFY(pipeline.call([] {}));
        QCOMPARE(calls, 6);
    }

    void itsExceptionsHarmNobody()
    {
        PipelineParts p;
        PipelineConfig config = p.config({p.retry, p.breaker});
        config.observer = [](const PipelineEvent &) { throw std::runtime_error("no"); };
        Pipeline pipeline(config);
        QCOMPARE(pipeline.call([] { return 3; }).value(), 3);
        QCOMPARE(pipeline.call([] { fail(); }, p.repeatable).attempts(), 3u);
        QCOMPARE(p.breaker->view().state, BreakerState::Open);
    }
};
REGISTER_TEST(PipelineObserverTest)

#include "pipeline_observer_test.moc"
