// SPDX-License-Identifier: MIT
#pragma once

#include "core/sim/engine/event.h"

#include <cstdint>
#include <deque>
#include <memory>
#include <vector>

namespace resilience::sim {

/// The latest events of a run, by their number, which counts on without gaps. Older ones are forgotten once there are
/// more than kCapacity. A value whose copies share what neither will change.
class EventLog {
public:
    static constexpr size_t kCapacity = 200'000;
    /// Kept beyond that, and not shown, so that the log can be cut back and still be full.
    static constexpr size_t kReserve = 25'000;

    void add(const Event &event);
    /// Forgets what came after the event with this number. False, and nothing changed, when the log would then show
    /// fewer events than it would have shown at that time.
    bool cutBack(uint64_t number);
    size_t size() const { return std::min<size_t>(kept(), kCapacity); }
    bool empty() const { return kept() == 0; }
    uint64_t firstNumber() const { return m_last + 1 - size(); }
    uint64_t lastNumber() const { return m_last; }
    /// None when it was forgotten or has not happened.
    const Event *numbered(uint64_t number) const;
    /// The number of the last event at or before t; 0 when there is none left.
    uint64_t lastNumberUntil(Time t) const;

    bool operator==(const EventLog &other) const; // of what is shown

private:
    static constexpr size_t kChunk = 512;
    using Chunk = std::vector<Event>;

    size_t kept() const { return m_sealed.size() * kChunk + m_open.size(); }
    uint64_t firstKept() const { return m_last + 1 - kept(); }

    std::deque<std::shared_ptr<Chunk>> m_sealed; // of kChunk events each, oldest first
    Chunk m_open; // the latest
    uint64_t m_last = 0; // number of the latest event; 0 = none yet
};

} // namespace resilience::sim
