// SPDX-License-Identifier: MIT
#include "core/io/scenario/service_value.h"

#include "core/io/json/nearest_name.h"
#include "core/io/json/seconds_json.h"
#include "core/io/json/take_json.h"
#include "core/io/scenario/intervention_check.h"
#include "core/io/scenario/policies_value.h"
#include "core/sim/world/knobs.h"

#include <algorithm>
#include <set>

namespace resilience::io {

namespace {

using sim::DependencyConfig;
using sim::Scenario;
using sim::ServiceConfig;

OrError<ServiceConfig> serviceFrom(const Json &value, const std::string &place)
{
    ServiceConfig service;
    service.name = value["name"].get<std::string>();
    take(value, "role", service.role);
    take(value, "latency", service.latency);
    service.spread = std::min(service.spread, service.latency);
    take(value, "latency_spread", service.spread);
    take(value, "latency_law", service.law);
    take(value, "error_rate", service.errorRate);
    take(value, "workers", service.workers);
    take(value, "queue", service.queue);
    take(value, "drops_expired", service.dropsExpired);
    take(value, "recognises_request_ids", service.recognisesRequestIds);
    take(value, "warm_up", service.warmUp);
    take(value, "restart_time", service.restartTime);
    if (service.spread > service.latency)
        return InputError{"", place + "/latency_spread", describe(value["latency_spread"]),
                          "at most the latency, " + shortNumber(toSeconds(service.latency)), ""};
    return service;
}

// Only one that is listed later, so that calls cannot go round in a circle.
OrError<uint32_t> laterServiceNamed(const std::string &name, uint32_t caller, const Scenario &scenario,
                                    const std::string &place)
{
    const auto index = serviceNamed(name, scenario, place);
    if (!index || *index > caller)
        return index;
    std::vector<std::string> later;
    for (size_t i = caller + 1; i < scenario.services.size(); ++i)
        later.push_back(scenario.services[i].name);
    return InputError{"", place, "the service \"" + name + "\", which is not listed after the one that calls it",
                      later.empty() ? "no calls by the last service" : oneOf(later), ""};
}

std::optional<InputError> readCalls(const Json &value, const std::string &place, uint32_t caller, Scenario &scenario)
{
    std::set<uint32_t> targets;
    for (size_t i = 0; i < value.size(); ++i) {
        const std::string here = below(place, i);
        DependencyConfig dependency;
        const auto name = value[i]["service"].get<std::string>();
        const auto target = laterServiceNamed(name, caller, scenario, here + "/service");
        if (!target)
            return target.error();
        if (!targets.insert(*target).second)
            return InputError{"", here + "/service", "the service \"" + name + "\" again", "each at most once", ""};
        dependency.target = *target;
        take(value[i], "optional", dependency.optional);
        auto pipeline = policiesFrom(value[i], here);
        if (!pipeline)
            return pipeline.error();
        dependency.pipeline = std::move(*pipeline);
        scenario.services[caller].dependencies.push_back(std::move(dependency));
    }
    return std::nullopt;
}

} // namespace

std::optional<InputError> readServices(const Json &value, const std::string &place, Scenario &scenario)
{
    std::set<std::string> names;
    for (size_t i = 0; i < value.size(); ++i) {
        auto service = serviceFrom(value[i], below(place, i));
        if (!service)
            return service.error();
        if (!names.insert(service->name).second)
            return InputError{"", below(place, i) + "/name", "the name \"" + service->name + "\" again", "a new one",
                              ""};
        scenario.services.push_back(std::move(*service));
    }
    for (uint32_t i = 0; i < value.size(); ++i)
        if (value[i].contains("calls"))
            if (auto error = readCalls(value[i]["calls"], below(place, i) + "/calls", i, scenario))
                return error;
    return std::nullopt;
}

OrderedJson serviceToValue(const ServiceConfig &service, const Scenario &scenario)
{
    const ServiceConfig usual;
    OrderedJson value{{"name", service.name},
                      {"latency", secondsNumber(service.latency)},
                      {"latency_spread", secondsNumber(service.spread)},
                      {"error_rate", service.errorRate}};
    if (service.law != usual.law)
        value["latency_law"] = name(service.law);
    if (service.role)
        value["role"] = name(*service.role);
    if (service.workers != usual.workers)
        value["workers"] = service.workers;
    if (service.queue != usual.queue)
        value["queue"] = service.queue;
    if (service.dropsExpired)
        value["drops_expired"] = true;
    if (service.recognisesRequestIds)
        value["recognises_request_ids"] = true;
    if (service.warmUp != usual.warmUp)
        value["warm_up"] = secondsNumber(service.warmUp);
    if (service.restartTime != usual.restartTime)
        value["restart_time"] = secondsNumber(service.restartTime);
    for (const DependencyConfig &dependency : service.dependencies) {
        OrderedJson call{{"service", scenario.services[dependency.target].name}};
        if (dependency.optional)
            call["optional"] = true;
        addPolicies(call, dependency.pipeline);
        value["calls"].push_back(std::move(call));
    }
    return value;
}

} // namespace resilience::io
