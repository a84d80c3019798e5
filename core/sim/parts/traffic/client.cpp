// SPDX-License-Identifier: MIT
#include "core/sim/parts/traffic/client.h"

#include <algorithm>

namespace resilience::sim {

namespace {

Duration gapAt(double rate) { return std::max(Duration{1}, fromSeconds(1.0 / rate)); }

// The rate at which a ramp stands.
double rampRate(const ArrivalConfig &arrivals, Time t)
{
    const double share = std::min(1.0, toSeconds(t - kTimeZero) / toSeconds(arrivals.period));
    return arrivals.rate + (arrivals.rampTo - arrivals.rate) * share;
}

std::string streamName(const ClientConfig &config)
{
    return config.arrivals.arrivalStream.empty() ? "client:" + config.name : "tape:" + config.arrivals.arrivalStream;
}

} // namespace

Client::Client(const ClientConfig &config, uint32_t pipeline, uint64_t seed)
    : m_config(config), m_pipeline(pipeline), m_random(seed, streamName(config)), m_routed(config.targets.size(), true)
{
}

std::optional<Time> Client::nextArrival(Time previous)
{
    const ArrivalConfig &arrivals = m_config.arrivals;
    const uint64_t number = m_arrivals++;
    switch (arrivals.kind) {
    case ArrivalConfig::Kind::Script:
        if (number >= arrivals.times.size()) {
            m_arrivals = number;
            return std::nullopt;
        }
        return at(arrivals.times[number]);
    case ArrivalConfig::Kind::Steady:
        return saturatingAdd(previous, gapAt(arrivals.rate));
    case ArrivalConfig::Kind::Poisson:
        return saturatingAdd(previous, std::max(Duration{1}, m_random.exponential(gapAt(arrivals.rate))));
    case ArrivalConfig::Kind::Burst:
        return number % arrivals.burst == 0 ? saturatingAdd(previous, std::max<Duration>(Duration{1}, arrivals.period))
                                            : previous;
    case ArrivalConfig::Kind::Ramp:
        return saturatingAdd(previous, gapAt(rampRate(arrivals, previous)));
    }
    return std::nullopt;
}

void Client::setRate(double rate)
{
    m_config.arrivals.rate = rate;
    if (m_config.arrivals.kind != ArrivalConfig::Kind::Script && m_config.arrivals.kind != ArrivalConfig::Kind::Burst)
        ++m_ticket;
}

std::optional<uint32_t> Client::route()
{
    for (size_t i = 0; i < m_routed.size(); ++i) {
        const size_t place = (m_turn + i) % m_routed.size();
        if (m_routed[place]) {
            m_turn = place + 1;
            return m_config.targets[place];
        }
    }
    return std::nullopt;
}

} // namespace resilience::sim
