// SPDX-License-Identifier: MIT
#include "core/sim/sweep/statistics.h"

#include "core/random_stream.h"

#include <algorithm>
#include <cmath>

namespace resilience::sim {

namespace {

constexpr uint64_t kMostSamples = 1000;
constexpr uint64_t kFewestSamples = 200;
constexpr uint64_t kMostDraws = 2'000'000; // so that ten thousand runs take no longer than two thousand

// The medians of samples of the same size, ascending. How often each place was drawn tells where the middle is.
std::vector<double> drawnMedians(const std::vector<double> &sorted, RandomStream &random)
{
    const uint64_t n = sorted.size();
    const uint64_t samples = std::clamp(kMostDraws / n, kFewestSamples, kMostSamples);
    std::vector<double> medians;
    std::vector<uint32_t> drawn(n);
    for (uint64_t sample = 0; sample < samples; ++sample) {
        std::fill(drawn.begin(), drawn.end(), 0);
        for (uint64_t i = 0; i < n; ++i)
            ++drawn[std::min<uint64_t>(n - 1, static_cast<uint64_t>(random.unit() * static_cast<double>(n)))];
        const auto valueAt = [&](uint64_t rank) { // 0 = the least of the sample
            uint64_t below = 0;
            size_t place = 0;
            while ((below += drawn[place]) <= rank)
                ++place;
            return sorted[place];
        };
        medians.push_back((valueAt((n - 1) / 2) + valueAt(n / 2)) / 2);
    }
    std::sort(medians.begin(), medians.end());
    return medians;
}

} // namespace

double quantile(const std::vector<double> &sorted, double share)
{
    const double place = share * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<size_t>(place);
    const size_t above = std::min(below + 1, sorted.size() - 1);
    return sorted[below] + (sorted[above] - sorted[below]) * (place - static_cast<double>(below));
}

Spread spreadOf(std::vector<double> values, uint64_t seed, std::string_view name)
{
    Spread spread;
    if (values.empty())
        return spread;
    std::sort(values.begin(), values.end());
    spread.n = values.size();
    spread.median = quantile(values, 0.5);
    spread.p5 = quantile(values, 0.05);
    spread.p95 = quantile(values, 0.95);
    RandomStream random(seed, name);
    const auto medians = drawnMedians(values, random);
    spread.medianLow = quantile(medians, 0.025);
    spread.medianHigh = quantile(medians, 0.975);
    return spread;
}

double shareBelow(double value, const std::vector<double> &values, bool moreIsBetter)
{
    double worse = 0;
    for (const double other : values)
        worse += other == value ? 0.5 : (other < value) == moreIsBetter ? 1 : 0;
    return values.empty() ? 0 : worse / static_cast<double>(values.size());
}

} // namespace resilience::sim
