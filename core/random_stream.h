// SPDX-License-Identifier: MIT
#pragma once

#include "core/time.h"

#include <array>
#include <cstdint>
#include <string_view>

namespace resilience {

/// A stream of random numbers: xoshiro256** (Blackman, Vigna) seeded by SplitMix64. Engine and distributions are our
/// own because those of the standard library differ between vendors; the same seed gives the same numbers everywhere.
///
/// Every actor has a stream of its own, made from the run's seed and the actor's name, so that changing one actor does
/// not shift the draws of another. There is no default stream: two objects that drew the same numbers without having
/// been told to would take each other's identity, or come back at the same moments.
class RandomStream {
public:
    RandomStream(uint64_t seed, std::string_view actor);
    /// A stream that no other object has, in this process or another, seeded by the operating system: what a program
    /// uses where nothing has to be repeatable. The only place in core that asks the system for randomness. Throws what
    /// std::random_device throws where the system has none to give.
    static RandomStream fromSystem();

    uint64_t next();
    /// Uniform in [0, 1), 53 bits.
    double unit();
    /// Uniform in [low, high], both included; low <= high.
    Duration between(Duration low, Duration high);
    /// True with probability `share` (0..1).
    bool chance(double share) { return unit() < share; }
    /// Exponential with the given mean: the gaps of a Poisson process.
    Duration exponential(Duration mean) { return exponential(mean, unit()); }
    /// The same of a number in [0, 1) that was drawn before.
    static Duration exponential(Duration mean, double unit);

    bool operator==(const RandomStream &) const = default;

private:
    explicit RandomStream(const std::array<uint64_t, 4> &state) : m_state(state) {}

    std::array<uint64_t, 4> m_state{};
};

} // namespace resilience
