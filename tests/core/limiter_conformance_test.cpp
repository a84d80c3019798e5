// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/limiter_player.h"
#include "tests/register_test.h"

#include <QtTest>

#include <algorithm>
#include <fstream>

using nlohmann::json;

namespace {

// Every case about rate limiters that was found in other libraries' test suites. Each is either played here or left out
// with a reason; this list is what keeps the second group from growing unseen.
const std::vector<std::string> kAllIds{
    "folly-available-vs-balance",
    "folly-borrow-from-future",
    "folly-drain-on-fail",
    "folly-reverse-time",
    "fsgo-bursty-2-per-s",
    "fsgo-bursty-5-per-s",
    "fsgo-smooth-200ms",
    "fsgo-smooth-500ms",
    "fsgo-smooth-initial-late",
    "guava-earliest-available-in-past",
    "guava-simple",
    "guava-try-acquire-with-wait",
    "guava-weights-pay-next",
    "mennanov-leaky-bucket-overflow",
    "mennanov-sliding-counter-cap1",
    "mennanov-sliding-counter-cap2",
    "mennanov-sliding-counter-cap4",
    "r4j-rl-acquire-and-refresh",
    "r4j-rl-reserve-then-skip-cycles",
    "r4j-rl-reserve-upfront",
    "r4j-rl-weight-above-limit",
    "throttled-gcra-table",
    "uber-leaky-no-slack",
    "userver-tb-fractional-refill",
    "userver-tb-refill",
    "userver-tb-shrink-capacity",
    "userver-tb-zero-capacity",
    "xrate-burst1",
    "xrate-burst3",
    "xrate-cancel-1-token",
    "xrate-cancel-last",
    "xrate-cancel-multi",
    "xrate-cancel-too-late",
    "xrate-every-interval-conversion",
    "xrate-infinite-rate-ignores-burst",
    "xrate-mix",
    "xrate-reserve-jump-back-cancel",
    "xrate-reserve-set-burst",
    "xrate-reserve-set-limit",
    "xrate-set-limit-then-cancel",
    "xrate-simple-reserve"};

constexpr size_t kLeftOut = 11;

const json &file()
{
    static const json all = [] {
        std::ifstream stream(LIMITER_CASES_FILE);
        return json::parse(stream);
    }();
    return all;
}

const json &stepsOf(const json &one) { return one.at(one.contains("our_steps") ? "our_steps" : "steps"); }

std::vector<std::string> played(const json &one, const json &steps)
{
    return tests::LimiterPlayer(one.at("limiter"), one.at("ours")).play(steps);
}

} // namespace

class LimiterConformanceTest : public QObject {
    Q_OBJECT
private slots:
    // What "agrees" agrees; what differs on purpose differs as we say.
    void caseHolds_data()
    {
        QTest::addColumn<int>("index");
        int index = 0;
        for (const json &one : file().at("cases"))
            QTest::newRow(one.at("id").get<std::string>().c_str()) << index++;
    }
    void caseHolds()
    {
        QFETCH(int, index);
        const json &one = file().at("cases").at(size_t(index));
        QString text;
        for (const std::string &difference : played(one, stepsOf(one)))
            text += QString::fromStdString(difference) + u'\n';
        QVERIFY2(text.isEmpty(), qPrintable(text));
    }

    void everyCaseIsPlayedOrLeftOutWithAReason()
    {
        std::vector<std::string> found;
        for (const json &one : file().at("cases"))
            found.push_back(one.at("id"));
        for (const json &one : file().at("left_out")) {
            QVERIFY(one.at("reason").get<std::string>().size() >= 20);
            found.push_back(one.at("id"));
        }
        std::ranges::sort(found);
        QVERIFY(std::ranges::is_sorted(kAllIds));
        QVERIFY(found == kAllIds);
        QCOMPARE(file().at("left_out").size(), kLeftOut);
    }

    void whoAgreesIsPlayedWithThePeersOwnSteps()
    {
        for (const json &one : file().at("cases")) {
            const std::string spec = one.at("our_spec");
            QVERIFY2(spec.starts_with("agrees") || spec.starts_with("differs"), spec.c_str());
            QVERIFY2(one.contains("our_steps") == spec.starts_with("differs"), spec.c_str());
        }
    }

    // The player finds differences: a case with one wrong expectation fails.
    void aWrongExpectationIsFound()
    {
        for (const json &one : file().at("cases")) {
            json steps = stepsOf(one);
            steps.back()["expect"].begin().value() = "something else";
            QVERIFY2(!played(one, steps).empty(), one.at("id").get<std::string>().c_str());
        }
    }
};
REGISTER_TEST(LimiterConformanceTest)

#include "limiter_conformance_test.moc"
