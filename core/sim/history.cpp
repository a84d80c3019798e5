// SPDX-License-Identifier: MIT
#include "core/sim/history.h"

#include <algorithm>

namespace resilience::sim {

namespace {

// Keeps the newer half once a list has grown too long. True when it had.
template <typename List> bool bound(List &list, size_t most)
{
    if (list.size() <= most)
        return false;
    list.erase(list.begin(), list.begin() + static_cast<std::ptrdiff_t>(list.size() / 2));
    return true;
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
    if (m_events.size() > kCapacity + kReserve)
        m_events.pop_front();
}

bool EventLog::cutBack(uint64_t number)
{
    const uint64_t shown = std::min<uint64_t>(number, kCapacity);
    if (number > lastNumber() || (shown > 0 && m_events.front().number > number + 1 - shown))
        return false;
    while (!m_events.empty() && m_events.back().number > number)
        m_events.pop_back();
    return true;
}

bool EventLog::operator==(const EventLog &other) const
{
    const auto shown = [](const EventLog &log) { return log.m_events.end() - static_cast<std::ptrdiff_t>(log.size()); };
    return std::equal(shown(*this), m_events.end(), shown(other), other.m_events.end());
}

const Event *EventLog::numbered(uint64_t number) const
{
    if (m_events.empty() || number < firstNumber() || number > lastNumber())
        return nullptr;
    return &m_events[number - m_events.front().number];
}

uint64_t EventLog::lastNumberUntil(Time t) const
{
    const auto begin = m_events.end() - static_cast<std::ptrdiff_t>(size());
    const auto end = std::partition_point(begin, m_events.end(), [t](const Event &event) { return event.at <= t; });
    return end == begin ? 0 : std::prev(end)->number;
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

void OutcomeSeries::cutBack(Time now, const EventLog &log)
{
    const auto bin = static_cast<size_t>(now.time_since_epoch() / m_width);
    if (m_bins.size() > bin) {
        m_bins.resize(bin);
        const Time from = at(m_width * static_cast<int64_t>(bin));
        uint64_t first = log.lastNumber() + 1;
        while (const Event *event = log.numbered(first - 1)) {
            if (event->at < from)
                break;
            --first;
        }
        for (uint64_t number = first; number <= log.lastNumber(); ++number)
            add(*log.numbered(number));
    }
    while (!m_bins.empty() && m_bins.back() == OutcomeBin{})
        m_bins.pop_back();
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

void LevelSeries::cutBack(Time now)
{
    const auto bin = static_cast<size_t>(now.time_since_epoch() / m_width);
    for (auto &values : m_values)
        values.resize(std::min(values.size(), bin + 1));
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
    m_thinned += bound(spans, kMaxSpans);
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
        m_thinned += bound(m_faults, kMaxSpans);
    } else if (const auto *turned = event.as<KnobTurned>()) {
        m_knobMarks.push_back({event.at, turned->knob, turned->value});
        m_thinned += bound(m_knobMarks, kMaxSpans);
    }
}

History::Mark History::mark(Time now) const
{
    Mark mark{.now = now,
              .lastEvent = m_log.lastNumber(),
              .outcomeWidth = m_outcomes.binWidth(),
              .levelWidth = m_levels.binWidth(),
              .thinned = m_thinned,
              .breakers = m_breakers,
              .faults = m_faults.size(),
              .knobMarks = m_knobMarks.size()};
    for (const auto &spans : m_states)
        mark.states.push_back(spans.size());
    for (size_t i = 0; i < m_faults.size(); ++i)
        if (!m_faults[i].to)
            mark.openFaults.push_back(i);
    return mark;
}

bool History::cutBack(const Mark &mark)
{
    // The bin in which the mark lies is counted again, from the log.
    const Time bin = at(mark.outcomeWidth * (mark.now.time_since_epoch() / mark.outcomeWidth));
    const Event *oldest = m_log.numbered(m_log.firstNumber());
    const bool countable = !oldest || oldest->number == 1 || oldest->at < bin;
    if (mark.thinned != m_thinned || mark.outcomeWidth != m_outcomes.binWidth()
        || mark.levelWidth != m_levels.binWidth() || !countable || !m_log.cutBack(mark.lastEvent))
        return false;
    m_outcomes.cutBack(mark.now, m_log);
    m_levels.cutBack(mark.now);
    m_breakers = mark.breakers;
    for (size_t i = 0; i < m_states.size(); ++i)
        m_states[i].resize(mark.states[i]);
    m_faults.resize(mark.faults);
    for (const size_t open : mark.openFaults)
        m_faults[open].to.reset();
    m_knobMarks.resize(mark.knobMarks);
    return true;
}

} // namespace resilience::sim
