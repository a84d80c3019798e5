// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sim/flow_setup.h"

#include "tests/sim/sample_runs.h"

namespace tests {

using namespace resilience;
using namespace resilience::sim;
using namespace std::chrono_literals;

ServiceConfig serviceNamed(const char *name, Duration latency)
{
    ServiceConfig service;
    service.name = name;
    service.latency = latency;
    service.spread = 0s;
    return service;
}

ClientConfig clientNamed(const char *name, std::vector<Duration> times)
{
    ClientConfig client;
    client.name = name;
    client.arrivals.kind = ArrivalConfig::Kind::Script;
    client.arrivals.times = std::move(times);
    return client;
}

Scenario bare(std::vector<Duration> times)
{
    Scenario scenario;
    scenario.networkLatency = 10ms;
    scenario.services = {serviceNamed("shop")};
    scenario.clients = {clientNamed("browser", std::move(times))};
    return scenario;
}

void use(PipelineConfig &config, std::initializer_list<PolicyKind> kinds)
{
    for (const PolicyKind kind : kinds)
        config.order.append(kind);
    config.configured = config.order;
}

QStringList endings(const std::vector<Event> &events)
{
    QStringList list;
    for (const Event &event : events)
        if (event.ends)
            list += QString("%1 %2 %3 ms")
                        .arg(event.request)
                        .arg(name(event.ends->outcome))
                        .arg((event.at - kTimeZero) / 1ms);
    return list;
}

QStringList endingsOf(const Scenario &scenario)
{
    World world(scenario, 1);
    return endings(play(world, at(60s)));
}

void apply(World &world, const Intervention &what, std::vector<Event> &into)
{
    if (const auto error = world.apply(what, into))
        qFatal("%s", error->message().c_str());
}

void append(std::vector<Event> &events, const std::vector<Event> &more)
{
    events.insert(events.end(), more.begin(), more.end());
}

} // namespace tests
