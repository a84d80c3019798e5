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

/// Ordered by time, then by rank, then by the order of scheduling.
class EventQueue {
public:
    bool empty() const { return m_heap.empty(); }
    size_t size() const { return m_heap.size(); }
    const Pending &top() const { return m_heap.front(); }

    void push(Pending pending)
    {
        pending.sequence = m_nextSequence++;
        m_heap.push_back(pending);
        std::push_heap(m_heap.begin(), m_heap.end(), later);
    }
    void pop()
    {
        std::pop_heap(m_heap.begin(), m_heap.end(), later);
        m_heap.pop_back();
    }

    bool operator==(const EventQueue &) const = default;

private:
    static bool later(const Pending &a, const Pending &b)
    {
        if (a.at != b.at)
            return a.at > b.at;
        return a.rank != b.rank ? a.rank > b.rank : a.sequence > b.sequence;
    }

    std::vector<Pending> m_heap;
    uint64_t m_nextSequence = 0;
};

} // namespace resilience::sim
