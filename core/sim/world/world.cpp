// SPDX-License-Identifier: MIT
#include "core/sim/world/world.h"

#include "core/sim/world/knobs.h"

namespace resilience::sim {

namespace {

template <typename... P> Parts partsOf(const Scenario &scenario, uint64_t seed, std::tuple<P...> *)
{
    return {P(scenario, seed)...};
}

template <typename References, typename Tuple> References referencesTo(Tuple &parts)
{
    return std::apply([](auto &...part) { return References(part...); }, parts);
}

} // namespace

World::World(const Scenario &scenario, uint64_t seed)
    : m_parts(partsOf(scenario, seed, static_cast<Parts *>(nullptr))), m_network(scenario, seed),
      m_components(componentsOf(scenario))
{
    Out nothing;
    StepContext first = contextFor(nothing);
    std::apply([&first](auto &...part) { (part.begin(first), ...); }, m_parts);
}

StepContext World::contextFor(Out &out)
{
    return {m_now,     m_queue,    m_fingerprint, m_events, out, referencesTo<PartReferences>(m_parts),
            m_network, m_workspace};
}

std::optional<Pending> World::next() const { return m_queue.empty() ? std::nullopt : std::optional{m_queue.top()}; }

std::optional<Upcoming> World::upcoming() const
{
    std::optional<Upcoming> upcoming;
    if (!m_queue.empty())
        onPart(m_parts, m_queue.top().part, [&](const auto &part) {
            upcoming = part.describe(m_queue.top(), referencesTo<ConstPartReferences>(m_parts));
        });
    return upcoming;
}

bool World::step(Out &out)
{
    if (m_queue.empty())
        return false;
    const Pending pending = m_queue.top();
    m_queue.pop();
    moveTo(pending.at);
    ++m_steps;
    ++m_stepsThisInstant;
    StepContext context = this->contextFor(out);
    onPart(m_parts, pending.part, [&](auto &part) { part.handle(pending, context); });
    dropStale();
    return true;
}

void World::idleTo(Time t) { moveTo(t); }

std::optional<ConfigError> World::apply(const Intervention &what, Out &out)
{
    StepContext context = this->contextFor(out);
    std::optional<ConfigError> error;
    if (const auto *set = std::get_if<SetFault>(&what)) {
        if (!(error = checkFault(set->target, set->kind)) && !(error = checkFaultValue(spec(set->kind), set->value)))
            setFault(*set, context);
    } else if (const auto *clear = std::get_if<ClearFault>(&what)) {
        if (!(error = checkFault(clear->target, clear->kind)))
            clearFault(*clear, context);
    } else if (const auto *knob = std::get_if<TurnKnob>(&what)) {
        error = turnKnob(*knob, context);
    } else {
        error = setPolicies(std::get<SetPolicies>(what), context);
    }
    dropStale();
    return error;
}

std::optional<ConfigError> World::checkFault(uint32_t target, FaultKind kind) const
{
    if (target >= m_components.size())
        return ConfigError{"target", std::to_string(target), "0 to " + std::to_string(m_components.size() - 1)};
    if (canHave(m_components[target], kind))
        return std::nullopt;
    return ConfigError{spec(kind).name, "it on " + m_components[target].name, "it where it can happen"};
}

ActiveFaults World::faultsOf(uint32_t target) const
{
    ActiveFaults faults{};
    const Subject &subject = m_components[target].subject;
    onOwner(m_parts, subject, [&](const auto &part) { faults = part.faultsOf(subject); });
    m_network.addFaults(subject, faults);
    return faults;
}

void World::setFault(const SetFault &set, StepContext &context)
{
    const Subject &subject = m_components[set.target].subject;
    context.record({.target = subject, .detail = FaultSet{set.kind, set.value}});
    if (Network::owns(set.kind))
        m_network.set(subject, set.kind, set.value);
    else
        onOwner(m_parts, subject, [&](auto &part) { part.setFault(subject, set.kind, set.value, context); });
}

void World::clearFault(const ClearFault &clear, StepContext &context)
{
    if (!faultsOf(clear.target)[static_cast<size_t>(clear.kind)])
        return;
    const Subject &subject = m_components[clear.target].subject;
    context.record({.target = subject, .detail = FaultCleared{clear.kind}});
    if (Network::owns(clear.kind))
        m_network.clear(subject, clear.kind);
    else
        onOwner(m_parts, subject, [&](auto &part) { part.clearFault(subject, clear.kind, context); });
}

std::optional<ConfigError> World::turnKnob(const TurnKnob &turned, StepContext &context)
{
    const KnobSpec &knob = knobs()[turned.knob];
    if (!knob.applies(*this, turned.target))
        return ConfigError{knob.id, "it in this scenario", "a knob of something that is there"};
    if (auto error = checkKnobValue(knob, turned.value))
        return error;
    if (knob.isEverywhere(turned.value, *this, turned.target))
        return std::nullopt;
    World changed = *this;
    std::vector<Event> told;
    StepContext trial = changed.contextFor(told);
    // It is told before what it causes.
    trial.record({.detail = KnobTurned{turned.knob, turned.value, turned.target}});
    try {
        knob.set(changed, turned.value, trial, turned.target);
    } catch (const InvalidConfig &invalid) {
        return invalid.error();
    }
    *this = std::move(changed);
    context.out.insert(context.out.end(), told.begin(), told.end());
    return std::nullopt;
}

std::optional<ConfigError> World::setPolicies(const SetPolicies &set, StepContext &context)
{
    if (set.pipeline >= pipelines().size())
        return ConfigError{"pipeline", std::to_string(set.pipeline), "0 to " + std::to_string(pipelines().size() - 1)};
    PipelineConfig config = pipelines()[set.pipeline].config();
    if (config.order == set.order)
        return std::nullopt;
    config.order = set.order;
    context.record({.pipeline = set.pipeline, .detail = PoliciesSet{set.pipeline, set.order}});
    std::get<CallFlow>(m_parts).reconfigure(set.pipeline, config, context);
    return std::nullopt;
}

bool World::isStale(const Pending &pending) const
{
    bool stale = false;
    onPart(m_parts, pending.part, [&](const auto &part) { stale = part.isStale(pending); });
    return stale;
}

void World::dropStale()
{
    while (!m_queue.empty() && isStale(m_queue.top()))
        m_queue.pop();
    m_queue.sweep([this](const Pending &pending) { return isStale(pending); });
}

void World::moveTo(Time t)
{
    if (t == m_now)
        return;
    m_now = t;
    m_stepsThisInstant = 0;
}

} // namespace resilience::sim
