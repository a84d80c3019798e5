// SPDX-License-Identifier: MIT
#include "core/io/scenario/client_value.h"

#include "core/io/config/health_check_json.h"
#include "core/io/json/nearest_name.h"
#include "core/io/json/seconds_json.h"
#include "core/io/json/take_json.h"
#include "core/io/scenario/intervention_check.h"
#include "core/io/scenario/policies_value.h"

#include <array>

namespace resilience::io {

namespace {

using sim::ArrivalConfig;
using sim::ClientConfig;
using sim::ProbingConfig;
using sim::Scenario;

constexpr std::array kArrivals{
    std::pair{"steady", ArrivalConfig::Kind::Steady}, std::pair{"poisson", ArrivalConfig::Kind::Poisson},
    std::pair{"burst", ArrivalConfig::Kind::Burst}, std::pair{"ramp", ArrivalConfig::Kind::Ramp},
    std::pair{"script", ArrivalConfig::Kind::Script}};

OrError<ArrivalConfig> arrivalsFrom(const Json &value, const std::string &place)
{
    ArrivalConfig arrivals;
    for (const auto &[name, kind] : kArrivals)
        if (value["type"] == name)
            arrivals.kind = kind;
    take(value, "rate", arrivals.rate);
    take(value, "burst", arrivals.burst);
    take(value, "period", arrivals.period);
    take(value, "to", arrivals.rampTo);
    take(value, "tape", arrivals.arrivalStream);
    if (!value.contains("times"))
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

OrderedJson arrivalsToValue(const ArrivalConfig &arrivals)
{
    using Kind = ArrivalConfig::Kind;
    OrderedJson value;
    for (const auto &[name, kind] : kArrivals)
        if (arrivals.kind == kind)
            value["type"] = name;
    if (arrivals.kind == Kind::Steady || arrivals.kind == Kind::Poisson || arrivals.kind == Kind::Ramp)
        value["rate"] = arrivals.rate;
    if (arrivals.kind == Kind::Ramp)
        value["to"] = arrivals.rampTo;
    if (arrivals.kind == Kind::Burst)
        value["burst"] = arrivals.burst;
    if (arrivals.kind == Kind::Burst || arrivals.kind == Kind::Ramp)
        value["period"] = secondsNumber(arrivals.period);
    for (const Duration time : arrivals.times)
        value["times"].push_back(secondsNumber(time));
    if (!arrivals.arrivalStream.empty())
        value["tape"] = arrivals.arrivalStream;
    return value;
}

OrError<ProbingConfig> probingFrom(const Json &value, const std::string &place)
{
    ProbingConfig probing;
    const auto check = healthCheckFromJson(value, place);
    if (!check)
        return check.error();
    probing.check = *check;
    take(value, "interval", probing.interval);
    take(value, "liveness", probing.liveness);
    take(value, "readiness_asks_dependencies", probing.readinessAsksDependencies);
    take(value, "liveness_asks_dependencies", probing.livenessAsksDependencies);
    return probing;
}

OrderedJson probingToValue(const ProbingConfig &probing)
{
    OrderedJson value{{"interval", secondsNumber(probing.interval)}};
    addHealthCheck(value, probing.check);
    value["liveness"] = probing.liveness;
    value["readiness_asks_dependencies"] = probing.readinessAsksDependencies;
    value["liveness_asks_dependencies"] = probing.livenessAsksDependencies;
    return value;
}

OrError<std::vector<uint32_t>> targetsFrom(const Json &value, const Scenario &scenario, const std::string &place)
{
    const bool several = value.contains("targets");
    if (several && value.contains("target"))
        return InputError{"", place + "/targets", "it beside \"target\"", "one of the two", ""};
    if (!several && !value.contains("target"))
        return std::vector<uint32_t>{0};
    const Json names = several ? value["targets"] : Json::array({value["target"]});
    std::vector<uint32_t> targets;
    for (size_t i = 0; i < names.size(); ++i) {
        const std::string here = several ? below(place + "/targets", i) : place + "/target";
        const auto target = serviceNamed(names[i].get<std::string>(), scenario, here);
        if (!target)
            return target.error();
        if (std::find(targets.begin(), targets.end(), *target) != targets.end())
            return InputError{"", here, "the service " + names[i].dump() + " again", "each at most once", ""};
        targets.push_back(*target);
    }
    return targets;
}

// Takes over the policies of an earlier client.
std::optional<InputError> sharePolicies(const Json &value, const Scenario &scenario, const std::string &place,
                                        ClientConfig &client)
{
    if (const std::string own = firstPolicyKey(value); !own.empty())
        return InputError{"", below(place, own), "policies of its own beside \"shares_policies_of\"", "one of the two",
                          ""};
    const auto wanted = value["shares_policies_of"].get<std::string>();
    std::vector<std::string> valid;
    for (uint32_t i = 0; i < scenario.clients.size(); ++i) {
        if (scenario.clients[i].name == wanted) {
            client.sharesPipelineOf = i;
            client.pipeline = scenario.clients[i].pipeline;
            return std::nullopt;
        }
        valid.push_back(scenario.clients[i].name);
    }
    return InputError{"", place + "/shares_policies_of", "the client \"" + wanted + "\", which is not listed before it",
                      valid.empty() ? "no sharing by the first client" : oneOf(valid), nearestName(wanted, valid)};
}

OrError<ClientConfig> clientFrom(const Json &value, const Scenario &scenario, const std::string &place)
{
    ClientConfig client;
    client.name = value["name"].get<std::string>();
    take(value, "role", client.role);
    auto targets = targetsFrom(value, scenario, place);
    if (!targets)
        return targets.error();
    client.targets = std::move(*targets);
    if (value.contains("arrivals")) {
        auto arrivals = arrivalsFrom(value["arrivals"], place + "/arrivals");
        if (!arrivals)
            return arrivals.error();
        client.arrivals = std::move(*arrivals);
    }
    take(value, "idempotent", client.operation.idempotent);
    take(value, "request_id", client.operation.hasRequestId);
    if (value.contains("shares_policies_of")) {
        if (auto error = sharePolicies(value, scenario, place, client))
            return *error;
    } else {
        auto pipeline = policiesFrom(value, place);
        if (!pipeline)
            return pipeline.error();
        client.pipeline = std::move(*pipeline);
    }
    if (value.contains("probing")) {
        const auto probing = probingFrom(value["probing"], place + "/probing");
        if (!probing)
            return probing.error();
        client.probing = *probing;
    }
    return client;
}

} // namespace

std::optional<InputError> readClients(const Json &value, const std::string &place, Scenario &scenario)
{
    if (!value.empty() && scenario.services.empty())
        return InputError{"", place, "clients, and no services", "services for them to call", ""};
    for (size_t i = 0; i < value.size(); ++i) {
        auto client = clientFrom(value[i], scenario, below(place, i));
        if (!client)
            return client.error();
        for (const ClientConfig &other : scenario.clients)
            if (other.name == client->name)
                return InputError{"", below(place, i) + "/name", "the name \"" + client->name + "\" again", "a new one",
                                  ""};
        scenario.clients.push_back(std::move(*client));
    }
    return std::nullopt;
}

OrderedJson clientToValue(const ClientConfig &client, const Scenario &scenario)
{
    OrderedJson value{{"name", client.name}};
    if (client.role)
        value["role"] = name(*client.role);
    if (client.targets.size() == 1)
        value["target"] = scenario.services[client.target()].name;
    else
        for (const uint32_t target : client.targets)
            value["targets"].push_back(scenario.services[target].name);
    value["arrivals"] = arrivalsToValue(client.arrivals);
    if (!client.operation.idempotent)
        value["idempotent"] = false;
    if (client.operation.hasRequestId)
        value["request_id"] = true;
    if (client.sharesPipelineOf)
        value["shares_policies_of"] = scenario.clients[*client.sharesPipelineOf].name;
    else
        addPolicies(value, client.pipeline);
    if (client.probing)
        value["probing"] = probingToValue(*client.probing);
    return value;
}

} // namespace resilience::io
