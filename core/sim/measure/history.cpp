// SPDX-License-Identifier: MIT
#include "core/sim/measure/history.h"

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

} // namespace

History::History(const Scenario &scenario, const World &world, Keeps keeps)
    : m_outcomes(binWidthFor(scenario.until)), m_sides(sidesOf(scenario)),
      m_outcomesOf(m_sides.size(), OutcomeSeries(binWidthFor(scenario.until), OutcomeSeries::Durations::Dropped)),
      m_levels(keeps == Keeps::All ? LevelSeries(world) : LevelSeries()), m_sideOf(world.clients().size()),
      m_sidesThrough(world.pipelines().size())
{
    for (size_t side = 0; side < m_sides.size(); ++side)
        for (const uint32_t client : m_sides[side].clients) {
            m_sideOf[client] = side;
            m_sidesThrough[world.clients()[client].pipeline()].push_back(side);
        }
    size_t breakers = 0;
    for (const Pipeline &pipeline : world.pipelines())
        breakers += pipeline.config().configured.has(PolicyKind::CircuitBreaker);
    m_oneBreaker = breakers == 1;
    for (uint32_t i = 0; i < world.pipelines().size(); ++i) {
        m_breakers.push_back({.inUse = world.pipelines()[i].config().order.has(PolicyKind::CircuitBreaker)});
        m_states.emplace_back();
        showState(i, kTimeZero, 0);
    }
}

void History::sample(const World &world)
{
    m_levels.sample(world);
    for (uint32_t i = 0; i < m_breakers.size(); ++i) {
        m_breakers[i].inUse = world.pipelines()[i].config().order.has(PolicyKind::CircuitBreaker);
        showState(i, world.now(), m_log.lastNumber() + 1);
    }
}

// `event`: the number of the first one in that state; 0 = the run begins in it.
void History::showState(uint32_t pipeline, Time at, uint64_t event)
{
    const Breaker &breaker = m_breakers[pipeline];
    const BreakerState state = breaker.inUse ? breaker.state : BreakerState::Disabled;
    auto &spans = m_states[pipeline];
    if (!spans.empty() && spans.back().state == state)
        return;
    spans.push_back({at, state});
    m_thinned += bound(spans, kMaxSpans);
    if (event == 0)
        return;
    if (m_oneBreaker)
        m_outcomes.cut(at, event);
    for (const size_t side : m_sidesThrough[pipeline])
        m_outcomesOf[side].cut(at, event);
}

void History::add(const Event &event)
{
    m_log.add(event);
    m_outcomes.add(event);
    if (event.actor.isClient() && m_sideOf[event.actor.index])
        m_outcomesOf[*m_sideOf[event.actor.index]].add(event);
    if (const auto *moved = event.as<Transitioned>()) {
        m_breakers[*event.pipeline].state = moved->move.to;
        showState(*event.pipeline, event.at, event.number);
    } else if (event.as<FaultSet>() || event.as<FaultCleared>()) {
        const auto *set = event.as<FaultSet>();
        const FaultKind kind = set ? set->kind : event.as<FaultCleared>()->kind;
        for (FaultSpan &span : m_faults)
            if (span.target == event.target && span.kind == kind && !span.to)
                span.to = event.at;
        if (set)
            m_faults.push_back({event.target, kind, set->value, event.at, std::nullopt});
        m_thinned += bound(m_faults, kMaxSpans);
    } else if (const auto *turned = event.as<KnobTurned>()) {
        m_knobMarks.push_back({event.at, turned->knob, turned->value, turned->target});
        m_thinned += bound(m_knobMarks, kMaxSpans);
    }
}

History::Mark History::mark() const
{
    Mark mark{.lastEvent = m_log.lastNumber(),
              .outcomes = m_outcomes.mark(),
              .levels = m_levels,
              .thinned = m_thinned,
              .breakers = m_breakers,
              .faults = m_faults.size(),
              .knobMarks = m_knobMarks.size()};
    for (const OutcomeSeries &series : m_outcomesOf)
        mark.outcomesOf.push_back(series.mark());
    for (const auto &spans : m_states)
        mark.states.push_back(spans.size());
    for (size_t i = 0; i < m_faults.size(); ++i)
        if (!m_faults[i].to)
            mark.openFaults.push_back(i);
    return mark;
}

bool History::cutBack(const Mark &mark)
{
    bool possible = mark.thinned == m_thinned && m_outcomes.canCutBack(mark.outcomes);
    for (size_t side = 0; side < m_outcomesOf.size(); ++side)
        possible = possible && m_outcomesOf[side].canCutBack(mark.outcomesOf[side]);
    if (!possible || !m_log.cutBack(mark.lastEvent))
        return false;
    m_outcomes.cutBack(mark.outcomes);
    for (size_t side = 0; side < m_outcomesOf.size(); ++side)
        m_outcomesOf[side].cutBack(mark.outcomesOf[side]);
    m_levels = mark.levels;
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
