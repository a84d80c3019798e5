// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cmath>
#include <concepts>
#include <cstdint>
#include <limits>
#include <type_traits>

// Time as every pattern sees it: signed 64-bit nanoseconds, handed in by the caller. There is no now() here on
// purpose: a simulation passes virtual time, a production program passes its steady clock (core/runtime).
namespace resilience {

using Duration = std::chrono::nanoseconds;

/// A duration as somebody gives it, in a unit of his own: a setting, a limit, a wish. What is too long for nanoseconds
/// becomes the longest, which is for ever (292 years), where std::chrono would wrap: hours::max() is no time in the
/// past. Otherwise it is a Duration in all that it does. Units that std::chrono would not convert by itself are
/// refused.
class GivenDuration : public Duration {
public:
    constexpr GivenDuration() : Duration(zero()) {}
    constexpr explicit GivenDuration(int64_t nanoseconds) : Duration(nanoseconds) {}
    template <typename Rep, typename Period>
    requires std::convertible_to<std::chrono::duration<Rep, Period>, Duration>
    constexpr GivenDuration(std::chrono::duration<Rep, Period> given) : Duration(saturated(given)) // NOLINT: implicit
    {
    }

private:
    template <typename Rep, typename Period>
    static constexpr Duration saturated(std::chrono::duration<Rep, Period> given)
    {
        if constexpr (std::is_same_v<decltype(given), Duration>) {
            return given;
        } else {
            using Wide = std::chrono::duration<std::common_type_t<Rep, int64_t>, Period>;
            if (Wide(given) > std::chrono::duration_cast<Wide>(max()))
                return max();
            if (std::is_signed_v<Rep> && Wide(given) < std::chrono::duration_cast<Wide>(min()))
                return min();
            return given;
        }
    }
};

/// The clock that nobody reads. It only gives Time its own type, so that a wall-clock time cannot slip in.
struct SuppliedClock {
    using duration = Duration;
    using rep = duration::rep;
    using period = duration::period;
    using time_point = std::chrono::time_point<SuppliedClock>;
    static constexpr bool is_steady = true;
};

/// A moment: nanoseconds since the start of the run (or of the process's steady clock).
using Time = SuppliedClock::time_point;

inline constexpr Time kTimeZero{};
inline constexpr Time kTimeMax = Time::max();
inline constexpr Duration kDurationMax = Duration::max();

constexpr Time at(GivenDuration sinceStart) { return Time{sinceStart}; }

/// Sums and products stop at the largest value instead of wrapping (a "never" must not become the past).
constexpr Duration saturatingAdd(GivenDuration a, GivenDuration b)
{
    const int64_t x = a.count();
    const int64_t y = b.count();
    constexpr int64_t top = std::numeric_limits<int64_t>::max();
    constexpr int64_t bottom = std::numeric_limits<int64_t>::min();
    if (y > 0 && x > top - y)
        return Duration::max();
    if (y < 0 && x < bottom - y)
        return Duration::min();
    return Duration{x + y};
}

constexpr Time saturatingAdd(Time t, GivenDuration d) { return Time{saturatingAdd(t.time_since_epoch(), d)}; }

/// a - b as a duration, saturating.
constexpr Duration saturatingSince(Time a, Time b)
{
    if (b.time_since_epoch() == Duration::min())
        return a < kTimeZero ? a - b : Duration::max();
    return saturatingAdd(a.time_since_epoch(), -b.time_since_epoch());
}

/// Seconds to nanoseconds, to the nearest; saturates. NaN gives zero: callers refuse it before.
inline Duration fromSeconds(double seconds)
{
    const double ns = seconds * 1e9;
    if (std::isnan(ns))
        return Duration::zero();
    if (ns >= 9.2233720368547748e18)
        return Duration::max();
    if (ns <= -9.2233720368547748e18)
        return Duration::min();
    return Duration{std::llround(ns)};
}

constexpr double toSeconds(Duration d) { return static_cast<double>(d.count()) / 1e9; }
constexpr double toSeconds(Time t) { return toSeconds(t.time_since_epoch()); }

} // namespace resilience
