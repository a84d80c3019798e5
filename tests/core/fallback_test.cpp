// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/patterns/fallback.h"
#include "tests/register_test.h"

#include <QtTest>

#include <array>

using namespace resilience;

namespace {

constexpr std::array kKinds{ErrorKind::NotSent,     ErrorKind::Timeout,  ErrorKind::ServerError,
                            ErrorKind::ClientError, ErrorKind::Rejected, ErrorKind::Other};

Failure of(ErrorKind kind) { return {kind, std::nullopt, std::nullopt}; }

} // namespace

class FallbackTest : public QObject {
    Q_OBJECT
private slots:
    // Each of the seven configurations, each kind of failure.
    void answersWhatWasChosen()
    {
        for (int chosen = 1; chosen < 8; ++chosen) {
            const FallbackConfig config{(chosen & 1) != 0, (chosen & 2) != 0, (chosen & 4) != 0};
            for (const ErrorKind kind : kKinds) {
                const bool expected = kind == ErrorKind::Timeout    ? config.onTimeout
                                      : kind == ErrorKind::Rejected ? config.onRejection
                                                                    : config.onFailure;
                QCOMPARE(Fallback(config).onResult(Outcome::Failure, of(kind)), expected);
            }
        }
    }

    void neverAnswersASuccessOrTheNeutral()
    {
        for (const Outcome outcome : {Outcome::Success, Outcome::Ignored, Outcome::Cancelled})
            for (const ErrorKind kind : kKinds)
                QVERIFY(!Fallback().onResult(outcome, of(kind)));
    }

    void countsThePrimarysEndings()
    {
        Fallback fallback({.onFailure = true, .onTimeout = false, .onRejection = true});
        fallback.onResult(Outcome::Success, {});
        fallback.onResult(Outcome::Success, {});
        fallback.onResult(Outcome::Ignored, {});
        fallback.onResult(Outcome::Cancelled, {});
        for (const ErrorKind kind : kKinds)
            fallback.onResult(Outcome::Failure, of(kind));
        QVERIFY((fallback.view()
                 == FallbackView{
                     .successes = 2, .failures = 4, .timeouts = 1, .rejections = 1, .neutral = 2, .answered = 5}));
    }

    void refusesToAnswerNothing()
    {
        try {
            const Fallback fallback(FallbackConfig{false, false, false});
            QFAIL("accepted");
        } catch (const InvalidConfig &error) {
            QVERIFY((error.error()
                     == ConfigError{"answers", "nothing", "at least one of failures, timeouts and rejections"}));
        }
        for (int chosen = 1; chosen < 8; ++chosen)
            QVERIFY(!FallbackConfig((chosen & 1) != 0, (chosen & 2) != 0, (chosen & 4) != 0).validate());
    }

    void reconfigures()
    {
        Fallback fallback;
        QVERIFY(fallback.onResult(Outcome::Failure, of(ErrorKind::Timeout)));
        const Fallback before = fallback;
        QVERIFY_EXCEPTION_THROWN(fallback.reconfigure(FallbackConfig(false, false, false)), InvalidConfig);
        QVERIFY(fallback == before);
        fallback.reconfigure({.onFailure = true, .onTimeout = false, .onRejection = true});
        QVERIFY(!fallback.onResult(Outcome::Failure, of(ErrorKind::Timeout)));
        QCOMPARE(fallback.view().timeouts, uint64_t{2});
        QCOMPARE(fallback.view().answered, uint64_t{1});
    }
};
REGISTER_TEST(FallbackTest)

#include "fallback_test.moc"
