// SPDX-License-Identifier: MIT
#pragma once

#include "core/deadline.h"
#include "core/patterns/bulkhead.h"
#include "core/runtime/clock.h"
#include "core/runtime/short_lock.h"

#include <mutex>
#include <stop_token>
#include <vector>

namespace resilience::runtime {

class SharedBulkhead;

/// A slot, or the reason why not. Dropping it gives the slot back, to the oldest waiter if there is one. One thread at
/// a time; it may be handed to another. The bulkhead must outlive it.
class BulkheadPermit {
public:
    BulkheadPermit() = default; // of no bulkhead: permitted, and nothing to give back
    BulkheadPermit(BulkheadPermit &&other) noexcept;
    BulkheadPermit &operator=(BulkheadPermit &&other) noexcept;
    ~BulkheadPermit() { release(); }

    /// QueueFull, DeadlinePassed, WaitedInVain, or Cancelled.
    Rejection rejection() const { return m_rejection; }
    explicit operator bool() const { return m_rejection == Rejection::None; }

    /// Gives the slot back now.
    void release() noexcept;

private:
    friend class SharedBulkhead;

    SharedBulkhead *m_bulkhead = nullptr; // none: nothing left to give back
    Ticket m_ticket;
    Rejection m_rejection = Rejection::None;
};

/// Somebody in the queue. settled() comes once, under the bulkhead's lock: it must be brief and not come back here.
class BulkheadWaiter {
public:
    virtual void settled(bool granted) noexcept = 0;

protected:
    ~BulkheadWaiter() = default;
};

/// The bulkhead for many threads: see Bulkhead for what it does. acquire() waits in the queue, first in, first out;
/// every waiter sleeps on a condition variable of its own, so that a slot wakes the one thread that gets it and no
/// other. The clock is read only where an answer depends on it: with a deadline, while somebody waits, or may have to.
class SharedBulkhead {
public:
    /// Throws InvalidConfig; nothing else here but reconfigure() throws, memory running out apart.
    explicit SharedBulkhead(const BulkheadConfig &config = {}, Clock clock = {});

    /// Waits until it has a slot, at most max_wait, until the deadline, or until `stop` is requested. A slot that was
    /// granted is kept even if `stop` comes at the same moment.
    BulkheadPermit acquire(const Deadline &deadline = {}, const std::stop_token &stop = {});

    /// The same for a call that does its waiting itself, keeps its ticket as a value and has read the clock already.
    /// Where it is queued, `waiter` is told what comes of it, unless the ticket is given back first.
    Admission tryAcquireAt(Time now, const Deadline &deadline, BulkheadWaiter &waiter);
    void releaseAt(Ticket ticket, Time now) noexcept;
    void expireAt(Time now);

    /// Waiters wake by themselves when their time is up on the steady clock. With a clock of your own, call this after
    /// moving it.
    void onDeadline();

    BulkheadView view() const;
    /// Throws InvalidConfig and then changes nothing.
    void reconfigure(const BulkheadConfig &config);

    /// The plain bulkhead as it stands.
    Bulkhead checkpoint() const;

private:
    friend class BulkheadPermit;
    struct Sleeper;

    void settle();
    Rejection await(const Admission &admission, const std::stop_token &stop, std::unique_lock<ShortLock> &lock);
    Time nowIfItMatters() const;
    void noteWaiter(Ticket ticket, BulkheadWaiter &waiter);
    void release(Ticket ticket) noexcept;

    const Clock m_clock;
    alignas(kCacheLine) mutable ShortLock m_lock; // apart from the clock, which all read
    Bulkhead m_core;
    std::vector<BulkheadWaiter *> m_waiters; // by the ticket's place
};

} // namespace resilience::runtime
