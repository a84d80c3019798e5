// SPDX-License-Identifier: MIT
#pragma once

#include "core/time.h"

#include <algorithm>
#include <cstdint>
#include <tuple>
#include <vector>

namespace resilience::sim {

/// Decides at equal instants: what completes or frees something comes before what a timer does, and that before what
/// arrives.
enum class Rank : uint8_t { Completion, Timer, Arrival };

/// What is going to happen: plain data, never a closure, so that a queue can be copied, compared and shown. Everything
/// but the moment and the rank is the business of the part whose it is.
struct Pending {
    Time at{};
    uint64_t sequence = 0; // of scheduling: decides between equals
    uint64_t token = 0; // what it was scheduled for: a request's key, a breaker's generation, an arrival's ticket...
    uint64_t payload = 0; // more, as the kind has it
    uint32_t actor = 0; // index of whom it is about
    Rank rank = Rank::Timer;
    uint8_t part = 0; // its place in the list of parts
    uint8_t kind = 0; // the part's own
    uint8_t detail = 0; // as the kind has it

    bool operator==(const Pending &) const = default;
};

/// Ordered by time, then by rank, then by the order of scheduling. A heap with four below each: half as deep as one
/// with two, and those four lie side by side in memory.
class EventQueue {
public:
    bool empty() const { return m_heap.empty(); }
    size_t size() const { return m_heap.size(); }
    const Pending &top() const { return m_heap.front(); }

    void push(Pending pending)
    {
        pending.sequence = m_nextSequence++;
        m_heap.push_back(pending);
        size_t place = m_heap.size() - 1;
        for (; place > 0 && isBefore(pending, m_heap[above(place)]); place = above(place))
            m_heap[place] = m_heap[above(place)];
        m_heap[place] = pending;
    }
    void pop()
    {
        const Pending last = m_heap.back();
        m_heap.pop_back();
        if (!m_heap.empty())
            sink(0, last);
    }
    /// Takes out what has been overtaken, when there may be much of it: timers that nobody waits for any more would
    /// pile up until their time.
    template <typename IsStale> void sweep(IsStale isStale)
    {
        if (m_heap.size() < m_sweepAt)
            return;
        std::erase_if(m_heap, isStale);
        for (size_t place = m_heap.size() / kBelow + 1; place-- > 0;)
            if (place < m_heap.size())
                sink(place, m_heap[place]);
        m_sweepAt = std::max(kFirstSweep, 2 * m_heap.size());
    }

    bool operator==(const EventQueue &) const = default;

private:
    static constexpr size_t kBelow = 4;
    static constexpr size_t kFirstSweep = 4096;

    static bool isBefore(const Pending &a, const Pending &b)
    {
        if (a.at != b.at)
            return a.at < b.at;
        return a.rank != b.rank ? a.rank < b.rank : a.sequence < b.sequence;
    }
    static size_t above(size_t place) { return (place - 1) / kBelow; }
    // Puts it where a place has become free, or below, so that the earliest is above again.
    void sink(size_t place, Pending pending)
    {
        for (;;) {
            const size_t from = place * kBelow + 1;
            const size_t to = std::min(from + kBelow, m_heap.size());
            if (from >= to)
                break;
            size_t first = from;
            for (size_t other = from + 1; other < to; ++other)
                if (isBefore(m_heap[other], m_heap[first]))
                    first = other;
            if (!isBefore(m_heap[first], pending))
                break;
            m_heap[place] = m_heap[first];
            place = first;
        }
        m_heap[place] = pending;
    }

    std::vector<Pending> m_heap;
    size_t m_sweepAt = kFirstSweep;
    uint64_t m_nextSequence = 0;
};

} // namespace resilience::sim
