// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/naive_bulkhead.h"

#include <algorithm>

using namespace resilience;

namespace tests {

Admission::Kind NaiveBulkhead::acquire(int caller, Time now, std::optional<Time> deadline)
{
    pass(now);
    if (deadline && *deadline <= m_now)
        return Admission::Kind::Rejected;
    if (holding.size() < m_config.maxConcurrent) {
        holding.push_back(caller);
        return Admission::Kind::Permitted;
    }
    if (waiting.size() >= m_config.maxQueue)
        return Admission::Kind::Rejected;
    const Time patience = m_config.maxWait > Duration::zero() ? saturatingAdd(m_now, m_config.maxWait) : kTimeMax;
    waiting.push_back(
        {caller, std::min(deadline.value_or(kTimeMax), patience), deadline || m_config.maxWait > Duration::zero()});
    return Admission::Kind::Queued;
}

Returned NaiveBulkhead::release(int caller, Time now)
{
    pass(now);
    if (std::erase(holding, caller) > 0) {
        grant();
        return Returned::Slot;
    }
    return std::erase_if(waiting, [&](const Waiter &w) { return w.caller == caller; }) > 0 ? Returned::Place
                                                                                           : Returned::Nothing;
}

std::optional<Time> NaiveBulkhead::expiresAt(int caller) const
{
    const auto it = std::find_if(waiting.begin(), waiting.end(), [&](const Waiter &w) { return w.caller == caller; });
    return it != waiting.end() && it->mayExpire ? std::optional{it->until} : std::nullopt;
}

void NaiveBulkhead::pass(Time now)
{
    m_now = std::max(m_now, now);
    granted.clear();
    expired.clear();
    std::vector<Waiter> over;
    std::copy_if(waiting.begin(), waiting.end(), std::back_inserter(over),
                 [&](const Waiter &w) { return w.mayExpire && w.until <= m_now; });
    std::stable_sort(over.begin(), over.end(), [](const Waiter &a, const Waiter &b) { return a.until < b.until; });
    for (const Waiter &gone : over) {
        expired.push_back(gone.caller);
        std::erase_if(waiting, [&](const Waiter &w) { return w.caller == gone.caller; });
    }
}

void NaiveBulkhead::reconfigure(const BulkheadConfig &config, Time now)
{
    pass(now);
    m_config = config;
    grant();
}

void NaiveBulkhead::grant()
{
    while (!waiting.empty() && holding.size() < m_config.maxConcurrent) {
        granted.push_back(waiting.front().caller);
        holding.push_back(waiting.front().caller);
        waiting.erase(waiting.begin());
    }
}

} // namespace tests
