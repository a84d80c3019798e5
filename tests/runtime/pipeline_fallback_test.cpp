// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/register_test.h"
#include "tests/runtime/pipeline_setup.h"

#include <QtTest>

using namespace resilience;
using namespace resilience::runtime;
using namespace std::chrono_literals;
using tests::fail;
using tests::messageOf;
using tests::PipelineParts;

namespace {

int failing() { fail(); }

} // namespace

class PipelineFallbackTest : public QObject {
    Q_OBJECT
private slots:
    void answersFailuresTimeoutsAndRejections()
    {
        PipelineParts p;
        Pipeline pipeline(p.config({p.fallback, p.breaker, TimeoutPolicy{1s}}));
        const auto seven = [] { return 7; };
        const auto failed = pipeline.call(failing, {}, seven);
        QCOMPARE(failed.value(), 7);
        QVERIFY(failed.fromFallback());
        const auto late = pipeline.call(
            [&] {
                p.clock.advance(1s);
                return 1;
            },
            {}, seven);
        QVERIFY(late.fromFallback());
        pipeline.call(failing, {}, seven);
        // The breaker has seen three failures of the primary, and no success of the fallback.
        QCOMPARE(p.breaker->view().state, BreakerState::Open);
        QVERIFY(pipeline.call([] { return 1; }, {}, seven).fromFallback());
        const FallbackView view = p.fallback->checkpoint().view();
        QVERIFY((view
                 == FallbackView{
                     .successes = 0, .failures = 2, .timeouts = 1, .rejections = 1, .neutral = 0, .answered = 4}));
    }

    void aSuccessIsThePrimarys()
    {
        Pipeline pipeline({.policies = {}});
        const auto result = pipeline.call([] { return 1; }, {}, [] { return 7; });
        QCOMPARE(result.value(), 1);
        QVERIFY(!result.fromFallback());
    }

    void isToldHowThePrimaryEnded()
    {
        PipelineParts p;
        Pipeline pipeline(p.config({p.fallback, p.retry, p.breaker}));
        const auto reason = [](const CallResult<std::string> &primary) {
            if (primary.refusal())
                return std::string("refused at attempt ") + std::to_string(primary.attempts());
            return messageOf(primary.exception());
        };
        const auto broken = []() -> std::string { throw std::runtime_error("broken"); };
        QCOMPARE(pipeline.call(broken, {}, reason).value(), std::string("broken"));
        for (int i = 0; i < 2; ++i)
            pipeline.call(broken, {}, reason);
        QCOMPARE(pipeline.call(broken, {}, reason).value(), std::string("refused at attempt 1"));
        bool called = false;
        QVERIFY(pipeline.call([] { fail(); }, {}, [&] { called = true; }).fromFallback());
        QVERIFY(called);
    }

    // What it brings too late is not taken for the answer of the one outside, which is asked in its turn.
    void aLateOneIsFollowedByTheOneOutside()
    {
        PipelineParts p;
        const auto inner = std::make_shared<SharedFallback>(Fallback(), p.clock.clock());
        Pipeline pipeline(p.config({p.fallback, TimeoutPolicy{1s}, inner}));
        int asked = 0;
        const auto result = pipeline.call(failing, {}, [&] {
            if (++asked == 1)
                p.clock.advance(1s);
            return asked;
        });
        QCOMPARE(asked, 2);
        QCOMPARE(result.value(), 2);
        QVERIFY(result.fromFallback());
    }

    void answersOnlyWhatWasChosen()
    {
        PipelineParts p;
        p.fallback->with([](Fallback &core, Time) {
            core.reconfigure({.onFailure = false, .onTimeout = true, .onRejection = false});
        });
        Pipeline pipeline(p.config({p.fallback, p.breaker}));
        const auto seven = [] { return 7; };
        for (int i = 0; i < 3; ++i)
            QVERIFY(pipeline.call(failing, {}, seven).exception());
        QVERIFY(pipeline.call(failing, {}, seven).refusal());
    }

    void neverAnswersACancellation()
    {
        PipelineParts p;
        Pipeline pipeline(p.config({p.fallback}));
        std::stop_source stop;
        bool called = false;
        const auto cancelled = pipeline.call(
            [&]() -> int {
                stop.request_stop();
                throw std::runtime_error("stopped");
            },
            {.stop = stop.get_token()},
            [&] {
                called = true;
                return 7;
            });
        QCOMPARE(messageOf(cancelled.exception()), std::string("stopped"));
        QVERIFY(!called);
    }

    // Inside the breaker and inside the retry it hides nothing from the one, and ends the other.
    void theBreakerSeesThePrimaryWhereverTheFallbackIs()
    {
        PipelineParts p;
        Pipeline pipeline(p.config({p.retry, p.breaker, p.fallback}));
        for (int i = 0; i < 3; ++i) {
            const auto result = pipeline.call(failing, p.repeatable, [] { return 7; });
            QCOMPARE(result.value(), 7);
            QCOMPARE(result.attempts(), 1u);
        }
        QCOMPARE(p.breaker->view().state, BreakerState::Open);
    }

    void withoutACallableThePolicyDoesNothing()
    {
        PipelineParts p;
        Pipeline pipeline(p.config({p.fallback}));
        QVERIFY(pipeline.call(failing).exception());
        QVERIFY((p.fallback->checkpoint().view() == FallbackView()));
    }

    void itsOwnExceptionIsTheCalls()
    {
        PipelineParts p;
        Pipeline pipeline(p.config({p.fallback}));
        const auto result = pipeline.call(failing, {}, []() -> int { throw std::runtime_error("also broken"); });
        QCOMPARE(messageOf(result.exception()), std::string("also broken"));
        QVERIFY(!result.fromFallback());
    }

    // The deadline inside it leaves it its time; the one around it does not.
    void itsPlaceDecidesWhichDeadlineItKeeps()
    {
        const auto calledIn = [](bool timeoutInside) {
            PipelineParts p;
            Pipeline pipeline(timeoutInside ? p.config({p.fallback, TimeoutPolicy{1s}})
                                            : p.config({TimeoutPolicy{1s}, p.fallback}));
            bool called = false;
            const auto result = pipeline.call([&] { p.clock.advance(1s); }, {}, [&] { called = true; });
            if (!called && messageOf(result.exception()) != "timed out")
                return -1;
            return int(called && result.hasValue());
        };
        QCOMPARE(calledIn(true), 1);
        QCOMPARE(calledIn(false), 0);
        // In time to begin, too late to end.
        PipelineParts p;
        Pipeline pipeline(p.config({TimeoutPolicy{1s}, p.fallback}));
        const auto result = pipeline.call(failing, {}, [&] {
            p.clock.advance(1s);
            return 7;
        });
        QCOMPARE(messageOf(result.exception()), std::string("timed out"));
    }
};
REGISTER_TEST(PipelineFallbackTest)

#include "pipeline_fallback_test.moc"
