// SPDX-License-Identifier: MIT
#pragma once

#include "core/patterns/any_limiter.h"
#include "core/time.h"

#include <cstdint>
#include <deque>

namespace resilience::sim {

/// A stretch as long as the limiter's burst lasts at its rate: what it promises for any such stretch is its burst.
Duration windowOf(const AnyLimiterConfig &config);

/// The most calls that a limiter has let through within any such stretch since its settings were last changed. A value,
/// and bounded: more than kMost in a stretch count as kMost.
class LimiterWindow {
public:
    static constexpr size_t kMost = 4096;

    /// A call was let through at `now`, no earlier than the one before, by a limiter of these settings.
    void add(Time now, const AnyLimiterConfig &config);
    uint64_t most() const { return m_most; }

    bool operator==(const LimiterWindow &) const = default;

private:
    std::optional<AnyLimiterConfig> m_config;
    std::deque<Time> m_latest;
    uint64_t m_most = 0;
};

} // namespace resilience::sim
