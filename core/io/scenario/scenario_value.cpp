// SPDX-License-Identifier: MIT
#include "core/io/scenario/scenario_value.h"

#include "core/io/json/seconds_json.h"
#include "core/io/json/take_json.h"
#include "core/io/scenario/client_value.h"
#include "core/io/scenario/part_settings.h"
#include "core/io/scenario/script_value.h"
#include "core/io/scenario/service_value.h"

namespace resilience::io {

using sim::Scenario;

namespace {

InputError nobodyThere(const std::string &place)
{
    std::string found = "neither clients";
    std::string expected = "\"clients\"";
    for (const std::string &key : partKeys()) {
        found += " nor a " + key;
        expected += ", \"" + key + "\"";
    }
    return {"", place, found, expected + (partKeys().size() > 1 ? ", or several of them" : ", or both"), ""};
}

} // namespace

OrError<Scenario> scenarioFromValue(const Json &value, const std::string &place)
{
    Scenario scenario;
    take(value, "step", scenario.step);
    take(value, "name", scenario.name);
    take(value, "title", scenario.title);
    take(value, "description", scenario.description);
    scenario.seed = value.value("seed", scenario.seed);
    take(value, "until", scenario.until);
    take(value, "speed", scenario.speed);
    take(value, "network_latency", scenario.networkLatency);
    std::optional<InputError> error;
    if (value.contains("services"))
        error = readServices(value["services"], place + "/services", scenario);
    if (!error && value.contains("clients"))
        error = readClients(value["clients"], place + "/clients", scenario);
    if (!error)
        error = readPartSettings(value, place, scenario);
    if (!error && scenario.clients.empty() && !hasParts(scenario))
        error = nobodyThere(place);
    if (!error)
        error = readScript(value, place, scenario);
    return error ? OrError<Scenario>(*error) : scenario;
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
    for (const sim::ServiceConfig &service : scenario.services)
        value["services"].push_back(serviceToValue(service, scenario));
    for (const sim::ClientConfig &client : scenario.clients)
        value["clients"].push_back(clientToValue(client, scenario));
    addPartSettings(value, scenario);
    addScript(value, scenario);
    return value;
}

} // namespace resilience::io
