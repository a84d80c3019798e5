// SPDX-License-Identifier: MIT
#include "core/rate.h"

#include <cmath>
#include <optional>

namespace resilience {

namespace {

struct Fraction {
    double above;
    double below;
};

// By continued fraction: each step gives the best approximation for its denominator. None when even the last one with
// a denominator in bounds is further than 1e-12 away. All values are whole and below 2^53, hence exact.
std::optional<Fraction> fractionOf(double value, double maxDenominator)
{
    Fraction before{0, 1};
    Fraction latest{1, 0};
    double rest = value;
    for (int i = 0; i < 64; ++i) {
        const double whole = std::floor(rest);
        const Fraction next{whole * latest.above + before.above, whole * latest.below + before.below};
        if (!(next.below <= maxDenominator))
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
    if (!(perSecond >= 1e-6 && perSecond <= 1e9))
        return {0, Duration{0}};
    if (const auto found = fractionOf(perSecond, 1e6))
        return {static_cast<uint64_t>(found->above), std::chrono::seconds{static_cast<int64_t>(found->below)}};
    if (const auto found = fractionOf(perSecond / 1e9, 1e15))
        return {static_cast<uint64_t>(found->above), Duration{static_cast<int64_t>(found->below)}};
    return {static_cast<uint64_t>(std::llround(perSecond * 1e6)), std::chrono::seconds{1'000'000}};
}

} // namespace resilience
