// SPDX-License-Identifier: MIT
#pragma once

#include "core/config_error.h"
#include "core/decision.h"
#include "core/patterns/bulkhead_config.h"
#include "core/time.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace resilience {

/// One caller's place in a bulkhead: a slot, or a place in the queue that may become one. No two are ever equal.
struct Ticket {
    uint64_t serial = 0; // grows with every ticket given; 0 = none
    uint64_t place = 0; // where the bulkhead keeps it; this wide because a gap in a value makes handing it on slow

    bool operator==(const Ticket &) const = default;
};

/// The answer to tryAcquire.
struct Admission {
    enum class Kind : uint8_t {
        Permitted, // holds a slot
        Queued, // waits; a later call will grant or expire the ticket
        Rejected,
    };

    Kind kind = Kind::Rejected;
    Ticket ticket; // unless rejected
    Rejection rejection = Rejection::None; // when rejected; no waiting alone makes room, so there is no retryAfter
    std::optional<Time> waitsUntil; // when queued: expired at this moment if not granted before; none = for ever

    constexpr bool permitted() const { return kind == Kind::Permitted; }
    constexpr bool queued() const { return kind == Kind::Queued; }
    explicit constexpr operator bool() const { return permitted(); }
    bool operator==(const Admission &) const = default;
};

/// What a ticket that was given back had been.
enum class Returned : uint8_t {
    Slot, // a call ended
    Place, // a waiter left
    Nothing, // given back before, or expired
};

struct BulkheadView {
    uint32_t inUse = 0; // slots taken; above maxConcurrent only after shrinking
    uint32_t queued = 0; // callers waiting
    std::optional<Ticket> next; // who gets the next slot
    std::optional<Time> nextDeadline; // when the first waiter expires
    uint64_t permitted = 0; // ever: given a slot, at once or after waiting
    uint64_t rejected = 0; // ever: found the queue full, or had no time left
    uint64_t expired = 0; // ever: waited in vain
    uint64_t left = 0; // ever: gave up waiting

    bool operator==(const BulkheadView &) const = default;
};

/// The bulkhead: at most so many calls at once, and at most so many callers waiting, first in, first out.
///
/// A regular value: copying one is a checkpoint. Every call takes `now`; a `now` before the latest one counts as that
/// one. A waiter whose time is up at t is expired before anything else happens at t. All storage is allocated when it
/// is built; tryAcquire and release allocate nothing and take O(log waiters), O(1) without waiters. Not thread-safe by
/// itself.
///
/// Rules and where they come from. A released slot goes straight to the oldest live waiter and is never free in between
/// (failsafe-go's semaphore), so nobody barges past a queue (resilience4j's semaphore lets newcomers unless it is
/// fair). A waiter that leaves makes no hole (cockatiel). Shrinking revokes nothing: slots are withheld as they come
/// back (failsafe-go). Waiting counts against the caller's deadline.
class Bulkhead {
public:
    /// Throws InvalidConfig; nothing else here but reconfigure() throws.
    explicit Bulkhead(const BulkheadConfig &config = {});

    /// `deadline` = when the caller has no use for a slot any more; the shorter of it and maxWait holds. One that is
    /// not after `now` is rejected as DeadlinePassed, a full queue as QueueFull.
    Admission tryAcquire(Time now, std::optional<Time> deadline = std::nullopt);
    /// Gives back what the ticket stands for, a slot or a place in the queue: the caller need not know which by now.
    Returned release(Ticket ticket, Time now);

    /// The next moment at which a waiter expires; none without waiters that may.
    std::optional<Time> nextDeadline() const;
    /// When this one does; none for a slot, for who waits for ever, and for a ticket that is no good any more.
    std::optional<Time> expiresAt(Ticket ticket) const;
    void onDeadline(Time now);

    /// Which waiters the latest of tryAcquire, release, onDeadline and reconfigure gave a slot, oldest first, and which
    /// it expired, earliest deadline first. Valid until the next of these; looking at them changes nothing.
    std::span<const Ticket> granted() const { return std::span(m_granted).first(m_grantedCount); }
    std::span<const Ticket> expired() const { return std::span(m_expired).first(m_expiredCount); }

    /// Counts as they stand at `now`, those who expire by then already gone. Changes nothing.
    BulkheadView view(Time now) const;

    /// New settings. More slots are handed to waiters at once; fewer are taken back as they come free. Who waits keeps
    /// its place and the time it was promised, even beyond a shorter queue. May allocate. Throws InvalidConfig and then
    /// changes nothing.
    void reconfigure(const BulkheadConfig &config, Time now);

    const BulkheadConfig &config() const { return m_config; }
    uint32_t inUse() const { return m_inUse; }
    uint32_t queued() const { return m_queued; }
    bool operator==(const Bulkhead &) const = default;

private:
    static constexpr uint32_t kNowhere = UINT32_MAX;

    // A place is free, a slot, or a waiter. Waiters are linked oldest first, free places in any order.
    struct Place {
        uint64_t serial = 0; // of the ticket; 0 = free
        uint32_t next = kNowhere;
        uint32_t before = kNowhere;
        uint32_t inHeap = kNowhere; // waiters that may expire: their index in m_heap
        bool waits = false;
        Time until = kTimeMax;
        bool operator==(const Place &) const = default;
    };

    void advance(Time now);
    bool isGood(Ticket ticket) const; // a slot or a place in the queue stands behind it
    uint32_t take();
    Ticket ticketOf(uint32_t place) const { return {m_places[place].serial, place}; }
    void free(uint32_t place);
    void grant();
    void unlink(uint32_t place);
    void heapInsert(uint32_t place);
    void heapRemove(uint32_t place);
    void heapSift(uint32_t index);
    void heapPut(uint32_t index, uint32_t place);
    bool heapBefore(uint32_t a, uint32_t b) const;
    void makeRoom();

    // What every call writes comes first, beside a lock that may guard it.
    Time m_now = Time::min();
    uint64_t m_lastSerial = 0;
    uint64_t m_permitted = 0;
    uint32_t m_inUse = 0;
    uint32_t m_queued = 0;
    uint32_t m_firstFree = kNowhere;
    uint32_t m_heapSize = 0;
    uint32_t m_grantedCount = 0;
    uint32_t m_expiredCount = 0;
    uint32_t m_oldest = kNowhere;
    uint32_t m_youngest = kNowhere;
    BulkheadConfig m_config;
    std::vector<Place> m_places; // as many as slots and waiters can be
    std::vector<uint32_t> m_heap; // waiters that may expire, earliest first; m_heapSize are used
    std::vector<Ticket> m_granted;
    std::vector<Ticket> m_expired;
    uint64_t m_rejected = 0;
    uint64_t m_expiredEver = 0;
    uint64_t m_left = 0;
};

} // namespace resilience
