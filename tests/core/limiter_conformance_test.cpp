// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/limiter_player.h"
#include "tests/core/peer_cases_test.h"
#include "tests/register_test.h"

namespace {

// Every case about rate limiters that was found in other libraries' test suites. Each is either played here or left out
// with a reason; this list is what keeps the second group from growing unseen.
const std::vector<std::string> kLimiterCaseIds{"folly-available-vs-balance",
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

constexpr size_t kLimitersLeftOut = 11;

} // namespace

class LimiterConformanceTest : public tests::PeerCasesTest {
    Q_OBJECT
public:
    LimiterConformanceTest() : PeerCasesTest(CASES_FOLDER "limiter_cases.json", kLimiterCaseIds, kLimitersLeftOut) {}

protected:
    QStringList play(const Json &one, const Json &steps) override
    {
        QStringList differences;
        for (const std::string &difference : tests::LimiterPlayer(one.at("limiter"), one.at("ours")).play(steps))
            differences << QString::fromStdString(difference);
        return differences;
    }
};
REGISTER_TEST(LimiterConformanceTest)

#include "limiter_conformance_test.moc"
