// SPDX-License-Identifier: MIT
#include "core/io/scenario/lock_value.h"

#include "core/io/json/seconds_json.h"
#include "core/io/json/take_json.h"

namespace resilience::io {

namespace {

using sim::LockHolderConfig;
using sim::LockNodeConfig;
using sim::LockScenario;
using sim::Scenario;

// Faults name services, nodes and holders alike.
std::optional<InputError> checkName(const Scenario &scenario, const std::string &name, const std::string &place)
{
    for (const sim::Component &other : componentsOf(scenario))
        if (other.name == name)
            return InputError{"", place + "/name", "the name \"" + name + "\" again",
                              "a new one among services, nodes and holders", ""};
    return std::nullopt;
}

LockHolderConfig holderFrom(const Json &value)
{
    LockHolderConfig holder;
    take(value, "name", holder.name);
    take(value, "start", holder.start);
    take(value, "work", holder.work);
    take(value, "rest", holder.rest);
    take(value, "extends", holder.extends);
    return holder;
}

void takeRules(const Json &value, LockScenario &lock)
{
    take(value, "ttl", lock.lock.ttl);
    take(value, "drift_factor", lock.lock.driftFactor);
    take(value, "drift_constant", lock.lock.driftConstant);
    take(value, "request_timeout", lock.lock.requestTimeout);
    take(value, "min_retry_wait", lock.lock.minRetryWait);
    // A longer shortest wait than the usual longest: then that is the longest, unless it was given.
    lock.lock.maxRetryWait = std::max(lock.lock.maxRetryWait, lock.lock.minRetryWait);
    take(value, "max_retry_wait", lock.lock.maxRetryWait);
    take(value, "fencing", lock.fencing);
    take(value, "checks_before_writing", lock.checksBeforeWriting);
    take(value, "release_compares_owner", lock.releaseComparesOwner);
}

} // namespace

std::optional<InputError> readLock(const Json &value, const std::string &place, Scenario &scenario)
{
    LockScenario &lock = scenario.lock;
    takeRules(value, lock);
    const Json &nodes = value["nodes"];
    lock.lock.nodes = static_cast<uint32_t>(nodes.size());
    if (const auto error = lock.lock.validate())
        return located(*error, place);
    for (size_t i = 0; i < nodes.size(); ++i) {
        LockNodeConfig node;
        take(nodes[i], "name", node.name);
        take(nodes[i], "drift", node.drift);
        if (auto error = checkName(scenario, node.name, below(place + "/nodes", i)))
            return error;
        lock.nodes.push_back(std::move(node));
    }
    const Json &holders = value["holders"];
    for (size_t i = 0; i < holders.size(); ++i) {
        LockHolderConfig holder = holderFrom(holders[i]);
        if (auto error = checkName(scenario, holder.name, below(place + "/holders", i)))
            return error;
        lock.holders.push_back(std::move(holder));
    }
    return std::nullopt;
}

OrderedJson lockToValue(const LockScenario &lock)
{
    OrderedJson value{{"ttl", secondsNumber(lock.lock.ttl)},
                      {"drift_factor", lock.lock.driftFactor.share()},
                      {"drift_constant", secondsNumber(lock.lock.driftConstant)},
                      {"request_timeout", secondsNumber(lock.lock.requestTimeout)},
                      {"min_retry_wait", secondsNumber(lock.lock.minRetryWait)},
                      {"max_retry_wait", secondsNumber(lock.lock.maxRetryWait)},
                      {"fencing", lock.fencing},
                      {"checks_before_writing", lock.checksBeforeWriting},
                      {"release_compares_owner", lock.releaseComparesOwner}};
    for (const LockNodeConfig &node : lock.nodes)
        value["nodes"].push_back({{"name", node.name}, {"drift", node.drift}});
    for (const LockHolderConfig &holder : lock.holders)
        value["holders"].push_back({{"name", holder.name},
                                    {"start", secondsNumber(holder.start)},
                                    {"work", secondsNumber(holder.work)},
                                    {"rest", secondsNumber(holder.rest)},
                                    {"extends", holder.extends}});
    return value;
}

} // namespace resilience::io
