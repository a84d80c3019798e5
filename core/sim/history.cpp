// SPDX-License-Identifier: MIT
#include "core/sim/history.h"

#include <algorithm>

namespace resilience::sim {

namespace {

// Keeps the newer half once a list has grown too long.
template <typename List> void bound(List &list, size_t most)
{
    if (list.size() > most)
        list.erase(list.begin(), list.begin() + static_cast<std::ptrdiff_t>(list.size() / 2));
}

// About 400 bins over the planned run, of a round width: 0.1 s for 40 s, 0.1 ms for 40 ms.
Duration binWidthFor(Duration until)
{
    const int64_t wanted = std::max<int64_t>(1, until.count() / 400);
    int64_t width = 1;
    while (width <= wanted / 10)
        width *= 10;
    for (const int64_t factor : {5, 2})
        if (width * factor <= wanted)
            return Duration{width * factor};
    return Duration{width};
}

void merge(OutcomeBin &into, const OutcomeBin &other)
{
    for (size_t i = 0; i < kOutcomeCount; ++i)
        into.ended[i] += other.ended[i];
    into.offered += other.offered;
    into.sent += other.sent;
    into.arrived += other.arrived;
    into.fellBack += other.fellBack;
    into.timed += other.timed;
    into.durationSum += other.durationSum;
    into.durationMax = std::max(into.durationMax, other.durationMax);
    into.durations.merge(other.durations);
}

} // namespace

void EventLog::add(const Event &event)
{
    m_events.push_back(event);
    if (m_events.size() > kCapacity)
        m_events.pop_front();
}

const Event *EventLog::numbered(uint64_t number) const
{
    if (m_events.empty() || number < firstNumber() || number > lastNumber())
        return nullptr;
    return &m_events[number - firstNumber()];
}

uint64_t EventLog::lastNumberUntil(Time t) const
{
    const auto end =
        std::partition_point(m_events.begin(), m_events.end(), [t](const Event &event) { return event.at <= t; });
    return end == m_events.begin() ? 0 : std::prev(end)->number;
}

void OutcomeSeries::add(const Event &event)
{
    const bool sent = event.as<Sent>() && event.caller == kNobody;
    const bool arrived = event.as<ReachedService>() && event.caller == kNobody;
    const bool offered = event.as<Offered>();
    if (!event.ends && !sent && !arrived && !offered)
        return;
    const auto binOf = [this](Time t) { return static_cast<size_t>(t.time_since_epoch() / m_width); };
    while (binOf(event.at) >= kMaxBins) {
        for (size_t i = 0; i < m_bins.size(); ++i) {
            if (i % 2 == 0)
                m_bins[i / 2] = m_bins[i];
            else
                merge(m_bins[i / 2], m_bins[i]);
        }
        m_bins.resize((m_bins.size() + 1) / 2);
        m_width *= 2;
    }
    if (binOf(event.at) >= m_bins.size())
        m_bins.resize(binOf(event.at) + 1);
    OutcomeBin &bin = m_bins[binOf(event.at)];
    bin.offered += offered;
    bin.sent += sent;
    bin.arrived += arrived;
    if (!event.ends)
        return;
    ++bin.ended[static_cast<size_t>(event.ends->outcome)];
    bin.fellBack += event.ends->fellBack;
    if (event.ends->attempts > 0) {
        ++bin.timed;
        bin.durationSum += event.ends->took.count();
        bin.durationMax = std::max<int64_t>(bin.durationMax, event.ends->took.count());
        bin.durations.add(event.ends->took);
    }
}

std::vector<Gauge> gaugesOf(const World &world)
{
    std::vector<Gauge> gauges;
    for (uint32_t i = 0; i < world.pipelines().size(); ++i) {
        const PolicyOrder &known = world.pipelines()[i].config().known;
        if (known.has(PolicyKind::RateLimiter))
            gauges.push_back({GaugeKind::Permits, i});
        if (known.has(PolicyKind::Bulkhead)) {
            gauges.push_back({GaugeKind::SlotsInUse, i});
            gauges.push_back({GaugeKind::SlotsQueued, i});
        }
    }
    for (uint32_t i = 0; i < world.services().size(); ++i)
        if (world.services()[i].config().workers > 0) {
            gauges.push_back({GaugeKind::ServiceBusy, i});
            gauges.push_back({GaugeKind::ServiceQueue, i});
        }
    if (!world.lock().holders().empty())
        gauges.push_back({GaugeKind::LockBelievers, 0});
    return gauges;
}

double read(const Gauge &gauge, const World &world)
{
    switch (gauge.kind) {
    case GaugeKind::Permits:
        return world.pipelines()[gauge.index].rateLimiter().available(world.now());
    case GaugeKind::SlotsInUse:
        return world.pipelines()[gauge.index].bulkhead().inUse();
    case GaugeKind::SlotsQueued:
        return world.pipelines()[gauge.index].bulkhead().queued();
    case GaugeKind::ServiceBusy:
        return world.services()[gauge.index].busy();
    case GaugeKind::ServiceQueue:
        return static_cast<double>(world.services()[gauge.index].queue().size());
    case GaugeKind::LockBelievers:
        return world.lock().believers();
    }
    return 0;
}

void LevelSeries::sample(const World &world)
{
    const auto binNow = [&] { return static_cast<size_t>(world.now().time_since_epoch() / m_width); };
    if (m_values.empty()) {
        m_gauges = gaugesOf(world);
        m_values.resize(m_gauges.size());
    }
    if (m_values.empty() || binNow() < m_values.front().size())
        return;
    while (binNow() >= OutcomeSeries::kMaxBins) {
        for (auto &values : m_values) {
            for (size_t i = 0; i < values.size(); i += 2)
                values[i / 2] = values[i];
            values.resize((values.size() + 1) / 2);
        }
        m_width *= 2;
    }
    for (size_t i = 0; i < m_gauges.size(); ++i) {
        const auto value = static_cast<float>(read(m_gauges[i], world));
        // What nothing happened in shows what was there before.
        while (m_values[i].size() < binNow())
            m_values[i].push_back(m_values[i].empty() ? value : m_values[i].back());
        m_values[i].push_back(value);
    }
}

History::History(const Scenario &scenario, const World &world)
    : m_outcomes(binWidthFor(scenario.until)), m_levels(binWidthFor(scenario.until))
{
    for (uint32_t i = 0; i < world.pipelines().size(); ++i) {
        m_breakers.push_back({.inUse = world.pipelines()[i].config().order.has(PolicyKind::CircuitBreaker)});
        m_states.emplace_back();
        showState(i, kTimeZero);
    }
    m_levels.sample(world);
}

void History::sample(const World &world)
{
    m_levels.sample(world);
    for (uint32_t i = 0; i < m_breakers.size(); ++i) {
        m_breakers[i].inUse = world.pipelines()[i].config().order.has(PolicyKind::CircuitBreaker);
        showState(i, world.now());
    }
}

void History::showState(uint32_t pipeline, Time at)
{
    const Breaker &breaker = m_breakers[pipeline];
    const BreakerState state = breaker.inUse ? breaker.state : BreakerState::Disabled;
    auto &spans = m_states[pipeline];
    if (!spans.empty() && spans.back().state == state)
        return;
    spans.push_back({at, state});
    bound(spans, kMaxSpans);
}

void History::add(const Event &event)
{
    m_log.add(event);
    m_outcomes.add(event);
    if (const auto *moved = event.as<Transitioned>()) {
        m_breakers[event.pipeline].state = moved->move.to;
        showState(event.pipeline, event.at);
    } else if (event.as<FaultSet>() || event.as<FaultCleared>()) {
        const auto *set = event.as<FaultSet>();
        const FaultKind kind = set ? set->kind : event.as<FaultCleared>()->kind;
        for (FaultSpan &span : m_faults)
            if (span.service == event.service && span.kind == kind && !span.to)
                span.to = event.at;
        if (set)
            m_faults.push_back({event.service, kind, set->value, event.at, std::nullopt});
        bound(m_faults, kMaxSpans);
    } else if (const auto *turned = event.as<KnobTurned>()) {
        m_knobMarks.push_back({event.at, turned->knob, turned->value});
        bound(m_knobMarks, kMaxSpans);
    }
}

} // namespace resilience::sim
