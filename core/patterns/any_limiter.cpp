// SPDX-License-Identifier: MIT
#include "core/patterns/any_limiter.h"

#include "core/patterns/limiters/limiter_config.h"

#include <cmath>

namespace resilience {

namespace {

// The longest window has come through two roundings and may be some nanoseconds longer than itself.
Duration windowOf(uint64_t burst, double perSecond)
{
    constexpr Duration rounding{16};
    const Duration window = perSecond > 0 ? fromSeconds(static_cast<double>(burst) / perSecond) : Duration{0};
    return window > kMaxLimiterPeriod && window <= kMaxLimiterPeriod + rounding ? kMaxLimiterPeriod : window;
}

double perSecond(uint64_t limit, Duration window) { return static_cast<double>(limit) / toSeconds(window); }

template <typename... Cases> struct Overloaded : Cases... {
    using Cases::operator()...;
};
template <typename... Cases> Overloaded(Cases...) -> Overloaded<Cases...>;

} // namespace

AnyLimiterConfig limiterConfig(LimiterKind kind, uint64_t burst, double perSecond)
{
    switch (kind) {
    case LimiterKind::TokenBucket:
        return TokenBucketConfig{burst, Rate::perSecond(perSecond), std::nullopt, {}};
    case LimiterKind::LeakyBucket:
        return LeakyBucketConfig{burst, Rate::perSecond(perSecond), 0};
    case LimiterKind::LeakyQueue:
        return LeakyQueueConfig{burst - 1, Rate::perSecond(perSecond)};
    case LimiterKind::FixedWindow:
        return FixedWindowConfig{burst, windowOf(burst, perSecond)};
    case LimiterKind::SlidingWindowLog:
        return SlidingWindowLogConfig{burst, windowOf(burst, perSecond)};
    case LimiterKind::SlidingWindowCounter:
        return SlidingWindowCounterConfig{burst, windowOf(burst, perSecond)};
    }
    return {};
}

uint64_t mostBurst(LimiterKind kind)
{
    return kind == LimiterKind::SlidingWindowLog ? SlidingWindowLogConfig::kMostPermits
           : kind == LimiterKind::LeakyQueue     ? kMaxCapacity + 1
                                                 : kMaxCapacity;
}

uint64_t burstOf(const AnyLimiterConfig &config)
{
    return std::visit(Overloaded{[](const TokenBucketConfig &c) { return c.capacity; },
                                 [](const LeakyBucketConfig &c) { return c.capacity; },
                                 [](const LeakyQueueConfig &c) { return c.capacity + 1; },
                                 [](const auto &window) { return window.limit; }},
                      config);
}

double perSecondOf(const AnyLimiterConfig &config)
{
    return std::visit(Overloaded{[](const TokenBucketConfig &c) { return c.refill.inSeconds(); },
                                 [](const LeakyBucketConfig &c) { return c.leak.inSeconds(); },
                                 [](const LeakyQueueConfig &c) { return c.leak.inSeconds(); },
                                 [](const auto &window) { return perSecond(window.limit, window.window); }},
                      config);
}

AnyLimiter::AnyLimiter(const AnyLimiterConfig &config, Time now) : m_limiter(make(config, now)) {}

AnyLimiter::Limiters AnyLimiter::make(const AnyLimiterConfig &config, Time now)
{
    return std::visit(
        Overloaded{[now](const TokenBucketConfig &c) { return Limiters(TokenBucket(c, now)); },
                   [now](const LeakyBucketConfig &c) { return Limiters(LeakyBucket(c, now)); },
                   [now](const LeakyQueueConfig &c) { return Limiters(LeakyQueue(c, now)); },
                   [now](const FixedWindowConfig &c) { return Limiters(FixedWindow(c, now)); },
                   [now](const SlidingWindowLogConfig &c) { return Limiters(SlidingWindowLog(c, now)); },
                   [now](const SlidingWindowCounterConfig &c) { return Limiters(SlidingWindowCounter(c, now)); }},
        config);
}

LimiterDecision AnyLimiter::tryAcquire(Time now, uint64_t permits, const Deadline &limit)
{
    return std::visit(
        Overloaded{[&](LeakyQueue &queue) {
                       const LeakyQueueDecision turn = queue.tryAcquire(now, permits, limit);
                       return LimiterDecision{turn.rejection, turn.retryAfter, turn ? turn.wait : Duration{0}};
                   },
                   [&](auto &limiter) {
                       const Decision decision = limiter.tryAcquire(now, permits);
                       return LimiterDecision{decision.rejection, decision.retryAfter, Duration{0}};
                   }},
        m_limiter);
}

double AnyLimiter::available(Time now) const
{
    return std::visit([now](const auto &limiter) { return static_cast<double>(limiter.available(now)); }, m_limiter);
}

void AnyLimiter::reconfigure(const AnyLimiterConfig &config, Time now)
{
    if (config.index() != m_limiter.index()) {
        const double left = available(now);
        m_limiter = make(config, now);
        if (const double more = std::ceil(available(now) - left); more > 0)
            tryAcquire(now, static_cast<uint64_t>(more));
        return;
    }
    std::visit(
        [&](auto &limiter) {
            using Config = std::remove_cvref_t<decltype(limiter.config())>;
            limiter.reconfigure(std::get<Config>(config), now);
        },
        m_limiter);
}

AnyLimiterConfig AnyLimiter::config() const
{
    return std::visit([](const auto &limiter) { return AnyLimiterConfig(limiter.config()); }, m_limiter);
}

} // namespace resilience
