// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/patterns/limiters/fixed_window.h"
#include "core/patterns/limiters/leaky_bucket.h"
#include "core/patterns/limiters/leaky_queue.h"
#include "core/patterns/limiters/sliding_window_counter.h"
#include "core/patterns/limiters/sliding_window_log.h"
#include "core/patterns/limiters/token_bucket.h"
#include "tests/register_test.h"

#include <QtTest>

#include <functional>
#include <limits>

using namespace resilience;
using namespace std::chrono_literals;

namespace {

constexpr uint64_t kTop = std::numeric_limits<uint64_t>::max();
constexpr Duration kYear = std::chrono::hours{24 * 366};

// What building a limiter, and giving the configuration to one that is there, says; "" = accepted. A refused
// reconfigure() must change nothing.
template <typename Limiter, typename Config> std::string refusal(const Config &config)
{
    const auto error = config.validate();
    std::string said;
    try {
        const Limiter limiter(config);
    } catch (const InvalidConfig &thrown) {
        said = thrown.what();
    }
    Limiter other;
    other.tryAcquire(at(5ns));
    const Limiter before = other;
    try {
        other.reconfigure(config, at(7ns));
    } catch (const InvalidConfig &thrown) {
        if (thrown.what() != said || !(other == before))
            return "reconfigure differs: " + std::string(thrown.what());
    }
    return said == (error ? error->message() : "") ? said : "validate differs: " + said;
}

std::string token(uint64_t capacity, Rate refill, std::optional<uint64_t> initial = {})
{
    return refusal<TokenBucket>(TokenBucketConfig{capacity, refill, initial});
}
std::string leaky(uint64_t capacity, Rate leak, uint64_t initial = 0)
{
    return refusal<LeakyBucket>(LeakyBucketConfig{capacity, leak, initial});
}
std::string queue(uint64_t capacity, Rate leak) { return refusal<LeakyQueue>(LeakyQueueConfig{capacity, leak}); }
std::string fixed(uint64_t limit, Duration window) { return refusal<FixedWindow>(FixedWindowConfig{limit, window}); }
std::string log(uint64_t limit, Duration window)
{
    return refusal<SlidingWindowLog>(SlidingWindowLogConfig{limit, window});
}
std::string counter(uint64_t limit, Duration window)
{
    return refusal<SlidingWindowCounter>(SlidingWindowCounterConfig{limit, window});
}

constexpr const char *kRates = "1 to 1000000000000000 permits in 1 ns to 366 days";
constexpr const char *kWindows = "1 ns to 366 days";

std::string not_(const char *field, const std::string &found, const std::string &expected)
{
    return std::string(field) + ": found " + found + ", expected " + expected;
}

} // namespace

class LimiterConfigTest : public QObject {
    Q_OBJECT
private slots:
    void capacities()
    {
        const Rate good;
        QCOMPARE(token(0, good), not_("capacity", "0", "1 to 1000000000"));
        QCOMPARE(token(1, good), std::string());
        QCOMPARE(token(1'000'000'000, good), std::string());
        QCOMPARE(token(1'000'000'001, good), not_("capacity", "1000000001", "1 to 1000000000"));
        QCOMPARE(token(kTop, good), not_("capacity", "18446744073709551615", "1 to 1000000000"));
        QCOMPARE(leaky(0, good), not_("capacity", "0", "1 to 1000000000"));
        QCOMPARE(leaky(1'000'000'000, good), std::string());
        QCOMPARE(leaky(1'000'000'001, good), not_("capacity", "1000000001", "1 to 1000000000"));
        QCOMPARE(queue(0, good), std::string());
        QCOMPARE(queue(1'000'000'000, good), std::string());
        QCOMPARE(queue(1'000'000'001, good), not_("capacity", "1000000001", "0 to 1000000000"));
    }

    void initials()
    {
        const Rate good;
        QCOMPARE(token(7, good, 0), std::string());
        QCOMPARE(token(7, good, 7), std::string());
        QCOMPARE(token(7, good, 8), not_("initial", "8", "0 to the capacity, 7"));
        QCOMPARE(leaky(7, good, 7), std::string());
        QCOMPARE(leaky(7, good, 8), not_("initial", "8", "0 to the capacity, 7"));
    }

    void rates_data()
    {
        QTest::addColumn<quint64>("permits");
        QTest::addColumn<qint64>("per");
        QTest::addColumn<QByteArray>("found");
        const auto row = [](const char *title, uint64_t permits, Duration per, const char *found) {
            QTest::newRow(title) << quint64(permits) << qint64(per.count()) << QByteArray(found);
        };
        row("nothing", 0, 1s, "0 in 1 s");
        row("one", 1, 1s, "");
        row("most", 1'000'000'000'000'000, 1ns, "");
        row("more", 1'000'000'000'000'001, 1ns, "1000000000000001 in 1e-09 s");
        row("in no time", 1, 0ns, "1 in 0 s");
        row("backwards", 1, -1ns, "1 in -1e-09 s");
        row("longest", 1, kYear, "");
        row("too long", 1, kYear + 1s, "1 in 31622401 s");
        row("for ever", 1, kDurationMax, "1 in 9223372036.854776 s");
    }
    void rates()
    {
        QFETCH(quint64, permits);
        QFETCH(qint64, per);
        QFETCH(QByteArray, found);
        const Rate rate{permits, Duration{per}};
        const auto message = [&](const char *field) {
            return found.isEmpty() ? std::string() : not_(field, found.toStdString(), kRates);
        };
        QCOMPARE(token(10, rate), message("refill_rate"));
        QCOMPARE(leaky(10, rate), message("leak_rate"));
        QCOMPARE(queue(10, rate), message("leak_rate"));
    }

    void limits()
    {
        QCOMPARE(fixed(0, 1s), not_("limit", "0", "1 to 1000000000"));
        QCOMPARE(fixed(1'000'000'000, 1s), std::string());
        QCOMPARE(fixed(1'000'000'001, 1s), not_("limit", "1000000001", "1 to 1000000000"));
        QCOMPARE(counter(0, 1s), not_("limit", "0", "1 to 1000000000"));
        QCOMPARE(counter(1'000'000'000, 1s), std::string());
        QCOMPARE(counter(1'000'000'001, 1s), not_("limit", "1000000001", "1 to 1000000000"));
        QCOMPARE(log(0, 1s), not_("limit", "0", "1 to 1000000"));
        QCOMPARE(log(1'000'000, 1s), std::string());
        QCOMPARE(log(1'000'001, 1s), not_("limit", "1000001", "1 to 1000000"));
        QCOMPARE(log(kTop, 1s), not_("limit", "18446744073709551615", "1 to 1000000"));
    }

    void windows()
    {
        for (const auto &said : {fixed, log, counter}) {
            QCOMPARE(said(10, 0s), not_("window", "0 s", kWindows));
            QCOMPARE(said(10, -1ns), not_("window", "-1e-09 s", kWindows));
            QCOMPARE(said(10, 1ns), std::string());
            QCOMPARE(said(10, kYear), std::string());
            QCOMPARE(said(10, kYear + 1s), not_("window", "31622401 s", kWindows));
        }
    }

    // The values that the protocol promises.
    void defaults()
    {
        const Rate tenASecond{10, 1s};
        QCOMPARE(TokenBucket().config(), (TokenBucketConfig{10, tenASecond, std::nullopt}));
        QCOMPARE(LeakyBucket().config(), (LeakyBucketConfig{10, tenASecond, 0}));
        QCOMPARE(LeakyQueue().config(), (LeakyQueueConfig{10, tenASecond}));
        QCOMPARE(FixedWindow().config(), (FixedWindowConfig{10, 1s}));
        QCOMPARE(SlidingWindowLog().config(), (SlidingWindowLogConfig{10, 1s}));
        QCOMPARE(SlidingWindowCounter().config(), (SlidingWindowCounterConfig{10, 1s}));
    }
};
REGISTER_TEST(LimiterConfigTest)

#include "limiter_config_test.moc"
