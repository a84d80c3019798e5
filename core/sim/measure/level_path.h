// SPDX-License-Identifier: MIT
#pragma once

#include "core/time.h"

#include <cmath>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace resilience::sim {

/// Where a level bends or jumps.
struct LevelPoint {
    Time at{};
    double before = 0; // what the line from the point before leads up to
    double after = 0; // what it stands at from this very moment on
    bool operator==(const LevelPoint &) const = default;
};

/// A quantity as a function of time: straight between its points, each of which may be a jump. Exact, until there are
/// more than kMost points; then those that tell least are dropped, and within stretches of grain() only the extremes
/// are sure. A copy is cheap: it shares all but the end.
class LevelPath {
public:
    static constexpr size_t kMost = 32'768;

    /// Moments come in order; of several at the same moment the first tells what was before, the last what is after.
    void add(const LevelPoint &point);
    /// Follows `level`, a function of time that is straight but for bends and jumps, from the last point to `to`: finds
    /// each of them. Between two calls of it `level` must not go up and down again unseen: it is asked at a few
    /// moments, and in between only where they do not lie on a line.
    template <typename Level> void follow(const Level &level, Time to);

    bool empty() const { return size() == 0; }
    size_t size() const { return m_sealed.size() * kChunk + m_open.size(); }
    const LevelPoint &operator[](size_t i) const
    {
        return i < m_sealed.size() * kChunk ? (*m_sealed[i / kChunk])[i % kChunk]
                                            : m_open[i - m_sealed.size() * kChunk];
    }
    const LevelPoint &back() const { return m_open.back(); }
    /// The number of points at or before `t`.
    size_t countUntil(Time t) const;
    /// None before the first point. After the last it stays what it is.
    std::optional<double> valueAt(Time t) const;
    Duration grain() const { return m_grain; } // 0 = exact
    double most() const { return m_most; } // that it ever stood at
    bool moves() const { return m_most != m_least; }

    bool operator==(const LevelPath &other) const;

private:
    static constexpr size_t kChunk = 64;
    static constexpr double kClose = 1e-8; // what lies so near a line lies on it

    static bool close(double a, double b) { return std::abs(a - b) <= kClose * std::max(1.0, std::abs(b)); }
    template <typename Level> void followBetween(const Level &level, LevelPoint from, LevelPoint to);
    bool continues(const LevelPoint &point) const;
    void push(const LevelPoint &point);
    void thin();

    using Chunk = std::vector<LevelPoint>;
    std::vector<std::shared_ptr<const Chunk>> m_sealed; // each of kChunk points, never changed again
    Chunk m_open; // at least the last two, if there are two
    double m_most = 0;
    double m_least = 0;
    Duration m_grain{};
};

template <typename Level> void LevelPath::follow(const Level &level, Time to)
{
    if (empty() || to <= back().at)
        return;
    const double end = level(to);
    followBetween(level, back(), {to, end, end});
}

template <typename Level> void LevelPath::followBetween(const Level &level, LevelPoint from, LevelPoint to)
{
    const int64_t span = (to.at - from.at).count();
    if (span <= 1) { // nothing lies between: a step, or the end of a line
        add({to.at, close(to.after, from.after) ? to.after : from.after, to.after});
        return;
    }
    const auto onLine = [&](int64_t part, int64_t of) {
        const Duration since{span / of * part + span % of * part / of};
        const double share = static_cast<double>(since.count()) / static_cast<double>(span);
        return close(level(from.at + since), from.after + (to.after - from.after) * share);
    };
    if (onLine(1, 2) && onLine(1, 4) && onLine(3, 4) && onLine(2, 7) && onLine(1, 16) && onLine(15, 16)) {
        add(to);
        return;
    }
    const Time middle = from.at + Duration{span / 2};
    const double value = level(middle);
    followBetween(level, from, {middle, value, value});
    followBetween(level, {middle, value, value}, to);
}

} // namespace resilience::sim
