// SPDX-License-Identifier: MIT
#include "core/runtime/shared_bulkhead.h"

#include <algorithm>
#include <condition_variable>
#include <utility>

namespace resilience::runtime {

// A thread in acquire().
struct SharedBulkhead::Sleeper final : BulkheadWaiter {
    enum class State : uint8_t { Waiting, Granted, Expired };
    State state = State::Waiting;
    std::condition_variable_any woken;

    void settled(bool granted) noexcept override
    {
        state = granted ? State::Granted : State::Expired;
        woken.notify_one();
    }
};

BulkheadPermit::BulkheadPermit(BulkheadPermit &&other) noexcept
    : m_bulkhead(std::exchange(other.m_bulkhead, nullptr)), m_ticket(other.m_ticket), m_rejection(other.m_rejection)
{
}

BulkheadPermit &BulkheadPermit::operator=(BulkheadPermit &&other) noexcept
{
    if (this != &other) {
        release();
        m_bulkhead = std::exchange(other.m_bulkhead, nullptr);
        m_ticket = other.m_ticket;
        m_rejection = other.m_rejection;
    }
    return *this;
}

void BulkheadPermit::release() noexcept
{
    if (SharedBulkhead *bulkhead = std::exchange(m_bulkhead, nullptr))
        bulkhead->release(m_ticket);
}

SharedBulkhead::SharedBulkhead(const BulkheadConfig &config, Clock clock) : m_clock(std::move(clock)), m_core(config) {}

BulkheadPermit SharedBulkhead::acquire(const Deadline &deadline, const std::stop_token &stop)
{
    const Time asked = deadline.moment() ? m_clock.now() : Time::min();
    BulkheadPermit permit;
    std::unique_lock lock(m_lock);
    const Admission admission = m_core.tryAcquire(std::max(asked, nowIfItMatters()), deadline.moment());
    // Before our own place is noted: it may be one that a waiter whose time was up has just left.
    settle();
    permit.m_ticket = admission.ticket;
    permit.m_rejection = admission.queued() ? await(admission, stop, lock) : admission.rejection;
    if (permit.m_rejection == Rejection::WaitedInVain && deadline.moment() == admission.waitsUntil)
        permit.m_rejection = Rejection::DeadlinePassed;
    if (permit)
        permit.m_bulkhead = this;
    return permit;
}

// Reading the clock takes longer than all the rest, and while nobody waits or is about to, no answer depends on it:
// the earliest time then stands for "not before the latest time seen".
Time SharedBulkhead::nowIfItMatters() const
{
    const BulkheadConfig &config = m_core.config();
    const bool mayWait = m_core.inUse() >= config.maxConcurrent && config.maxQueue > 0;
    return m_core.queued() > 0 || mayWait ? m_clock.now() : Time::min();
}

// Waits for a queued ticket to be settled.
Rejection SharedBulkhead::await(const Admission &admission, const std::stop_token &stop,
                                std::unique_lock<ShortLock> &lock)
{
    Sleeper sleeper;
    const auto settled = [&] { return sleeper.state != Sleeper::State::Waiting; };
    noteWaiter(admission.ticket, sleeper);
    while (!settled() && !stop.stop_requested()) {
        if (!admission.waitsUntil) {
            sleeper.woken.wait(lock, stop, settled);
            continue;
        }
        const Duration left = saturatingSince(*admission.waitsUntil, m_clock.now());
        sleeper.woken.wait_for(lock, stop, std::clamp(left, Duration::zero(), kLongestNap), settled);
        if (!settled()) {
            m_core.onDeadline(m_clock.now());
            settle();
        }
    }
    if (!settled()) {
        m_waiters[admission.ticket.place] = nullptr;
        m_core.release(admission.ticket, m_clock.now());
        settle();
        return Rejection::Cancelled;
    }
    return sleeper.state == Sleeper::State::Granted ? Rejection::None : Rejection::WaitedInVain;
}

// Notes who waits there.
void SharedBulkhead::noteWaiter(Ticket ticket, BulkheadWaiter &waiter)
{
    try {
        if (m_waiters.size() <= ticket.place)
            m_waiters.resize(ticket.place + 1);
    } catch (...) {
        m_core.release(ticket, m_clock.now());
        settle();
        throw;
    }
    m_waiters[ticket.place] = &waiter;
}

Admission SharedBulkhead::tryAcquireAt(Time now, const Deadline &deadline, BulkheadWaiter &waiter)
{
    const std::lock_guard lock(m_lock);
    const Admission admission = m_core.tryAcquire(now, deadline.moment());
    settle();
    if (admission.queued())
        noteWaiter(admission.ticket, waiter);
    return admission;
}

void SharedBulkhead::releaseAt(Ticket ticket, Time now) noexcept
{
    const std::lock_guard lock(m_lock);
    if (m_core.release(ticket, now) == Returned::Place)
        m_waiters[ticket.place] = nullptr;
    settle();
}

void SharedBulkhead::expireAt(Time now)
{
    const std::lock_guard lock(m_lock);
    m_core.onDeadline(now);
    settle();
}

void SharedBulkhead::release(Ticket ticket) noexcept
{
    const std::lock_guard lock(m_lock);
    m_core.release(ticket, m_core.queued() > 0 ? m_clock.now() : Time::min());
    settle();
}

// Tells those whom the core's latest call granted or expired. A settled waiter is forgotten here and now, because its
// place may be another's before its thread has woken.
void SharedBulkhead::settle()
{
    const auto tell = [this](std::span<const Ticket> tickets, bool granted) {
        for (const Ticket &ticket : tickets)
            if (BulkheadWaiter *waiter =
                    ticket.place < m_waiters.size() ? std::exchange(m_waiters[ticket.place], nullptr) : nullptr)
                waiter->settled(granted);
    };
    tell(m_core.expired(), false);
    tell(m_core.granted(), true);
}

void SharedBulkhead::onDeadline() { expireAt(m_clock.now()); }

BulkheadView SharedBulkhead::view() const
{
    const std::lock_guard lock(m_lock);
    return m_core.view(m_clock.now());
}

void SharedBulkhead::reconfigure(const BulkheadConfig &config)
{
    const std::lock_guard lock(m_lock);
    m_core.reconfigure(config, m_clock.now());
    settle();
}

Bulkhead SharedBulkhead::checkpoint() const
{
    const std::lock_guard lock(m_lock);
    return m_core;
}

} // namespace resilience::runtime
