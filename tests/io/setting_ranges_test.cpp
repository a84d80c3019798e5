// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/drive/drive.h"
#include "core/io/scenario/scenario_json.h"
#include "core/patterns/any_limiter.h"
#include "core/patterns/health_check_config.h"
#include "core/patterns/redlock_config.h"
#include "tests/register_test.h"

#include <QtTest>
#include <nlohmann/json.hpp>

#include <cmath>
#include <functional>

using namespace resilience;
using Json = nlohmann::json;

namespace {

using Verdict = std::optional<ConfigError>;

constexpr double kLargestDuration = 9223372036.854775807; // of nanoseconds in 64 bits, as the nearest number of seconds
const double kAboveIt = std::nextafter(kLargestDuration, 1e300);

// One setting: what the pattern itself says to a value of it, and the ends of what it takes. `below` and `above` are
// just outside; where no duration is longer than the end, the pattern cannot be asked about `above`.
struct Setting {
    std::string key;
    double low;
    double high;
    double below;
    double above;
    std::function<Verdict(double)> core;
    Json others = Json::object(); // that the ends need
};

// Where a pattern's settings stand: behind the line protocol, or in a scenario.
struct Home {
    std::string name;
    std::function<std::optional<std::string>(const Json &settings)> open; // a message, or none
    std::vector<Setting> settings;
};

bool noLonger(const Setting &setting) { return setting.high == kLargestDuration; }

std::optional<std::string> driveSays(const std::string &pattern, const Json &settings)
{
    const auto opened = io::Drive::open(pattern, settings.dump());
    return opened ? std::nullopt : std::optional(opened.error().message());
}

std::optional<std::string> scenarioSays(const Json &parts)
{
    Json file{{"format", "resilience-lab/scenario/1"}, {"step", "s"}, {"name", "n"}};
    file["services"] = Json::array({{{"name", "service"}}});
    file["clients"] = Json::array({{{"name", "client"}}});
    file.merge_patch(parts.is_object() ? parts : Json::object());
    const auto read = io::readScenario(file.dump(), "file");
    return read ? std::nullopt : std::optional(read.error().message());
}

std::optional<std::string> clientSays(const char *key, const Json &settings)
{
    return scenarioSays({{"clients", Json::array({{{"name", "client"}, {key, settings}}})}});
}

std::optional<std::string> lockSays(Json settings)
{
    settings["nodes"] = Json::array({{{"name", "node"}}});
    settings["holders"] = Json::array({{{"name", "holder"}}});
    return scenarioSays({{"lock", settings}});
}

template <typename Config, typename Set> std::function<Verdict(double)> judge(Set set, Config config = {})
{
    return [=](double value) {
        Config changed = config;
        set(changed, value);
        return changed.validate();
    };
}

std::vector<Setting> bucketSettings(const char *rate)
{
    const TokenBucketConfig large{1'000'000'000, {1, std::chrono::seconds{1}}, 0, {}};
    return {
        {"capacity", 1, 1e9, 0, 1e9 + 1, judge<TokenBucketConfig>([](auto &c, double v) { c.capacity = uint64_t(v); })},
        {rate, Rate::kSlowest, Rate::kFastest, std::nextafter(Rate::kSlowest, 0), std::nextafter(Rate::kFastest, 1e300),
         judge<TokenBucketConfig>([](auto &c, double v) { c.refill = Rate::perSecond(v); })},
        {"initial",
         0,
         1e9,
         -1,
         1e9 + 1,
         judge<TokenBucketConfig>([](auto &c, double v) { c.initial = uint64_t(int64_t(v)); }, large),
         {{"capacity", 1'000'000'000}}}};
}

template <typename Config> std::vector<Setting> windowSettings(double most)
{
    return {{"limit", 1, most, 0, most + 1, judge<Config>([](auto &c, double v) { c.limit = uint64_t(v); })},
            {"window", 1e-9, 366 * 86400, 0, 366 * 86400 + 1e-6,
             judge<Config>([](auto &c, double v) { c.window = fromSeconds(v); })}};
}

// In a scenario a limiter has a burst and a rate; a window is as long as the burst takes.
std::vector<Setting> limiterSettings(LimiterKind kind, double most)
{
    const Json type{{"type", name(kind)}};
    const auto ofKind = [&](const char *key, double value) {
        Json others = type;
        others[key] = value;
        return others;
    };
    const auto core = [kind](double burst, double rate) {
        return std::visit([](const auto &c) { return c.validate(); }, limiterConfig(kind, uint64_t(burst), rate));
    };
    const double slowest = Rate::kSlowest;
    std::vector<Setting> settings{
        {"burst", 1, most, 0, most + 1, [=](double v) { return core(v, 1e6); }, ofKind("rate", 1e6)}};
    const bool window = kind >= LimiterKind::FixedWindow;
    settings.push_back({"rate", slowest, window ? 1e9 : Rate::kFastest,
                        window ? 0.99 * slowest : std::nextafter(slowest, 0),
                        window ? 4e9 : std::nextafter(Rate::kFastest, 1e300), [=](double v) { return core(1, v); },
                        ofKind("burst", 1)});
    return settings;
}

std::vector<Setting> bulkheadSettings()
{
    return {{"max_concurrent", 1, 1e6, 0, 1e6 + 1,
             judge<BulkheadConfig>([](auto &c, double v) { c.maxConcurrent = uint32_t(v); })},
            {"max_queue", 0, 1e6, -1, 1e6 + 1,
             judge<BulkheadConfig>([](auto &c, double v) { c.maxQueue = uint32_t(int32_t(v)); })},
            {"max_wait", 0, kLargestDuration, -1e-9, kAboveIt,
             judge<BulkheadConfig>([](auto &c, double v) { c.maxWait = fromSeconds(v); })}};
}

std::vector<Setting> healthSettings()
{
    HealthCheckConfig late;
    late.unhealthyLatency = kDurationMax;
    HealthCheckConfig early;
    early.degradedLatency = Duration{1};
    return {{"degraded_latency",
             1e-9,
             kLargestDuration,
             0,
             kAboveIt,
             judge<HealthCheckConfig>([](auto &c, double v) { c.degradedLatency = fromSeconds(v); }, late),
             {{"unhealthy_latency", kLargestDuration}}},
            {"unhealthy_latency",
             1e-9,
             kLargestDuration,
             0,
             kAboveIt,
             judge<HealthCheckConfig>([](auto &c, double v) { c.unhealthyLatency = fromSeconds(v); }, early),
             {{"degraded_latency", 1e-9}}},
            {"timeout", 1e-9, kLargestDuration, 0, kAboveIt,
             judge<HealthCheckConfig>([](auto &c, double v) { c.timeout = fromSeconds(v); })},
            {"failures_to_unhealthy", 1, 1e6, 0, 1e6 + 1,
             judge<HealthCheckConfig>([](auto &c, double v) { c.failuresToUnhealthy = uint32_t(v); })},
            {"successes_to_healthy", 1, 1e6, 0, 1e6 + 1,
             judge<HealthCheckConfig>([](auto &c, double v) { c.successesToHealthy = uint32_t(v); })}};
}

std::vector<Setting> leaseSettings()
{
    RedlockConfig exact;
    exact.driftFactor = {};
    exact.driftConstant = {};
    RedlockConfig longest = exact;
    longest.ttl = kDurationMax;
    const Json noDrift{{"drift_factor", 0}, {"drift_constant", 0}};
    const double shorter = std::nextafter(std::nextafter(kLargestDuration, 0), 0); // the first that is not rounded up
    return {{"ttl", 1e-9, kLargestDuration, 0, kAboveIt,
             judge<RedlockConfig>([](auto &c, double v) { c.ttl = fromSeconds(v); }, exact), noDrift},
            {"drift_factor",
             0,
             0.999999999,
             -1e-9,
             1,
             // A share cannot be negative: the pattern is asked about one that is too large instead.
             judge<RedlockConfig>([](auto &c, double v) { c.driftFactor = Ratio::of(v < 0 ? 1 : v); }, longest),
             {{"ttl", kLargestDuration}, {"drift_constant", 0}}},
            {"drift_constant",
             0,
             shorter,
             -1e-9,
             kAboveIt,
             judge<RedlockConfig>([](auto &c, double v) { c.driftConstant = fromSeconds(v); }, longest),
             {{"ttl", kLargestDuration}, {"drift_factor", 0}}}};
}

std::vector<Setting> roundSettings()
{
    RedlockConfig wide;
    wide.maxRetryWait = kDurationMax;
    RedlockConfig narrow;
    narrow.minRetryWait = {};
    return {{"request_timeout", 1e-9, kLargestDuration, 0, kAboveIt,
             judge<RedlockConfig>([](auto &c, double v) { c.requestTimeout = fromSeconds(v); })},
            {"min_retry_wait",
             0,
             kLargestDuration,
             -1e-9,
             kAboveIt,
             judge<RedlockConfig>([](auto &c, double v) { c.minRetryWait = fromSeconds(v); }, wide),
             {{"max_retry_wait", kLargestDuration}}},
            {"max_retry_wait",
             0,
             kLargestDuration,
             -1e-9,
             kAboveIt,
             judge<RedlockConfig>([](auto &c, double v) { c.maxRetryWait = fromSeconds(v); }, narrow),
             {{"min_retry_wait", 0}}}};
}

std::vector<Home> allHomes()
{
    using std::placeholders::_1;
    const auto driven = [](const char *pattern) { return std::bind(driveSays, std::string(pattern), _1); };
    const auto limiter = std::bind(clientSays, "rate_limiter", _1);
    std::vector<Setting> driveLock = leaseSettings();
    driveLock.push_back(
        {"nodes", 1, 64, 0, 65, judge<RedlockConfig>([](auto &c, double v) { c.nodes = uint32_t(v); })});
    std::vector<Home> all{
        {"drive token-bucket", driven("token-bucket"), bucketSettings("refill_rate")},
        {"drive leaky-bucket", driven("leaky-bucket"), bucketSettings("leak_rate")},
        {"drive fixed-window", driven("fixed-window"), windowSettings<FixedWindowConfig>(1e9)},
        {"drive sliding-window-log", driven("sliding-window-log"), windowSettings<SlidingWindowLogConfig>(1e6)},
        {"drive sliding-window-counter", driven("sliding-window-counter"),
         windowSettings<SlidingWindowCounterConfig>(1e9)},
        {"drive bulkhead", driven("bulkhead"), bulkheadSettings()},
        {"drive health-check", driven("health-check"), healthSettings()},
        {"drive distributed-lock", driven("distributed-lock"), driveLock},
        {"bulkhead in a file", std::bind(clientSays, "bulkhead", _1), bulkheadSettings()},
        {"health check in a file", std::bind(clientSays, "probing", _1), healthSettings()},
        {"lease in a file", lockSays, leaseSettings()},
        {"round in a file", lockSays, roundSettings()},
    };
    for (size_t kind = 0; kind < kLimiterKindCount; ++kind)
        all.push_back({std::string(name(LimiterKind(kind))) + " in a file", limiter,
                       limiterSettings(LimiterKind(kind), double(mostBurst(LimiterKind(kind))))});
    return all;
}

Json settingsWith(const Setting &setting, double value)
{
    Json settings = setting.others;
    if (value == std::floor(value) && std::abs(value) < 1e15)
        settings[setting.key] = int64_t(value);
    else
        settings[setting.key] = value;
    return settings;
}

} // namespace

// What a pattern takes, files and the line protocol take; what it refuses they refuse, and name the setting.
class SettingRangesTest : public QObject {
    Q_OBJECT
private slots:
    void theEndsAreTheSame_data()
    {
        QTest::addColumn<int>("home");
        QTest::addColumn<int>("setting");
        const auto all = allHomes();
        for (size_t i = 0; i < all.size(); ++i)
            for (size_t k = 0; k < all[i].settings.size(); ++k)
                QTest::addRow("%s, %s", all[i].name.c_str(), all[i].settings[k].key.c_str()) << int(i) << int(k);
    }
    void theEndsAreTheSame()
    {
        QFETCH(int, home);
        QFETCH(int, setting);
        const Home where = allHomes()[size_t(home)];
        const Setting one = where.settings[size_t(setting)];
        for (const double good : {one.low, one.high}) {
            const Verdict core = one.core(good);
            QVERIFY2(!core, core ? core->message().c_str() : "");
            const auto error = where.open(settingsWith(one, good));
            QVERIFY2(!error, error ? error->c_str() : "");
        }
        for (const double bad : {one.below, one.above}) {
            const auto error = where.open(settingsWith(one, bad));
            QVERIFY2(error, settingsWith(one, bad).dump().c_str());
            // Burst and rate make a window that is too short or too long: then that is named.
            const bool named = error->find("/" + one.key + ":") != std::string::npos
                               || (one.key == "rate" && error->find("a window of ") != std::string::npos);
            QVERIFY2(named, error->c_str());
            if (bad != one.above || !noLonger(one))
                QVERIFY2(one.core(bad), settingsWith(one, bad).dump().c_str());
        }
        if (noLonger(one))
            QVERIFY(fromSeconds(one.high) == kDurationMax);
    }

    void aLimiterInAFileIsTheOneThatWasMeant()
    {
        for (const double rate : {1.0 / (30 * 86400), 10.0 / (365 * 86400), Rate::kSlowest}) {
            const auto config = std::get<TokenBucketConfig>(limiterConfig(LimiterKind::TokenBucket, 1, rate));
            QCOMPARE(config.refill.inSeconds(), rate);
        }
        for (const uint64_t burst : {1, 3, 7, 1'000'000}) {
            const double rate = double(burst) / (366 * 86400);
            const auto config = std::get<FixedWindowConfig>(limiterConfig(LimiterKind::FixedWindow, burst, rate));
            QVERIFY(!config.validate() && std::chrono::hours{366 * 24} - config.window <= Duration{16});
        }
    }
};
REGISTER_TEST(SettingRangesTest)

#include "setting_ranges_test.moc"
