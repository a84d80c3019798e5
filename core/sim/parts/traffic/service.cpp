// SPDX-License-Identifier: MIT
#include "core/sim/parts/traffic/service.h"

#include <algorithm>
#include <cmath>

namespace resilience::sim {

namespace {

constexpr IdempotencyConfig kRequestIds{.capacity = 256, .keepAnswers = std::chrono::hours{1}};

// Without a fault; `luck` in [0, 1).
Duration usualTime(const ServiceConfig &config, double luck)
{
    if (config.law == LatencyLaw::Exponential)
        return RandomStream::exponential(config.latency, luck);
    const Duration spread = std::min(config.spread, config.latency);
    const double offset = (2.0 * luck - 1.0) * static_cast<double>(spread.count());
    return saturatingAdd(config.latency, Duration{std::llround(offset)});
}

} // namespace

Service::Service(const ServiceConfig &config, uint64_t seed)
    : m_config(config), m_random(seed, "service:" + config.name)
{
    if (config.recognisesRequestIds)
        requestIds.emplace(kRequestIds, RandomStream(seed, "request-ids:" + config.name));
}

Service::Plan Service::receive()
{
    Luck luck;
    luck.spread = m_random.unit();
    luck.error = m_random.unit();
    luck.spike = m_random.unit();
    return planFor(luck);
}

Service::Plan Service::planFor(const Luck &luck) const
{
    if (gone())
        return {Plan::Kind::Refuse, {}, true};

    Plan plan;
    if (fault(FaultKind::Hang))
        plan.kind = Plan::Kind::NeverAnswer;
    plan.takes = usualTime(m_config, luck.spread);
    if (const auto added = fault(FaultKind::Latency))
        plan.takes = saturatingAdd(plan.takes, fromSeconds(*added));
    if (const auto spike = fault(FaultKind::LatencySpikes); spike && luck.spike < kSpikeShare)
        plan.takes = saturatingAdd(plan.takes, fromSeconds(*spike));
    plan.fails = luck.error < std::max(m_config.errorRate, fault(FaultKind::ErrorRate).value_or(0.0));
    return plan;
}

bool Service::enqueue(uint64_t key)
{
    if (m_queue.size() >= m_config.queue)
        return false;
    m_queue.push_back(key);
    return true;
}

std::optional<uint64_t> Service::dequeue()
{
    if (m_queue.empty())
        return std::nullopt;
    const uint64_t key = m_queue.front();
    m_queue.pop_front();
    return key;
}

double Service::warmUpFactor(Time now) const
{
    if (!m_coldUntil || now >= *m_coldUntil || m_config.warmUp <= Duration::zero())
        return 1.0;
    return 1.0 + (kWarmUpFactor - 1.0) * toSeconds(*m_coldUntil - now) / toSeconds(m_config.warmUp);
}

void Service::dropHung()
{
    m_busy -= std::min(m_busy, m_hung);
    m_hung = 0;
}

void Service::dropAll()
{
    m_busy = m_hung = 0;
    m_queue.clear();
    held.clear();
}

bool Service::doneBefore(uint64_t original)
{
    const auto place = std::lower_bound(m_done.begin(), m_done.end(), original);
    if (place != m_done.end() && *place == original)
        return true;
    m_done.insert(place, original);
    if (m_done.size() > kRemembered)
        m_done.pop_front();
    return false;
}

} // namespace resilience::sim
