// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/conformance_player.h"
#include "tests/register_test.h"

#include <QtTest>

#include <algorithm>

using tests::ConformanceCase;

namespace {

// Every case about breakers, windows and their settings that was found in other libraries' test suites. Each is either
// played here or left out with a reason; this list is what keeps the second group from growing unseen.
const std::vector<std::string> kAllBreakerIds{"brpc-init-window-error-limit",
                                              "brpc-isolation-duration-doubles",
                                              "cockatiel-count-breaker-min-calls",
                                              "cockatiel-count-breaker-trips-above",
                                              "cockatiel-count-window-wrap",
                                              "cockatiel-half-open-sampling-close",
                                              "cockatiel-half-open-sampling-reopen",
                                              "cockatiel-open-boundary-inclusive",
                                              "finagle-budget-validation",
                                              "fsgo-closed-3of4-alternating-stays",
                                              "fsgo-closed-failure-ratio-2of3",
                                              "fsgo-half-open-default-failure",
                                              "fsgo-half-open-failure-ratio-2of3",
                                              "fsgo-half-open-failure-ratio-not-met-closes",
                                              "fsgo-half-open-failure-threshold-3",
                                              "fsgo-half-open-success-ratio-2of4-three-fails",
                                              "fsgo-half-open-success-ratio-3of4-fails-early",
                                              "fsgo-half-open-success-threshold-3",
                                              "gobreaker-custom-flow-exclusions",
                                              "gobreaker-default-flow",
                                              "gobreaker-late-result-dropped",
                                              "gobreaker-negative-config-defaults",
                                              "gobreaker-rolling-late-results",
                                              "gobreaker-two-step-exclusion-frees-slot",
                                              "polly-break-duration-overflow-clamped",
                                              "polly-half-open-single-probe",
                                              "polly-retry-after-of-rejected",
                                              "polly-rolling-window-capacity",
                                              "polly-rolling-window-respected",
                                              "r4j-count-window-evicts-oldest",
                                              "r4j-count-window-slow-and-failed",
                                              "r4j-forced-open-never-leaves",
                                              "r4j-half-open-closes-below-threshold",
                                              "r4j-half-open-ignored-then-close",
                                              "r4j-half-open-permit-count",
                                              "r4j-half-open-reopens-on-failure-rate",
                                              "r4j-illegal-closed-to-half-open",
                                              "r4j-metrics-only-never-opens",
                                              "r4j-no-event-on-self-transition",
                                              "r4j-open-duration-backoff",
                                              "r4j-open-on-5th-call-which-is-success",
                                              "r4j-open-to-half-open",
                                              "r4j-slow-call-measured-by-clock",
                                              "r4j-time-window-clear",
                                              "r4j-time-window-opens-at-50pct"};

constexpr size_t kMostLeftOut = 7;

const tests::ConformanceCases &cases()
{
    static const tests::ConformanceCases all = tests::readConformanceCases();
    return all;
}

QString joined(const std::vector<std::string> &lines)
{
    QString text;
    for (const std::string &line : lines)
        text += QString::fromStdString(line) + u'\n';
    return text;
}

} // namespace

class ConformanceTest : public QObject {
    Q_OBJECT
private slots:
    // What "agrees" agrees; what differs on purpose differs as we say.
    void caseHolds_data()
    {
        QTest::addColumn<int>("index");
        for (size_t i = 0; i < cases().used.size(); ++i)
            QTest::newRow(cases().used[i].id.c_str()) << int(i);
    }
    void caseHolds()
    {
        QFETCH(int, index);
        const auto differences = tests::ConformancePlayer(cases().used[size_t(index)]).play();
        QVERIFY2(differences.empty(), qPrintable(joined(differences)));
    }

    // "Agrees on the final state": under another half-open rule the way there may differ, not the end.
    void endsTheSame_data()
    {
        QTest::addColumn<int>("index");
        for (size_t i = 0; i < cases().used.size(); ++i)
            if (!cases().used[i].sameFinalStateWith.empty())
                QTest::newRow(cases().used[i].id.c_str()) << int(i);
    }
    void endsTheSame()
    {
        QFETCH(int, index);
        ConformanceCase early = cases().used[size_t(index)];
        QVERIFY(early.ours.at("half_open_rule") != early.sameFinalStateWith);
        early.ours["half_open_rule"] = early.sameFinalStateWith;
        const auto differences = tests::ConformancePlayer(early).playForFinalState();
        QVERIFY2(differences.empty(), qPrintable(joined(differences)));
    }

    void everyCaseIsPlayedOrLeftOutWithAReason()
    {
        std::vector<std::string> found;
        for (const ConformanceCase &used : cases().used)
            found.push_back(used.id);
        for (const auto &leftOut : cases().leftOut) {
            QVERIFY2(leftOut.reason.size() >= 20, leftOut.id.c_str());
            found.push_back(leftOut.id);
        }
        std::ranges::sort(found);
        QVERIFY(std::ranges::is_sorted(kAllBreakerIds));
        QVERIFY(found == kAllBreakerIds);
        QVERIFY(cases().leftOut.size() <= kMostLeftOut);
    }

    void whoAgreesIsPlayedWithThePeersOwnSteps()
    {
        for (const ConformanceCase &used : cases().used) {
            const bool agrees = used.ourSpec.starts_with("agrees");
            QVERIFY2(agrees || used.ourSpec.starts_with("differs: "), used.id.c_str());
            QVERIFY2(used.ourSteps != agrees, used.id.c_str());
            QVERIFY2(used.ourSpec.starts_with("agrees on") != used.sameFinalStateWith.empty(), used.id.c_str());
        }
    }

    // The player finds differences: a case with one wrong expectation fails.
    void aWrongExpectationIsFound()
    {
        for (const ConformanceCase &used : cases().used) {
            ConformanceCase wrong = used;
            auto &expected = wrong.steps.back()["expect"];
            QVERIFY2(!expected.empty(), used.id.c_str());
            auto &value = expected.begin().value();
            if (value.is_object())
                continue;
            value = "something else";
            QVERIFY2(!tests::ConformancePlayer(wrong).play().empty(), used.id.c_str());
        }
    }
};
REGISTER_TEST(ConformanceTest)

#include "conformance_test.moc"
