// SPDX-License-Identifier: MIT
#include "core/sim/measure/event_log.h"

#include <algorithm>

namespace resilience::sim {

void EventLog::add(const Event &event)
{
    if (m_open.size() == kChunk) {
        m_sealed.push_back(std::make_shared<Chunk>(std::move(m_open)));
        m_open = {};
        if ((m_sealed.size() - 1) * kChunk >= kCapacity + kReserve) {
            // The memory of the oldest serves again, unless a copy still shows it.
            if (m_sealed.front().use_count() == 1)
                m_open = std::move(*m_sealed.front());
            m_sealed.pop_front();
            m_open.clear();
        }
        m_open.reserve(kChunk);
    }
    m_open.push_back(event);
    m_last = event.number;
}

bool EventLog::cutBack(uint64_t number)
{
    const uint64_t shown = std::min<uint64_t>(number, kCapacity);
    if (number > m_last || (shown > 0 && firstKept() > number + 1 - shown))
        return false;
    const size_t left = kept() - static_cast<size_t>(m_last - number);
    if (m_sealed.size() * kChunk > left) {
        m_open = *m_sealed[left / kChunk];
        m_sealed.resize(left / kChunk);
    }
    m_open.resize(left - m_sealed.size() * kChunk);
    m_last = number;
    return true;
}

const Event *EventLog::numbered(uint64_t number) const
{
    if (empty() || number < firstNumber() || number > m_last)
        return nullptr;
    const auto index = static_cast<size_t>(number - firstKept());
    const size_t chunk = index / kChunk;
    return chunk < m_sealed.size() ? &(*m_sealed[chunk])[index % kChunk] : &m_open[index - m_sealed.size() * kChunk];
}

uint64_t EventLog::lastNumberUntil(Time t) const
{
    uint64_t from = firstNumber(); // the first one after t lies in [from, end]
    uint64_t end = m_last + 1;
    while (from < end) {
        const uint64_t middle = from + (end - from) / 2;
        if (numbered(middle)->at <= t)
            from = middle + 1;
        else
            end = middle;
    }
    return from == firstNumber() ? 0 : from - 1;
}

bool EventLog::operator==(const EventLog &other) const
{
    if (m_last != other.m_last || size() != other.size())
        return false;
    for (uint64_t number = firstNumber(); number <= m_last && !empty(); ++number)
        if (!(*numbered(number) == *other.numbered(number)))
            return false;
    return true;
}

} // namespace resilience::sim
