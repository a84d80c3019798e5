// SPDX-License-Identifier: MIT
#include "core/patterns/bulkhead.h"

#include <algorithm>

namespace resilience {

Bulkhead::Bulkhead(const BulkheadConfig &config) : m_config(config)
{
    if (auto error = config.validate())
        throw InvalidConfig(*error);
    makeRoom();
}

Admission Bulkhead::tryAcquire(Time now, std::optional<Time> deadline)
{
    advance(now);
    if (deadline && *deadline <= m_now) {
        ++m_rejected;
        return {Admission::Kind::Rejected, {}, Rejection::DeadlinePassed, std::nullopt};
    }
    if (m_inUse < m_config.maxConcurrent) {
        ++m_inUse;
        ++m_permitted;
        return {Admission::Kind::Permitted, ticketOf(take()), Rejection::None, std::nullopt};
    }
    if (m_queued >= m_config.maxQueue) {
        ++m_rejected;
        return {Admission::Kind::Rejected, {}, Rejection::QueueFull, std::nullopt};
    }
    std::optional<Time> until = deadline;
    if (m_config.maxWait > Duration::zero())
        until = std::min(deadline.value_or(kTimeMax), saturatingAdd(m_now, m_config.maxWait));
    const uint32_t index = take();
    Place &place = m_places[index];
    place.waits = true;
    place.before = m_youngest;
    (m_youngest == kNowhere ? m_oldest : m_places[m_youngest].next) = index;
    m_youngest = index;
    ++m_queued;
    if (until) {
        place.until = *until;
        heapInsert(index);
    }
    return {Admission::Kind::Queued, ticketOf(index), Rejection::None, until};
}

Returned Bulkhead::release(Ticket ticket, Time now)
{
    advance(now);
    if (!isGood(ticket))
        return Returned::Nothing;
    const auto place = static_cast<uint32_t>(ticket.place);
    if (m_places[place].waits) {
        unlink(place);
        free(place);
        ++m_left;
        return Returned::Place;
    }
    free(place);
    --m_inUse;
    grant();
    return Returned::Slot;
}

std::optional<Time> Bulkhead::nextDeadline() const
{
    return m_heapSize > 0 ? std::optional{m_places[m_heap[0]].until} : std::nullopt;
}

std::optional<Time> Bulkhead::expiresAt(Ticket ticket) const
{
    const bool mayExpire = isGood(ticket) && m_places[ticket.place].inHeap != kNowhere;
    return mayExpire ? std::optional{m_places[ticket.place].until} : std::nullopt;
}

void Bulkhead::onDeadline(Time now) { advance(now); }

BulkheadView Bulkhead::view(Time now) const
{
    now = std::max(now, m_now);
    BulkheadView v;
    v.inUse = m_inUse;
    v.permitted = m_permitted;
    v.rejected = m_rejected;
    v.expired = m_expiredEver;
    v.left = m_left;
    for (uint32_t i = m_oldest; i != kNowhere; i = m_places[i].next) {
        const Place &place = m_places[i];
        const bool mayExpire = place.inHeap != kNowhere;
        if (mayExpire && place.until <= now) {
            ++v.expired;
            continue;
        }
        ++v.queued;
        if (!v.next)
            v.next = ticketOf(i);
        if (mayExpire)
            v.nextDeadline = std::min(v.nextDeadline.value_or(kTimeMax), place.until);
    }
    return v;
}

void Bulkhead::reconfigure(const BulkheadConfig &config, Time now)
{
    if (auto error = config.validate())
        throw InvalidConfig(*error);
    advance(now);
    m_config = config;
    makeRoom();
    grant();
}

// Clamps time to run forwards only, and expires who has waited long enough.
void Bulkhead::advance(Time now)
{
    m_now = std::max(m_now, now);
    m_grantedCount = 0;
    m_expiredCount = 0;
    while (m_heapSize > 0 && m_places[m_heap[0]].until <= m_now) {
        const uint32_t place = m_heap[0];
        m_expired[m_expiredCount++] = ticketOf(place);
        unlink(place);
        free(place);
        ++m_expiredEver;
    }
}

bool Bulkhead::isGood(Ticket ticket) const
{
    return ticket.serial != 0 && ticket.place < m_places.size() && m_places[ticket.place].serial == ticket.serial;
}

// There is always one: places are as many as slots and waiters together can be.
uint32_t Bulkhead::take()
{
    const uint32_t index = m_firstFree;
    Place &place = m_places[index];
    m_firstFree = place.next;
    place.next = kNowhere;
    place.serial = ++m_lastSerial;
    return index;
}

// Of a slot, or of a waiter that is unlinked: everything else in it is as when it was built.
void Bulkhead::free(uint32_t place)
{
    m_places[place].serial = 0;
    m_places[place].next = m_firstFree;
    m_firstFree = place;
}

void Bulkhead::grant()
{
    while (m_queued > 0 && m_inUse < m_config.maxConcurrent) {
        const uint32_t place = m_oldest;
        unlink(place);
        ++m_inUse;
        ++m_permitted;
        m_granted[m_grantedCount++] = ticketOf(place);
    }
}

void Bulkhead::unlink(uint32_t index)
{
    if (m_places[index].inHeap != kNowhere)
        heapRemove(index);
    Place &place = m_places[index];
    (place.before == kNowhere ? m_oldest : m_places[place.before].next) = place.next;
    (place.next == kNowhere ? m_youngest : m_places[place.next].before) = place.before;
    const uint64_t serial = place.serial;
    place = {};
    place.serial = serial;
    --m_queued;
}

void Bulkhead::heapInsert(uint32_t place)
{
    heapPut(m_heapSize, place);
    heapSift(m_heapSize++);
}

void Bulkhead::heapRemove(uint32_t place)
{
    const uint32_t index = m_places[place].inHeap;
    m_places[place].inHeap = kNowhere;
    const uint32_t last = m_heap[--m_heapSize];
    m_heap[m_heapSize] = kNowhere;
    if (last == place)
        return;
    heapPut(index, last);
    heapSift(index);
}

// Moves one entry up or down to where it belongs.
void Bulkhead::heapSift(uint32_t index)
{
    const uint32_t place = m_heap[index];
    for (; index > 0 && heapBefore(place, m_heap[(index - 1) / 2]); index = (index - 1) / 2)
        heapPut(index, m_heap[(index - 1) / 2]);
    for (uint32_t child = 2 * index + 1; child < m_heapSize; child = 2 * index + 1) {
        child += child + 1 < m_heapSize && heapBefore(m_heap[child + 1], m_heap[child]);
        if (!heapBefore(m_heap[child], place))
            break;
        heapPut(index, m_heap[child]);
        index = child;
    }
    heapPut(index, place);
}

void Bulkhead::heapPut(uint32_t index, uint32_t place)
{
    m_heap[index] = place;
    m_places[place].inHeap = index;
}

// Who expires first; of two at the same moment, who came first.
bool Bulkhead::heapBefore(uint32_t a, uint32_t b) const
{
    const Place &x = m_places[a];
    const Place &y = m_places[b];
    return x.until != y.until ? x.until < y.until : x.serial < y.serial;
}

// Never takes places away: tickets know them by their number.
void Bulkhead::makeRoom()
{
    const auto old = static_cast<uint32_t>(m_places.size());
    const size_t waiters = std::max<size_t>(m_heap.size(), m_config.maxQueue);
    // After shrinking, more slots and waiters can be out than the settings say: room for them on top.
    const size_t wanted =
        std::max<size_t>(m_inUse, m_config.maxConcurrent) + std::max<size_t>(m_queued, m_config.maxQueue);
    if (wanted > old)
        m_places.resize(wanted);
    for (auto place = static_cast<uint32_t>(m_places.size()); place > old; --place) {
        m_places[place - 1].next = m_firstFree;
        m_firstFree = place - 1;
    }
    m_heap.resize(waiters, kNowhere);
    m_granted.resize(waiters);
    m_expired.resize(waiters);
}

} // namespace resilience
