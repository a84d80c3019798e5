// SPDX-License-Identifier: MIT
#include "core/io/scenario/intervention_check.h"

#include "core/io/json/nearest_name.h"
#include "core/sim/parts/traffic/pipeline_owner.h"
#include "core/sim/world/world.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace resilience::io {

using sim::ClearFault;
using sim::JournalEntry;
using sim::SetFault;

namespace {

InputError unknown(const char *what, const std::string &name, const std::vector<std::string> &valid,
                   const std::string &place)
{
    return {"", place, std::string("the unknown ") + what + " \"" + name + "\"", oneOf(valid),
            nearestName(name, valid)};
}

template <typename Named>
OrError<uint32_t> indexOf(const char *what, const std::string &name, const std::vector<Named> &among,
                          const std::string &place)
{
    std::vector<std::string> valid;
    for (uint32_t i = 0; i < among.size(); ++i) {
        if (among[i].name == name)
            return i;
        valid.push_back(among[i].name);
    }
    return unknown(what, name, valid, place);
}

// "circuit-breaker.minimum_calls" as the policy itself calls it.
std::string ownField(const std::string &field)
{
    const size_t dot = field.find('.');
    return dot != std::string::npos && named<PolicyKind>(field.substr(0, dot)) ? field.substr(dot + 1) : field;
}

std::vector<std::string> applicable(const sim::World &world, const sim::Scenario &scenario,
                                    const sim::KnobTarget &target)
{
    const sim::KnobAddresses addresses(scenario);
    std::vector<std::string> texts;
    for (uint32_t i = 0; i < sim::knobs().size(); ++i)
        if (sim::knobs()[i].applies(world, target))
            texts.push_back(addresses.textOf(i, target));
    return texts;
}

// Where an entry comes among those of its instant. Knobs keep the order in which they were given.
auto canonicalPlace(const JournalEntry &entry)
{
    if (const auto *clear = std::get_if<ClearFault>(&entry.what))
        return std::tuple(entry.at, 0, clear->target, clear->kind);
    if (const auto *set = std::get_if<SetFault>(&entry.what))
        return std::tuple(entry.at, 1, set->target, set->kind);
    return std::tuple(entry.at, 2, uint32_t{0}, sim::FaultKind{});
}

} // namespace

OrError<uint32_t> serviceNamed(const std::string &name, const sim::Scenario &scenario, const std::string &place)
{
    return indexOf("service", name, scenario.services, place);
}

OrError<uint32_t> componentNamed(const std::string &name, const sim::Scenario &scenario, const std::string &place)
{
    const auto components = componentsOf(scenario);
    return indexOf(components.size() == scenario.services.size() ? "service" : "component", name, components, place);
}

OrError<uint32_t> pipelineNamed(const std::string &name, const sim::Scenario &scenario, const std::string &place)
{
    return indexOf("owner of policies", name, pipelineOwnersOf(scenario), place);
}

OrError<sim::FaultKind> faultKindNamed(const std::string &name, const std::string &place)
{
    if (const auto kind = named<sim::FaultKind>(name))
        return *kind;
    std::vector<std::string> valid;
    for (const sim::FaultSpec &fault : sim::kFaultSpecs)
        valid.emplace_back(fault.name);
    return unknown("fault", name, valid, place);
}

std::optional<InputError> checkFaultTarget(sim::FaultKind kind, uint32_t target, const sim::Scenario &scenario,
                                           const std::string &place)
{
    const auto components = componentsOf(scenario);
    if (target >= components.size())
        return InputError{"", place, "component " + std::to_string(target),
                          "fewer than " + std::to_string(components.size()), ""};
    if (canHave(components[target], kind))
        return std::nullopt;
    std::vector<std::string> possible;
    for (const sim::FaultSpec &fault : sim::kFaultSpecs)
        if (canHave(components[target], fault.kind))
            possible.emplace_back(fault.name);
    return InputError{"", place,
                      std::string("the fault ") + spec(kind).name + " on the "
                          + spec(components[target].subject.kind).word + " \"" + components[target].name + "\"",
                      oneOf(possible), ""};
}

std::optional<InputError> checkFaultValue(sim::FaultKind kind, double value, const std::string &place)
{
    const sim::FaultSpec &fault = spec(kind);
    if (!fault.hasValue())
        return InputError{"", place, shortNumber(value), std::string("no value for ") + fault.name, ""};
    const auto wrong = sim::checkFaultValue(fault, value);
    return wrong ? std::optional(InputError{"", place, wrong->found, wrong->expected, ""}) : std::nullopt;
}

OrError<sim::KnobAddresses::Address> knobAddressed(const std::string &text, const sim::KnobAddresses &addresses,
                                                   const std::string &place)
{
    if (const auto address = addresses.find(text))
        return *address;
    std::vector<std::string> valid;
    for (const sim::KnobSpec &knob : sim::knobs())
        valid.emplace_back(knob.id);
    InputError error = unknown("knob", text, valid, place);
    if (text.find_first_of(".>") != std::string::npos) {
        error.expected = "a knob's name, or OWNER.KNOB: a client, a service or CALLER>SERVICE, and a knob of it";
        error.nearest = nearestName(text, addresses.all());
    }
    return error;
}

std::string knobRange(const sim::KnobSpec &knob)
{
    if (knob.kind == sim::KnobSpec::Kind::Toggle)
        return "true or false";
    return checkKnobValue(knob, std::nan(""))->expected; // what it says of a value that can never be right
}

std::optional<RefusedTurn> firstRefusedTurn(const sim::Scenario &scenario, const std::vector<sim::TurnKnob> &turns)
{
    sim::World world(scenario, scenario.seed);
    std::vector<sim::Event> unused;
    for (size_t i = 0; i < turns.size(); ++i) {
        const sim::KnobSpec &knob = sim::knobs()[turns[i].knob];
        if (!knob.applies(world, turns[i].target))
            return RefusedTurn{i, false,
                               "the knob \"" + sim::KnobAddresses(scenario).textOf(turns[i].knob, turns[i].target)
                                   + "\", which has nothing to set here",
                               oneOf(applicable(world, scenario, turns[i].target))};
        if (const auto error = world.apply(turns[i], unused))
            return RefusedTurn{i, true, ownField(error->field) + " at " + error->found, error->expected};
    }
    return std::nullopt;
}

sim::Journal plannedJournal(std::vector<JournalEntry> entries)
{
    std::stable_sort(entries.begin(), entries.end(),
                     [](const auto &a, const auto &b) { return canonicalPlace(a) < canonicalPlace(b); });
    sim::Journal journal;
    for (const JournalEntry &entry : entries)
        journal.insert(entry);
    return journal;
}

} // namespace resilience::io
