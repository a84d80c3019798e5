// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/register_test.h"
#include "tests/runtime/pipeline_setup.h"

#include <QtTest>

#include <string>

using namespace resilience;
using namespace resilience::runtime;
using namespace std::chrono_literals;
using tests::PipelineParts;

namespace {

struct Response {
    const int status; // not assignable, as many values are
    std::string body;
};

std::optional<Failure> judge(const Response &response)
{
    if (response.status < 400)
        return std::nullopt;
    return Failure{response.status < 500 ? ErrorKind::ClientError : ErrorKind::ServerError, {}, {}};
}

// Counts those that are alive.
struct Held {
    explicit Held(int &count) : alive(&count) { ++*alive; }
    Held(Held &&other) noexcept : alive(std::exchange(other.alive, nullptr)) {}
    Held &operator=(Held &&) = delete;
    ~Held()
    {
        if (alive)
            --*alive;
    }
    int *alive;
};

} // namespace

// What becomes of the values that a function returns: those that count as failures, those that nobody gets, and those
// that can be moved and no more.
class PipelineValuesTest : public QObject {
    Q_OBJECT
private slots:
    void aValueCanBeAFailure()
    {
        PipelineParts p;
        Pipeline pipeline(p.config({p.retry, p.breaker}));
        const auto answer = [](const Attempt &attempt) {
            return attempt.number < 3 ? Response{503, "busy"} : Response{200, "yes"};
        };
        const auto result = pipeline.call(judged(answer, judge), p.repeatable);
        QCOMPARE(result.value().body, std::string("yes"));
        QVERIFY(!result.failure());
        QCOMPARE(result.attempts(), 3u);
        // The last word is still a value, and says what it was judged to be.
        const auto failed = pipeline.call(judged([] { return Response{503, "busy"}; }, judge), p.repeatable);
        QCOMPARE(failed.value().status, 503);
        QVERIFY(failed.failure()->kind == ErrorKind::ServerError);
        QCOMPARE(failed.attempts(), 3u);
        QCOMPARE(p.breaker->view().state, BreakerState::Open);
    }

    void aClientsErrorIsNotTriedAgain()
    {
        PipelineParts p;
        Pipeline pipeline(p.config({p.retry}));
        const auto result = pipeline.call(judged([] { return Response{404, "no"}; }, judge), p.repeatable);
        QCOMPARE(result.attempts(), 1u);
        QVERIFY(result.failure()->kind == ErrorKind::ClientError);
    }

    void theFallbackMayLookAtIt()
    {
        PipelineParts p;
        Pipeline pipeline(p.config({p.fallback}));
        int seen = 0;
        const auto result = pipeline.call(judged(
                                              [] {
                                                  return Response{500, "broken"};
                                              },
                                              judge),
                                          {}, [&](const CallResult<Response> &primary) {
                                              seen = primary.value().status;
                                              return Response{200, "stored"};
                                          });
        QCOMPARE(seen, 500);
        QCOMPARE(result.value().body, std::string("stored"));
        QVERIFY(result.fromFallback() && !result.failure());
    }

    void hedgingGoesOnAfterSuchAValue()
    {
        PipelineParts p;
        Pipeline pipeline(p.config({HedgingPolicy{.config = {.maxAttempts = 3, .delay = std::nullopt}}}));
        const auto answer = [](const Attempt &attempt) {
            return attempt.number == 1 ? Response{503, "busy"} : Response{200, "yes"};
        };
        const auto result = pipeline.call(judged(answer, judge), p.repeatable);
        QCOMPARE(result.value().status, 200);
        QCOMPARE(result.attempts(), 2u);
        const auto failed = pipeline.call(judged([] { return Response{503, "busy"}; }, judge), p.repeatable);
        QCOMPARE(failed.value().status, 503);
        QVERIFY(failed.failure()->kind == ErrorKind::ServerError);
    }

    void whatItsJudgeThrowsIsTheAttemptsError()
    {
        PipelineParts p;
        Pipeline pipeline(p.config({p.breaker}));
        const auto result = pipeline.call(
            judged([] { return 1; }, [](int) -> std::optional<Failure> { throw std::runtime_error("no opinion"); }));
        QCOMPARE(tests::messageOf(result.exception()), std::string("no opinion"));
        QCOMPARE(p.breaker->view().window.consecutiveFailures, 1u);
    }

    // A value is destroyed at once when it is too late, or when another attempt is going to be made.
    void whatNobodyGetsIsNotKept()
    {
        PipelineParts p;
        int alive = 0;
        int atSleep = -1;
        int atSecond = -1;
        PipelineConfig config = p.config({p.retry, TimeoutPolicy{2s}});
        config.clock.sleepUntil = [&, sleep = config.clock.sleepUntil](Time moment, const std::stop_token &stop) {
            atSleep = alive;
            return sleep(moment, stop);
        };
        Pipeline pipeline(config);
        const auto target = [&](const Attempt &attempt) {
            if (attempt.number == 2)
                atSecond = alive;
            if (attempt.number == 1)
                p.clock.advance(2s);
            return Held(alive);
        };
        QVERIFY(pipeline.call(target, p.repeatable));
        QCOMPARE(atSleep, 0);
        QCOMPARE(atSecond, 0);
        atSleep = -1;
        const auto badFirst =
            judged([&](const Attempt &) { return Held(alive); },
                   [n = 0](const Held &) mutable -> std::optional<Failure> {
                       return n++ == 0 ? std::optional{Failure{ErrorKind::ServerError, {}, {}}} : std::nullopt;
                   });
        auto function = badFirst;
        const auto result = pipeline.call(function, p.repeatable);
        QCOMPARE(result.attempts(), 2u);
        QCOMPARE(atSleep, 0);
        QCOMPARE(alive, 1);
    }

    void aLateValueIsGoneBeforeTheFallbackBegins()
    {
        PipelineParts p;
        int alive = 0;
        int atFallback = -1;
        Pipeline pipeline(p.config({p.fallback, TimeoutPolicy{2s}}));
        const auto late = [&] {
            p.clock.advance(2s);
            return Held(alive);
        };
        const auto result = pipeline.call(late, {}, [&] {
            atFallback = alive;
            return Held(alive);
        });
        QVERIFY(result.fromFallback());
        QCOMPARE(atFallback, 0);
        QCOMPARE(alive, 1);
    }

    void aTypeNeedsToBeMovedAndNoMore()
    {
        Pipeline pipeline{PipelineConfig{}};
        QCOMPARE(pipeline.call([] { return Response{7, "seven"}; }).value().status, 7);
        QCOMPARE(pipeline.call([]() -> const std::string { return "text"; }).value(), std::string("text"));
        PipelineParts p;
        Pipeline hedged(p.config({HedgingPolicy{.config = {.maxAttempts = 2, .delay = std::nullopt}}}));
        QCOMPARE(hedged.call([] { return Response{8, "eight"}; }, p.repeatable).value().status, 8);
    }
};
REGISTER_TEST(PipelineValuesTest)

#include "pipeline_values_test.moc"
