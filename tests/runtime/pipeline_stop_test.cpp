// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/runtime/watchdog.h"
#include "tests/register_test.h"
#include "tests/runtime/pipeline_setup.h"
#include "tests/runtime/threads.h"

#include <QtTest>

#include <atomic>
#include <condition_variable>
#include <mutex>

using namespace resilience;
using namespace resilience::runtime;
using namespace std::chrono_literals;

namespace {

// Until asked to stop; true if that came.
bool untilStopped(const Attempt &attempt)
{
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    never.wait_for(lock, attempt.stop, 1min, [] { return false; });
    return attempt.stop.stop_requested();
}

HedgingPolicy oneAtATime() { return {.config = {.maxAttempts = 2, .delay = std::nullopt}}; }

} // namespace

// At its limit an attempt is asked to stop, whoever set the limit and whether it hedges or not. On the real clock.
class PipelineStopTest : public QObject {
    Q_OBJECT
private slots:
    void atTheEndOfItsTime_data()
    {
        QTest::addColumn<int>("which");
        const char *const rows[] = {"timeout policy", "the caller's deadline", "hedging around the timeout",
                                    "hedging inside the timeout", "retry around the timeout"};
        for (int i = 0; i < 5; ++i)
            QTest::newRow(rows[i]) << i;
    }
    void atTheEndOfItsTime()
    {
        QFETCH(int, which);
        RetryPolicy retry;
        retry.config.maxAttempts = 2;
        retry.config.backoff.baseDelay = 0ns;
        const TimeoutPolicy limit{20ms};
        const std::vector<std::vector<AnyPolicy>> nests{
            {limit}, {}, {oneAtATime(), limit}, {limit, oneAtATime()}, {retry, limit}};
        Pipeline pipeline({.policies = nests[size_t(which)]});
        CallOptions options{.operation = {.idempotent = true}};
        if (which == 1)
            options.deadline = Deadline::in(20ms, steadyNow());
        const auto result = pipeline.call(untilStopped, options);
        QCOMPARE(tests::messageOf(result.exception()), std::string("timed out"));
        QCOMPARE(result.attempts(), which == 2 || which == 4 ? 2u : 1u);
    }

    // It need not take the token: asking is enough, and needs no timer.
    void askingNowAndThenIsEnough()
    {
        tests::ManualClock clock;
        Pipeline pipeline({.policies = {TimeoutPolicy{1s}}, .clock = clock.clock()});
        int asked = 0;
        pipeline.call([&](const Attempt &attempt) {
            while (!attempt.stop.stop_requested()) {
                ++asked;
                clock.advance(400ms);
            }
        });
        QCOMPARE(asked, 3);
        QVERIFY(clock.sleeps().empty());
    }

    void aCopyOutlivesTheAttempt()
    {
        Pipeline pipeline({.policies = {TimeoutPolicy{1h}}});
        std::optional<AttemptStop> copy;
        std::stop_token token;
        std::stop_source caller;
        pipeline.call(
            [&](const Attempt &attempt) {
                copy = attempt.stop;
                token = attempt.stop;
            },
            {.stop = caller.get_token()});
        QVERIFY(!copy->stop_requested() && !token.stop_requested());
        caller.request_stop(); // of a call that is over: nobody forwards it
        QVERIFY(!token.stop_requested());
    }

    // The last owner of a pipeline may be an attempt that lost, or what stops at the limit.
    void aPipelineMayGoOnAThreadOfItsOwn()
    {
        std::atomic<bool> gone = false;
        struct Watched {
            std::atomic<bool> &gone;
            ~Watched() { gone = true; }
        };
        PipelineConfig config{.policies = {HedgingPolicy{.config = {.maxAttempts = 2, .delay = 1ms}}}};
        config.judge = [watched = std::make_shared<Watched>(gone)](const std::exception_ptr &error) {
            return judgeException(error);
        };
        auto pipeline = std::make_shared<Pipeline>(std::move(config));
        auto work = [pipeline](const Attempt &attempt) {
            if (attempt.number == 1)
                untilStopped(attempt);
            return attempt.number;
        };
        QCOMPARE(pipeline->call(std::move(work), {.operation = {.idempotent = true}}).value(), 2u);
        pipeline.reset();
        tests::yieldUntil([&] { return gone.load(); });
        QVERIFY(gone);
    }

    void theWatchdogAsksInOrder()
    {
        Watchdog watchdog(Clock{});
        std::vector<std::stop_source> sources(3);
        const Time now = steadyNow();
        watchdog.add(now + 1h, sources[0]);
        const uint64_t removed = watchdog.add(now + 5ms, sources[1]);
        watchdog.remove(removed);
        watchdog.add(now + 10ms, sources[2]);
        tests::yieldUntil([&] { return sources[2].stop_requested(); });
        QVERIFY(sources[2].stop_requested() && !sources[1].stop_requested() && !sources[0].stop_requested());
        QVERIFY(steadyNow() >= now + 10ms);
        watchdog.remove(removed); // once more does no harm
    }
};
REGISTER_TEST(PipelineStopTest)

#include "pipeline_stop_test.moc"
