// SPDX-License-Identifier: MIT
#include "core/sim/world.h"

#include "core/sim/knobs.h"

namespace resilience::sim {

World::World(const Scenario &scenario, uint64_t seed)
    : m_flow(scenario, seed), m_health(scenario, seed), m_lock(scenario, seed), m_components(componentsOf(scenario))
{
    Out nothing;
    Turn first = turn(nothing);
    m_flow.begin(first);
    m_health.begin(first, m_flow);
    m_lock.begin(first);
}

std::optional<Pending> World::next() const { return m_queue.empty() ? std::nullopt : std::optional{m_queue.top()}; }

bool World::step(Out &out)
{
    if (m_queue.empty())
        return false;
    const Pending pending = m_queue.top();
    m_queue.pop();
    moveTo(pending.at);
    ++m_steps;
    ++m_stepsThisInstant;
    Turn turn = this->turn(out);
    if (HealthWatch::isMine(pending.kind))
        m_health.handle(pending, turn, m_flow);
    else if (LockRoom::isMine(pending.kind))
        m_lock.handle(pending, turn);
    else
        m_flow.handle(pending, turn);
    dropVoid();
    return true;
}

void World::idleTo(Time t) { moveTo(t); }

std::optional<ConfigError> World::apply(const Intervention &what, Out &out)
{
    Turn turn = this->turn(out);
    std::optional<ConfigError> error;
    if (const auto *set = std::get_if<SetFault>(&what)) {
        if (!(error = checkFault(set->target, set->kind)) && !(error = checkFaultValue(spec(set->kind), set->value)))
            setFault(*set, turn);
    } else if (const auto *clear = std::get_if<ClearFault>(&what)) {
        if (!(error = checkFault(clear->target, clear->kind)))
            clearFault(*clear, turn);
    } else if (const auto *knob = std::get_if<TurnKnob>(&what)) {
        error = turnKnob(*knob, turn);
    } else {
        error = setPolicies(std::get<SetPolicies>(what), turn);
    }
    dropVoid();
    return error;
}

std::optional<ConfigError> World::checkFault(uint32_t target, FaultKind kind) const
{
    if (target >= m_components.size())
        return ConfigError{"target", std::to_string(target), "0 to " + std::to_string(m_components.size() - 1)};
    if (spec(kind).on & static_cast<uint8_t>(m_components[target].kind))
        return std::nullopt;
    return ConfigError{spec(kind).name, "it on " + m_components[target].name, "it where it can happen"};
}

ActiveFaults World::faultsOf(uint32_t target) const
{
    const Component &component = m_components[target];
    return component.kind == ComponentKind::Service ? services()[component.index].faults() : m_lock.faults(component);
}

void World::setFault(const SetFault &set, Turn &turn)
{
    const Component &component = m_components[set.target];
    turn.tell({.service = set.target, .detail = FaultSet{set.kind, set.value}});
    if (component.kind == ComponentKind::Service)
        m_flow.setFault(component.index, set.kind, set.value, turn);
    else
        m_lock.setFault(component, set.kind, set.value, turn);
}

void World::clearFault(const ClearFault &clear, Turn &turn)
{
    if (!faultsOf(clear.target)[static_cast<size_t>(clear.kind)])
        return;
    const Component &component = m_components[clear.target];
    turn.tell({.service = clear.target, .detail = FaultCleared{clear.kind}});
    if (component.kind == ComponentKind::Service)
        m_flow.clearFault(component.index, clear.kind, turn);
    else
        m_lock.clearFault(component, clear.kind, turn);
}

std::optional<ConfigError> World::turnKnob(const TurnKnob &turned, Turn &turn)
{
    const KnobSpec &knob = knobs()[turned.knob];
    if (!knob.applies(*this))
        return ConfigError{knob.id, "it in this scenario", "a knob of something that is there"};
    if (auto error = checkKnobValue(knob, turned.value))
        return error;
    if (knob.get(*this) == turned.value)
        return std::nullopt;
    World changed = *this;
    std::vector<Event> told;
    Turn trial = changed.turn(told);
    // It is told before what it causes.
    trial.tell({.detail = KnobTurned{turned.knob, turned.value}});
    try {
        knob.set(changed, turned.value, trial);
    } catch (const InvalidConfig &invalid) {
        return invalid.error();
    }
    *this = std::move(changed);
    turn.out.insert(turn.out.end(), told.begin(), told.end());
    return std::nullopt;
}

std::optional<ConfigError> World::setPolicies(const SetPolicies &set, Turn &turn)
{
    if (set.pipeline >= pipelines().size())
        return ConfigError{"pipeline", std::to_string(set.pipeline), "0 to " + std::to_string(pipelines().size() - 1)};
    PipelineConfig config = pipelines()[set.pipeline].config();
    if (config.order == set.order)
        return std::nullopt;
    config.order = set.order;
    turn.tell({.pipeline = set.pipeline, .detail = PoliciesSet{set.pipeline, set.order}});
    m_flow.reconfigure(set.pipeline, config, turn);
    return std::nullopt;
}

bool World::isVoid(const Pending &pending) const
{
    if (HealthWatch::isMine(pending.kind))
        return m_health.isVoid(pending);
    return LockRoom::isMine(pending.kind) ? m_lock.isVoid(pending) : m_flow.isVoid(pending);
}

void World::dropVoid()
{
    while (!m_queue.empty() && isVoid(m_queue.top()))
        m_queue.pop();
}

void World::moveTo(Time t)
{
    if (t == m_now)
        return;
    m_now = t;
    m_stepsThisInstant = 0;
}

} // namespace resilience::sim
