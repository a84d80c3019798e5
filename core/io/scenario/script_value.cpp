// SPDX-License-Identifier: MIT
#include "core/io/scenario/script_value.h"

#include "core/io/json/seconds_json.h"
#include "core/io/scenario/intervention_check.h"
#include "core/io/scenario/intervention_value.h"

#include <algorithm>
#include <tuple>

namespace resilience::io {

namespace {

using sim::ClearFault;
using sim::JournalEntry;
using sim::Scenario;
using sim::SetFault;
using sim::TurnKnob;

Time timeIn(const Json &from, const char *key) { return at(fromSeconds(from[key].get<double>())); }

struct PlannedFault {
    SetFault set;
    Time from;
    std::optional<Time> to;
};

OrError<PlannedFault> faultFrom(const Json &value, const Scenario &scenario, const std::string &place)
{
    PlannedFault fault;
    fault.from = timeIn(value, "at");
    fault.set.kind = *named<sim::FaultKind>(value["kind"].get<std::string>());
    if (value.contains("target")) {
        const auto target = componentNamed(value["target"].get<std::string>(), scenario, place + "/target");
        if (!target)
            return target.error();
        fault.set.target = *target;
    }
    if (auto error = checkFaultTarget(fault.set.kind, fault.set.target, scenario, place + "/kind"))
        return *error;
    const auto amount = faultValueFrom(value, fault.set.kind, place);
    if (!amount)
        return amount.error();
    fault.set.value = *amount;
    if (value.contains("until")) {
        fault.to = timeIn(value, "until");
        if (*fault.to <= fault.from)
            return InputError{"", place + "/until", describe(value["until"]), "more than /at, " + value["at"].dump(),
                              ""};
    }
    return fault;
}

std::optional<InputError> readFaults(const Json &value, const std::string &place, const Scenario &scenario,
                                     std::vector<JournalEntry> &into)
{
    std::vector<PlannedFault> faults;
    for (size_t i = 0; i < value.size(); ++i) {
        const auto fault = faultFrom(value[i], scenario, below(place, i));
        if (!fault)
            return fault.error();
        // Which of two would end the fault? Only one that has no end may be followed by another while it is on.
        for (const PlannedFault &other : faults) {
            const bool same = other.set.kind == fault->set.kind && other.set.target == fault->set.target;
            const auto &[first, second] = other.from <= fault->from ? std::tie(other, *fault) : std::tie(*fault, other);
            if (same && (first.from == second.from || (first.to && second.from < *first.to)))
                return InputError{"", below(place, i),
                                  std::string("the fault ") + spec(fault->set.kind).name + " while it is on already",
                                  "it once at a time", ""};
        }
        faults.push_back(*fault);
        into.push_back({fault->from, 0, fault->set});
        if (fault->to)
            into.push_back({*fault->to, 0, ClearFault{fault->set.target, fault->set.kind}});
    }
    return std::nullopt;
}

std::optional<InputError> readKnobs(const Json &value, const std::string &place, const Scenario &scenario,
                                    std::vector<JournalEntry> &into)
{
    struct Planned {
        Time at;
        size_t index;
        TurnKnob turn;
    };
    std::vector<Planned> planned;
    const sim::KnobAddresses addresses(scenario);
    for (size_t i = 0; i < value.size(); ++i) {
        const auto turn = turnKnobFrom(value[i], addresses, below(place, i));
        if (!turn)
            return turn.error();
        planned.push_back({timeIn(value[i], "at"), i, *turn});
        into.push_back({planned.back().at, 0, *turn});
    }
    std::stable_sort(planned.begin(), planned.end(), [](const auto &a, const auto &b) { return a.at < b.at; });
    std::vector<TurnKnob> turns;
    for (const Planned &one : planned)
        turns.push_back(one.turn);
    if (const auto refused = firstRefusedTurn(scenario, turns))
        return refused->at(below(place, planned[refused->index].index) + (refused->applies ? "/value" : "/knob"));
    return std::nullopt;
}

// When the fault set by entry `index` is cleared, unless it is set anew before.
std::optional<Time> clearedAt(const std::vector<JournalEntry> &entries, size_t index)
{
    const auto &set = std::get<SetFault>(entries[index].what);
    for (size_t i = index + 1; i < entries.size(); ++i) {
        if (const auto *clear = std::get_if<ClearFault>(&entries[i].what))
            if (clear->target == set.target && clear->kind == set.kind)
                return entries[i].at;
        if (const auto *other = std::get_if<SetFault>(&entries[i].what))
            if (other->target == set.target && other->kind == set.kind)
                break;
    }
    return std::nullopt;
}

} // namespace

std::optional<InputError> readScript(const Json &value, const std::string &place, Scenario &scenario)
{
    std::vector<JournalEntry> script;
    if (value.contains("faults"))
        if (auto error = readFaults(value["faults"], place + "/faults", scenario, script))
            return error;
    if (value.contains("knobs"))
        if (auto error = readKnobs(value["knobs"], place + "/knobs", scenario, script))
            return error;
    scenario.script = plannedJournal(std::move(script));
    return std::nullopt;
}

void addScript(OrderedJson &value, const Scenario &scenario)
{
    const auto &entries = scenario.script.entries();
    const auto components = componentsOf(scenario);
    const sim::KnobAddresses addresses(scenario);
    for (size_t i = 0; i < entries.size(); ++i) {
        if (const auto *set = std::get_if<SetFault>(&entries[i].what)) {
            OrderedJson fault{{"at", secondsNumber(entries[i].at)}};
            if (const auto end = clearedAt(entries, i))
                fault["until"] = secondsNumber(*end);
            fault["kind"] = spec(set->kind).name;
            fault["target"] = components[set->target].name;
            addFaultValue(fault, set->kind, set->value);
            value["faults"].push_back(std::move(fault));
        } else if (const auto *turn = std::get_if<TurnKnob>(&entries[i].what)) {
            OrderedJson knob{{"at", secondsNumber(entries[i].at)}};
            knob.update(turnKnobToValue(*turn, addresses));
            value["knobs"].push_back(std::move(knob));
        }
    }
}

} // namespace resilience::io
