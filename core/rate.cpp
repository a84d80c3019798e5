// SPDX-License-Identifier: MIT
#include "core/rate.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace resilience {

namespace {

struct Fraction {
    double above;
    double below;
};

constexpr double kMostPermits = 1e15;
constexpr double kLongestSeconds = 366 * 86400;

// By continued fraction: each step gives the best approximation for its denominator. None when even the last one in
// bounds is further than 1e-12 away. All values are whole and below 2^53, hence exact; but for a denominator above,
// which is the first and so exact as well.
std::optional<Fraction> fractionOf(double value, double maxDenominator)
{
    Fraction before{0, 1};
    Fraction latest{1, 0};
    double rest = value;
    for (int i = 0; i < 64; ++i) {
        const double whole = std::floor(rest);
        const Fraction next{whole * latest.above + before.above, whole * latest.below + before.below};
        if (!(next.below <= maxDenominator && next.above <= kMostPermits))
            return std::nullopt;
        before = latest;
        latest = next;
        if (std::abs(latest.above / latest.below - value) <= 1e-12 * value)
            return latest;
        rest = 1.0 / (rest - whole);
    }
    return std::nullopt;
}

} // namespace

Rate Rate::perSecond(double perSecond)
{
    if (!(perSecond >= kSlowest && perSecond <= kFastest))
        return {0, Duration{0}};
    if (const auto found = fractionOf(perSecond, kLongestSeconds))
        return {static_cast<uint64_t>(found->above), std::chrono::seconds{static_cast<int64_t>(found->below)}};
    if (const auto found = fractionOf(perSecond / 1e9, kLongestSeconds * 1e9))
        return {static_cast<uint64_t>(found->above), Duration{static_cast<int64_t>(found->below)}};
    // Where neither comes close enough: whole permits in the time that so many take.
    const double seconds = std::min(1e6, kMostPermits / perSecond);
    return {static_cast<uint64_t>(std::llround(perSecond * seconds)), fromSeconds(seconds)};
}

} // namespace resilience
