// SPDX-License-Identifier: MIT
#pragma once

#include "core/config_error.h"
#include "core/names.h"
#include "core/random_stream.h"
#include "core/ratio.h"
#include "core/time.h"

#include <algorithm>
#include <cstdint>
#include <optional>

namespace resilience {

/// How the wait grows from one retry to the next.
enum class BackoffStrategy : uint8_t {
    Fixed, // base
    Linear, // base x n
    Exponential, // base x multiplier^(n-1)
};
template <> struct Names<BackoffStrategy> {
    static constexpr std::array all{"fixed", "linear", "exponential"};
};

/// How the wait v is spread, so that callers who failed together do not come back together.
enum class Jitter : uint8_t {
    None, // v
    Full, // 0 to v
    Equal, // v/2 to v
    Decorrelated, // base to 3 x the call's previous wait; the strategy has no say
    Proportional, // v - ratio x v to v + ratio x v
};
template <> struct Names<Jitter> {
    static constexpr std::array all{"none", "full", "equal", "decorrelated", "proportional"};
};

/// Where a wait is drawn from: uniformly between low and high, both included.
struct DelayRange {
    Duration low{0};
    Duration high{0};

    bool operator==(const DelayRange &) const = default;
};

struct BackoffConfig {
    BackoffStrategy strategy = BackoffStrategy::Exponential;
    GivenDuration baseDelay = std::chrono::milliseconds{100}; // the first wait, >= 0; 0 = no waits at all
    double multiplier = 2.0; // exponential: growth from one wait to the next, 1..1000
    GivenDuration maxDelay = std::chrono::seconds{30}; // no wait is longer, jitter included; >= baseDelay
    Jitter jitter = Jitter::None;
    Ratio jitterRatio = Ratio::of(0.25); // proportional: how far from v, 0..1

    /// The n-th wait (n from 1; 0 counts as 1) before jitter: in closed form, and saturating at maxDelay.
    Duration delay(uint64_t n) const;

    /// Where the n-th wait of a call is drawn from whose previous wait was `previous`; zero = it has not waited. Only
    /// decorrelated jitter looks at `previous`. Never beyond maxDelay: it narrows the range before the draw, because
    /// cutting what was drawn would give everybody the same wait at the limit, and keep groups together for ever.
    DelayRange range(uint64_t n, GivenDuration previous = Duration::zero()) const;

    /// The first field out of its range, or none.
    std::optional<ConfigError> validate() const;
    bool operator==(const BackoffConfig &) const = default;
};

/// A wait, and the range that it was drawn from.
struct DrawnDelay {
    Duration delay{0};
    DelayRange range;

    bool operator==(const DrawnDelay &) const = default;
};

/// How long to wait before the n-th retry. A regular value: a copy draws the same waits. O(log n), allocates nothing.
///
/// Jitter as in "Exponential Backoff And Jitter" (AWS Architecture Blog, 2015) and its simulator; proportional as
/// Polly's. Without jitter nothing is drawn, so that switching it on and off does not shift other draws of the stream.
class Backoff {
public:
    /// Throws InvalidConfig; nothing else here but reconfigure() throws. Callers that may fail together need streams of
    /// their own.
    explicit Backoff(const BackoffConfig &config = {}, const RandomStream &random = RandomStream::fromSystem());

    /// For the n-th retry of a call: as BackoffConfig::range() takes them.
    DrawnDelay draw(uint64_t n, GivenDuration previous = Duration::zero());

    /// The stream goes on where it is. Throws InvalidConfig and then changes nothing.
    void reconfigure(const BackoffConfig &config);

    const BackoffConfig &config() const { return m_config; }
    bool operator==(const Backoff &) const = default;

private:
    BackoffConfig m_config;
    RandomStream m_random;
};

} // namespace resilience
