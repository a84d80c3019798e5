// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

// Limiters as one would write them down to be believed rather than to be fast: time passes one nanosecond at a time,
// logs are kept for ever and counted anew. Small numbers only. Each has admits(t, n), which changes nothing, and
// take(t, n), for t never decreasing.
namespace tests {

// Each nanosecond brings `permits` parts; `per` parts make a token.
struct NaiveTokenBucket {
    int64_t capacity, permits, per;
    int64_t parts; // at the start: initial x per
    int64_t now = 0;

    int64_t partsAt(int64_t t) const
    {
        int64_t level = parts;
        for (int64_t i = now; i < t; ++i)
            level = std::min(capacity * per, level + permits);
        return level;
    }
    bool admits(int64_t t, int64_t n) const { return partsAt(t) >= n * per; }
    void take(int64_t t, int64_t n)
    {
        parts = partsAt(t) - n * per;
        now = t;
    }
};

// Every turn ever given, in parts of a nanosecond (`permits` make one).
struct NaiveLeakyQueue {
    int64_t capacity, permits, per;
    std::vector<int64_t> turns;

    std::vector<int64_t> turnsWith(int64_t t, int64_t n) const
    {
        std::vector<int64_t> all = turns;
        for (int64_t i = 0; i < n; ++i)
            all.push_back(all.empty() ? t * permits : std::max(t * permits, all.back() + per));
        return all;
    }
    bool admits(int64_t t, int64_t n) const
    {
        const auto all = turnsWith(t, n);
        return std::ranges::count_if(all, [&](int64_t turn) { return turn > t * permits; }) <= capacity;
    }
    void take(int64_t t, int64_t n) { turns = turnsWith(t, n); }
    // Whole nanoseconds from t to the latest turn, rounded up.
    int64_t lastWait(int64_t t) const { return (turns.back() - t * permits + permits - 1) / permits; }
};

// When each permit was given.
struct NaiveLog {
    int64_t limit, window;
    std::vector<int64_t> times;

    int64_t given(int64_t from, int64_t end) const
    {
        return std::ranges::count_if(times, [&](int64_t time) { return time >= from && time < end; });
    }
    void take(int64_t t, int64_t n) { times.insert(times.end(), static_cast<size_t>(n), t); }
};

struct NaiveFixedWindow : NaiveLog {
    bool admits(int64_t t, int64_t n) const
    {
        const int64_t start = t / window * window;
        return given(start, start + window) + n <= limit;
    }
};

struct NaiveSlidingWindowLog : NaiveLog {
    bool admits(int64_t t, int64_t n) const { return given(t - window + 1, t + 1) + n <= limit; }
};

struct NaiveSlidingWindowCounter : NaiveLog {
    bool admits(int64_t t, int64_t n) const
    {
        const int64_t start = t / window * window;
        const int64_t fading = given(start - window, start) * (start + window - t);
        return fading + (given(start, start + window) + n) * window <= limit * window;
    }
};

} // namespace tests
