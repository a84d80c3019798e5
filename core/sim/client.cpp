// SPDX-License-Identifier: MIT
#include "core/sim/client.h"

#include <algorithm>

namespace resilience::sim {

std::optional<Time> Client::nextArrival(Time previous)
{
    const ArrivalConfig &arrivals = m_config.arrivals;
    const Duration gap = std::max(Duration{1}, fromSeconds(1.0 / arrivals.rate));
    switch (arrivals.kind) {
    case ArrivalConfig::Kind::Script:
        if (m_arrivals >= arrivals.times.size())
            return std::nullopt;
        return at(arrivals.times[m_arrivals++]);
    case ArrivalConfig::Kind::Steady:
        ++m_arrivals;
        return saturatingAdd(previous, gap);
    case ArrivalConfig::Kind::Poisson:
        ++m_arrivals;
        return saturatingAdd(previous, std::max(Duration{1}, m_random.exponential(gap)));
    }
    return std::nullopt;
}

void Client::setRate(double rate)
{
    m_config.arrivals.rate = rate;
    if (m_config.arrivals.kind != ArrivalConfig::Kind::Script)
        ++m_ticket;
}

} // namespace resilience::sim
