// SPDX-License-Identifier: MIT
#include "core/patterns/retry/backoff.h"

#include "core/config_text.h"

#include <cmath>

namespace resilience {

namespace {

// a x n, up to the largest duration; a >= 0.
Duration times(Duration a, uint64_t n)
{
    const auto top = static_cast<uint64_t>(kDurationMax.count());
    const auto one = static_cast<uint64_t>(a.count());
    return one != 0 && n > top / one ? kDurationMax : Duration{static_cast<int64_t>(one * n)};
}

// A share of v, rounded down; without a product that could overflow.
Duration shareOf(Ratio ratio, Duration v)
{
    const auto whole = static_cast<uint64_t>(v.count());
    const uint64_t parts = ratio.parts();
    return Duration{
        static_cast<int64_t>(whole / Ratio::kParts * parts + whole % Ratio::kParts * parts / Ratio::kParts)};
}

} // namespace

std::optional<ConfigError> BackoffConfig::validate() const
{
    if (baseDelay < Duration::zero())
        return ConfigError{"base_delay", secondsText(baseDelay), "0 s or more"};
    if (!(multiplier >= 1.0 && multiplier <= 1000.0))
        return ConfigError{"multiplier", numberText(multiplier), "1 to 1000"};
    if (maxDelay < baseDelay)
        return ConfigError{"max_delay", secondsText(maxDelay), "at least base_delay, " + secondsText(baseDelay)};
    if (jitterRatio.parts() > Ratio::kParts)
        return ConfigError{"jitter_ratio", numberText(jitterRatio.share()), "0 to 1"};
    return std::nullopt;
}

// The power by squaring: at most 64 steps, and the same on every machine, as pow() is not.
Duration BackoffConfig::delay(uint64_t n) const
{
    n = std::max<uint64_t>(n, 1);
    if (strategy == BackoffStrategy::Linear)
        return std::min<Duration>(times(baseDelay, n), maxDelay);
    if (strategy == BackoffStrategy::Fixed || baseDelay == Duration::zero() || multiplier == 1.0)
        return baseDelay;
    double growth = 1.0;
    double square = multiplier;
    for (uint64_t left = n - 1; left > 0; left /= 2, square *= square)
        if (left % 2 == 1)
            growth *= square;
    const double wait = static_cast<double>(baseDelay.count()) * growth;
    return wait >= static_cast<double>(maxDelay.count()) ? Duration{maxDelay} : Duration{std::llround(wait)};
}

DelayRange BackoffConfig::range(uint64_t n, GivenDuration previous) const
{
    const Duration v = delay(n);
    switch (jitter) {
    case Jitter::None:
        break;
    case Jitter::Full:
        return {Duration::zero(), v};
    case Jitter::Equal:
        return {v / 2, v};
    case Jitter::Decorrelated:
        return {baseDelay, std::min<Duration>(times(std::max(previous, baseDelay), 3), maxDelay)};
    case Jitter::Proportional: {
        const Duration spread = shareOf(jitterRatio, v);
        return {v - spread, std::min<Duration>(saturatingAdd(v, spread), maxDelay)};
    }
    }
    return {v, v};
}

Backoff::Backoff(const BackoffConfig &config, const RandomStream &random) : m_config(config), m_random(random)
{
    if (auto error = config.validate())
        throw InvalidConfig(*error);
}

DrawnDelay Backoff::draw(uint64_t n, GivenDuration previous)
{
    const DelayRange from = m_config.range(n, previous);
    return {from.low == from.high ? from.low : m_random.between(from.low, from.high), from};
}

void Backoff::reconfigure(const BackoffConfig &config)
{
    if (auto error = config.validate())
        throw InvalidConfig(*error);
    m_config = config;
}

} // namespace resilience
