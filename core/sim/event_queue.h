// SPDX-License-Identifier: MIT
#pragma once

#include "core/time.h"

#include <algorithm>
#include <cstdint>
#include <tuple>
#include <vector>

namespace resilience::sim {

// What is going to happen: plain data, never a closure, so that a queue can be copied, compared and shown.
struct Pending {
    enum class Kind : uint8_t {
        ReachClient, // completions and releases ...
        ServiceDone,
        ProbeAnswer,
        ProbeServed,
        LockReply,
        StoreAnswer,
        PolicyTimer, // ... before timers ...
        BreakerDeadline,
        BreakerWaitOver,
        ServiceRestarted,
        ProbeTimeout,
        ProbeDue,
        LockTimer,
        ClientArrival, // ... before arrivals, at the same instant
        ReachService,
        ProbeReaches,
        ReachLockNode,
        ReachStore,
    };
    static constexpr Kind kLastCompletion = Kind::StoreAnswer;
    static constexpr Kind kLastTimer = Kind::LockTimer;

    Time at{};
    Kind kind = Kind::ClientArrival;
    uint64_t sequence = 0; // of scheduling: decides between equals
    uint32_t actor = 0; // index of whom it is about; which list it indexes follows from the kind
    uint64_t token = 0; // request key, breaker generation, arrival ticket...: what it was scheduled for
    uint64_t payload = 0; // more, as the kind has it
    uint8_t detail = 0; // PolicyTimer: the PolicyKind; others as the kind has it

    // 0 completions, 1 timers, 2 arrivals.
    constexpr int rank() const { return kind <= kLastCompletion ? 0 : kind <= kLastTimer ? 1 : 2; }
    bool operator==(const Pending &) const = default;
};

// Ordered by time, then completions before timers before arrivals, then by the order of scheduling.
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
        return std::tuple(a.at, a.rank(), a.sequence) > std::tuple(b.at, b.rank(), b.sequence);
    }

    std::vector<Pending> m_heap;
    uint64_t m_nextSequence = 0;
};

} // namespace resilience::sim
