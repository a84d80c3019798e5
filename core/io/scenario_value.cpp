// SPDX-License-Identifier: MIT
#include "core/io/scenario_value.h"

#include "core/io/breaker_json.h"
#include "core/io/intervention_check.h"
#include "core/io/intervention_value.h"
#include "core/io/seconds_json.h"
#include "core/sim/knobs.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace resilience::io {

namespace {

using sim::ArrivalConfig;
using sim::ClearFault;
using sim::ClientConfig;
using sim::JournalEntry;
using sim::Scenario;
using sim::ServiceConfig;
using sim::SetFault;
using sim::TurnKnob;

Duration secondsOr(const Json &from, const char *key, Duration otherwise)
{
    return from.contains(key) ? fromSeconds(from[key].get<double>()) : otherwise;
}

Time timeIn(const Json &from, const char *key) { return at(fromSeconds(from[key].get<double>())); }

std::optional<InputError> readServices(const Json &value, const std::string &place, Scenario &scenario)
{
    std::set<std::string> names;
    for (size_t i = 0; i < value.size(); ++i) {
        const Json &from = value[i];
        ServiceConfig service;
        service.name = from["name"].get<std::string>();
        service.latency = secondsOr(from, "latency", service.latency);
        service.spread = secondsOr(from, "latency_spread", std::min(service.spread, service.latency));
        service.errorRate = from.value("error_rate", service.errorRate);
        if (!names.insert(service.name).second)
            return InputError{"", below(place, i) + "/name", "the name \"" + service.name + "\" again", "a new one",
                              ""};
        if (service.spread > service.latency)
            return InputError{"", below(place, i) + "/latency_spread", describe(from["latency_spread"]),
                              "at most the latency, " + sim::shortNumber(toSeconds(service.latency)), ""};
        scenario.services.push_back(std::move(service));
    }
    return std::nullopt;
}

OrError<ArrivalConfig> arrivalsFrom(const Json &value, const std::string &place)
{
    ArrivalConfig arrivals;
    const auto &type = value["type"].get_ref<const std::string &>();
    arrivals.kind = type == "steady"    ? ArrivalConfig::Kind::Steady
                    : type == "poisson" ? ArrivalConfig::Kind::Poisson
                                        : ArrivalConfig::Kind::Script;
    arrivals.rate = value.value("rate", arrivals.rate);
    if (arrivals.kind != ArrivalConfig::Kind::Script)
        return arrivals;
    const Json &times = value["times"];
    for (size_t i = 0; i < times.size(); ++i) {
        arrivals.times.push_back(fromSeconds(times[i].get<double>()));
        if (i > 0 && arrivals.times[i] < arrivals.times[i - 1])
            return InputError{"", below(place + "/times", i), describe(times[i]),
                              "no earlier time than the one before, " + times[i - 1].dump(), ""};
    }
    return arrivals;
}

OrError<ClientConfig> clientFrom(const Json &value, const Scenario &scenario, const std::string &place)
{
    ClientConfig client;
    client.name = value["name"].get<std::string>();
    client.pipeline.order.append(PolicyKind::CircuitBreaker);
    client.pipeline.order.append(PolicyKind::AttemptTimeout);
    client.pipeline.known = client.pipeline.order;
    client.pipeline.attemptTimeout = secondsOr(value, "timeout", client.pipeline.attemptTimeout);
    if (value.contains("target")) {
        const auto target = serviceNamed(value["target"].get<std::string>(), scenario, place + "/target");
        if (!target)
            return target.error();
        client.targets = {*target};
    }
    if (value.contains("arrivals")) {
        auto arrivals = arrivalsFrom(value["arrivals"], place + "/arrivals");
        if (!arrivals)
            return arrivals.error();
        client.arrivals = std::move(*arrivals);
    }
    if (value.contains("circuit_breaker")) {
        const auto breaker = breakerFromJson(value["circuit_breaker"], place + "/circuit_breaker");
        if (!breaker)
            return breaker.error();
        client.pipeline.circuitBreaker = *breaker;
    }
    return client;
}

std::optional<InputError> readClients(const Json &value, const std::string &place, Scenario &scenario)
{
    std::set<std::string> names;
    for (size_t i = 0; i < value.size(); ++i) {
        auto client = clientFrom(value[i], scenario, below(place, i));
        if (!client)
            return client.error();
        if (!names.insert(client->name).second)
            return InputError{"", below(place, i) + "/name", "the name \"" + client->name + "\" again", "a new one",
                              ""};
        scenario.clients.push_back(std::move(*client));
    }
    return std::nullopt;
}

struct PlannedFault {
    SetFault set;
    Time from;
    std::optional<Time> to;
};

OrError<PlannedFault> faultFrom(const Json &value, const Scenario &scenario, const std::string &place)
{
    PlannedFault fault;
    fault.from = timeIn(value, "at");
    fault.set.kind = *sim::faultKindNamed(value["kind"].get<std::string>());
    if (value.contains("target")) {
        const auto target = serviceNamed(value["target"].get<std::string>(), scenario, place + "/target");
        if (!target)
            return target.error();
        fault.set.target = *target;
    }
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
                                  "it on a service once at a time", ""};
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
    for (size_t i = 0; i < value.size(); ++i) {
        const auto turn = turnKnobFrom(value[i], below(place, i));
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
        return InputError{"", below(place, planned[refused->index].index) + "/value",
                          refused->error.field + " at " + refused->error.found, refused->error.expected, ""};
    return std::nullopt;
}

OrderedJson serviceToValue(const ServiceConfig &service)
{
    return {{"name", service.name},
            {"latency", secondsNumber(service.latency)},
            {"latency_spread", secondsNumber(service.spread)},
            {"error_rate", service.errorRate}};
}

OrderedJson arrivalsToValue(const ArrivalConfig &arrivals)
{
    if (arrivals.kind != ArrivalConfig::Kind::Script)
        return {{"type", arrivals.kind == ArrivalConfig::Kind::Steady ? "steady" : "poisson"}, {"rate", arrivals.rate}};
    OrderedJson times = OrderedJson::array();
    for (const Duration time : arrivals.times)
        times.push_back(secondsNumber(time));
    return {{"type", "script"}, {"times", std::move(times)}};
}

OrderedJson clientToValue(const ClientConfig &client, const Scenario &scenario)
{
    return {{"name", client.name},
            {"target", scenario.services[client.target()].name},
            {"arrivals", arrivalsToValue(client.arrivals)},
            {"timeout", secondsNumber(client.pipeline.attemptTimeout)},
            {"circuit_breaker", breakerToJson(client.pipeline.circuitBreaker)}};
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

void addScript(OrderedJson &value, const Scenario &scenario)
{
    const auto &entries = scenario.script.entries();
    for (size_t i = 0; i < entries.size(); ++i) {
        if (const auto *set = std::get_if<SetFault>(&entries[i].what)) {
            OrderedJson fault{{"at", secondsNumber(entries[i].at)}};
            if (const auto end = clearedAt(entries, i))
                fault["until"] = secondsNumber(*end);
            fault["kind"] = spec(set->kind).name;
            fault["target"] = scenario.services[set->target].name;
            addFaultValue(fault, set->kind, set->value);
            value["faults"].push_back(std::move(fault));
        } else if (const auto *turn = std::get_if<TurnKnob>(&entries[i].what)) {
            OrderedJson knob{{"at", secondsNumber(entries[i].at)}};
            knob.update(turnKnobToValue(*turn));
            value["knobs"].push_back(std::move(knob));
        }
    }
}

} // namespace

OrError<Scenario> scenarioFromValue(const Json &value, const std::string &place)
{
    Scenario scenario;
    scenario.step = value["step"].get<std::string>();
    scenario.name = value["name"].get<std::string>();
    scenario.title = value.value("title", "");
    scenario.description = value.value("description", "");
    scenario.seed = value.value("seed", scenario.seed);
    scenario.until = secondsOr(value, "until", scenario.until);
    scenario.speed = value.value("speed", scenario.speed);
    scenario.networkLatency = secondsOr(value, "network_latency", scenario.networkLatency);
    if (auto error = readServices(value["services"], place + "/services", scenario))
        return *error;
    if (auto error = readClients(value["clients"], place + "/clients", scenario))
        return *error;
    std::vector<JournalEntry> script;
    if (value.contains("faults"))
        if (auto error = readFaults(value["faults"], place + "/faults", scenario, script))
            return *error;
    if (value.contains("knobs"))
        if (auto error = readKnobs(value["knobs"], place + "/knobs", scenario, script))
            return *error;
    scenario.script = plannedJournal(std::move(script));
    return scenario;
}

OrderedJson scenarioToValue(const Scenario &scenario)
{
    OrderedJson value{{"format", "resilience-lab/scenario/1"},
                      {"step", scenario.step},
                      {"name", scenario.name},
                      {"title", scenario.title},
                      {"description", scenario.description},
                      {"seed", scenario.seed},
                      {"until", secondsNumber(scenario.until)},
                      {"speed", scenario.speed},
                      {"network_latency", secondsNumber(scenario.networkLatency)}};
    for (const ServiceConfig &service : scenario.services)
        value["services"].push_back(serviceToValue(service));
    for (const ClientConfig &client : scenario.clients)
        value["clients"].push_back(clientToValue(client, scenario));
    addScript(value, scenario);
    return value;
}

} // namespace resilience::io
