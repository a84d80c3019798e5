// SPDX-License-Identifier: MIT
#include "core/patterns/lock/fencing.h"

namespace resilience {

std::optional<uint64_t> FencingStore::acquire(uint64_t owner, GivenDuration ttl, Time now)
{
    if (m_node.acquire(owner, ttl, now) != LockReply::Granted)
        return std::nullopt;
    return next();
}

bool FencedResource::write(std::optional<uint64_t> token)
{
    if (m_checks && (!token || *token < m_largest)) {
        ++m_refused;
        return false;
    }
    if (m_checks)
        m_largest = *token;
    ++m_accepted;
    return true;
}

} // namespace resilience
