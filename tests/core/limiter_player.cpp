// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/limiter_player.h"

#include <cmath>
#include <set>
#include <stdexcept>

using namespace resilience;
using nlohmann::json;

namespace tests {

namespace {

Duration waitIn(const Decision &) { return Duration::zero(); }
Duration waitIn(const LeakyQueueDecision &decision) { return decision.wait; }

TokenBucketConfig bucketConfig(const json &ours)
{
    TokenBucketConfig config;
    config.capacity = ours.value("capacity", config.capacity);
    config.refill = Rate::perSecond(ours.value("refill_rate", 10.0));
    if (ours.contains("initial"))
        config.initial = ours["initial"].get<uint64_t>();
    return config;
}

template <typename Config> Config windowConfig(const json &ours)
{
    Config config;
    config.limit = ours.at("limit");
    config.window = fromSeconds(ours.at("window"));
    return config;
}

// A case about bad settings needs a player all the same.
TokenBucketConfig playableLimiter(const TokenBucketConfig &config)
{
    return config.validate() ? TokenBucketConfig{} : config;
}

std::string refusedField(const TokenBucketConfig &config)
{
    try {
        const TokenBucket bucket(config);
    } catch (const InvalidConfig &thrown) {
        return thrown.error().field;
    }
    return "";
}

bool limiterMatches(const json &expected, const json &found)
{
    return expected.is_number() && found.is_number() ? expected.get<double>() == found.get<double>()
                                                     : expected == found;
}

} // namespace

LimiterPlayer::LimiterPlayer(const std::string &limiter, const Json &ours)
{
    m_maxWait = ours.contains("max_wait") ? fromSeconds(ours["max_wait"]) : kDurationMax;
    if (limiter == "token-bucket") {
        m_refused = refusedField(bucketConfig(ours));
        m_limiter = TokenBucket(playableLimiter(bucketConfig(ours)));
    } else if (limiter == "fixed-window")
        m_limiter = FixedWindow(windowConfig<FixedWindowConfig>(ours));
    else if (limiter == "sliding-window-counter")
        m_limiter = SlidingWindowCounter(windowConfig<SlidingWindowCounterConfig>(ours));
    else if (limiter == "leaky-queue")
        m_limiter = LeakyQueue({ours.at("capacity"), Rate::perSecond(ours.at("leak_rate"))});
    else
        throw std::runtime_error("no such limiter: " + limiter);
}

std::vector<std::string> LimiterPlayer::play(const Json &steps)
{
    std::vector<std::string> differences;
    size_t index = 0;
    for (const Json &step : steps) {
        ++index;
        const Time now = at(Duration{step.at("t").get<int64_t>()});
        for (int i = 0; i < step.value("repeat", 1); ++i) {
            m_before = available(now);
            doStep(step.at("op"), step, now);
        }
        for (const auto &[key, expected] : step.at("expect").items()) {
            const Json found = actual(key, step, now);
            if (!limiterMatches(expected, found))
                differences.push_back("step " + std::to_string(index) + ": " + key + ": expected " + expected.dump()
                                      + ", was " + found.dump());
        }
    }
    return differences;
}

void LimiterPlayer::doStep(const std::string &op, const Json &step, Time now)
{
    static const std::set<std::string> atOnce{"allow", "consume", "obtain", "request"};
    static const std::set<std::string> patiently{"reserve", "acquire", "try_acquire", "take", "consume_with_borrow"};
    const uint64_t permits = step.value("n", uint64_t(1));
    if (atOnce.contains(op)) {
        m_asked = ask(now, permits, std::holds_alternative<LeakyQueue>(m_limiter) ? kDurationMax : Duration::zero());
    } else if (patiently.contains(op)) {
        const auto maxWait = step.contains("max_wait") ? Duration{step["max_wait"].get<int64_t>()} : m_maxWait;
        m_asked = ask(now, permits, maxWait);
    } else if (op == "consume_or_drain") {
        m_got = std::min(permits, static_cast<uint64_t>(m_before));
        m_asked = ask(now, m_got, Duration::zero());
    } else if (op == "set_max") {
        auto config = std::get<TokenBucket>(m_limiter).config();
        config.capacity = step.at("max");
        std::get<TokenBucket>(m_limiter).reconfigure(config, now);
    } else if (op == "rate_of_interval") {
        const Rate rate{1, Duration{step.at("interval").get<int64_t>()}};
        m_refused = refusedField({10, rate, {}});
        m_rate = m_refused.empty() ? rate.inSeconds() : 0;
    } else if (op != "peek" && op != "construct") {
        throw std::runtime_error("no such operation: " + op);
    }
}

LimiterPlayer::Asked LimiterPlayer::ask(Time now, uint64_t permits, Duration maxWait)
{
    return std::visit(
        [&](auto &limiter) -> Asked {
            auto patient = limiter;
            auto decision = patient.tryAcquire(now, permits);
            if (decision.rejection == Rejection::ExceedsCapacity)
                return {false, true, std::nullopt};
            Time latest = std::max(m_latest, now);
            const bool queues = std::is_same_v<std::decay_t<decltype(limiter)>, LeakyQueue>;
            if (queues || (decision.permitted() && latest == now)) {
                limiter = patient;
                m_latest = latest;
                return {decision.permitted(), false, waitIn(decision)};
            }
            if (!decision) {
                latest += *decision.retryAfter;
                if (!patient.tryAcquire(latest, permits))
                    throw std::runtime_error("rejected at retryAfter");
            }
            if (latest - now > maxWait) {
                limiter.tryAcquire(now, permits * !decision.permitted()); // rejected by ours too, or not asked
                return {false, false, latest - now};
            }
            limiter = patient;
            m_latest = latest;
            return {true, false, latest - now};
        },
        m_limiter);
}

// Below 0 where callers wait.
double LimiterPlayer::available(Time now) const
{
    const Time latest = std::max(m_latest, now);
    const double there = std::visit([&](const auto &limiter) { return double(limiter.available(latest)); }, m_limiter);
    if (const auto *bucket = std::get_if<TokenBucket>(&m_limiter))
        return there - std::round(bucket->config().refill.inSeconds() * toSeconds(latest - now) * 1e6) / 1e6;
    if (const auto *window = std::get_if<FixedWindow>(&m_limiter)) {
        const auto ahead = window->windowStart(latest).time_since_epoch() / window->config().window
                           - now.time_since_epoch() / window->config().window;
        return there - double(ahead) * double(window->config().limit);
    }
    return there;
}

LimiterPlayer::Json LimiterPlayer::actual(const std::string &key, const Json &step, Time now) const
{
    const int64_t wait = m_asked.wait ? m_asked.wait->count() : -1;
    if (key == "allowed" || key == "ok")
        return m_asked.permitted;
    if (key == "limited")
        return !m_asked.permitted;
    if (key == "never")
        return m_asked.never;
    if (key == "wait") // those that ask at once are told how long it would have been
        return m_asked.permitted || step.at("op") == "request" ? wait : -1;
    if (key == "retry_after")
        return m_asked.permitted ? -1 : wait;
    if (key == "time_to_act" || key == "granted_at")
        return now.time_since_epoch().count() + wait;
    if (key == "next_free") {
        const Rate &leak = std::get<LeakyQueue>(m_limiter).config().leak;
        return now.time_since_epoch().count() + wait + leak.per.count() / int64_t(leak.permits);
    }
    if (key == "got")
        return m_got;
    if (key == "refused")
        return m_refused;
    if (key == "rate")
        return m_rate;
    return fromBucket(key, now);
}

LimiterPlayer::Json LimiterPlayer::fromBucket(const std::string &key, Time now) const
{
    const double left = available(now);
    if (key == "tokens_before")
        return m_before;
    if (key == "available" && std::holds_alternative<TokenBucket>(m_limiter))
        return std::max(0.0, left);
    if (key == "available" || key == "balance")
        return left;
    if (key == "tokens" || key == "remaining")
        return std::floor(left);
    if (key == "reset_after") { // until it is full
        const auto &config = std::get<TokenBucket>(m_limiter).config();
        return fromSeconds((double(config.capacity) - left) / config.refill.inSeconds()).count();
    }
    if (key == "nanos_to_wait") {
        LimiterPlayer other = *this;
        return other.ask(now, 1, kDurationMax).wait->count();
    }
    throw std::runtime_error("no such expectation: " + key);
}

} // namespace tests
