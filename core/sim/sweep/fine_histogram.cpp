// SPDX-License-Identifier: MIT
#include "core/sim/sweep/fine_histogram.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace resilience::sim {

namespace {

// A number is told by its highest bit and the seven after it; below 256 by itself.
constexpr unsigned kBits = 7;
constexpr uint64_t kExact = uint64_t{2} << kBits;

size_t bucketOf(uint64_t value)
{
    if (value < kExact)
        return static_cast<size_t>(value);
    const unsigned shift = static_cast<unsigned>(std::bit_width(value)) - kBits - 1;
    return static_cast<size_t>((uint64_t{shift} << kBits) + (value >> shift));
}

uint64_t lowestOf(size_t bucket)
{
    if (bucket < kExact)
        return bucket;
    const uint64_t shift = (bucket >> kBits) - 1;
    return (bucket - (shift << kBits)) << shift;
}

} // namespace

void FineHistogram::add(Duration duration)
{
    const size_t bucket = bucketOf(static_cast<uint64_t>(std::max<int64_t>(0, duration.count())));
    if (bucket >= m_counts.size())
        m_counts.resize(bucket + 1);
    ++m_counts[bucket];
    ++m_count;
    m_sum += static_cast<double>(duration.count());
    m_longest = std::max(m_longest, duration);
}

std::optional<double> FineHistogram::mean() const
{
    return m_count == 0 ? std::nullopt : std::optional(m_sum / static_cast<double>(m_count) / 1e9);
}

std::optional<double> FineHistogram::longest() const
{
    return m_count == 0 ? std::nullopt : std::optional(toSeconds(m_longest));
}

std::optional<double> FineHistogram::percentile(double share) const
{
    if (m_count == 0)
        return std::nullopt;
    const auto wanted = static_cast<uint64_t>(std::max(1.0, std::ceil(share * static_cast<double>(m_count))));
    uint64_t below = 0;
    for (size_t i = 0; i < m_counts.size(); ++i) {
        below += m_counts[i];
        if (below < wanted)
            continue;
        const uint64_t highest = std::min(lowestOf(i + 1) - 1, static_cast<uint64_t>(m_longest.count()));
        return toSeconds(Duration{static_cast<int64_t>(lowestOf(i) + (highest - lowestOf(i)) / 2)});
    }
    return longest();
}

} // namespace resilience::sim
