// SPDX-License-Identifier: GPL-3.0-or-later
//
// What an event of the simulation costs as there is more of everything: clients, and calls in flight. Prints a table;
// the aim is that the dearest costs at most twice as much as the cheapest.
#include "core/sim/engine/bounds.h"
#include "core/sim/world/world.h"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <string>
#include <vector>

using namespace resilience;
using namespace resilience::sim;

namespace {

constexpr double kOfferedPerSecond = 1000;
constexpr int kRounds = 5;
constexpr uint64_t kEventsPerRound = 200'000;

// So many clients that call one service together at that rate, with so many calls in flight on average.
Scenario scenarioWith(uint32_t clients, double inFlight)
{
    Scenario scenario;
    ServiceConfig service;
    service.name = "service";
    service.latency = fromSeconds(inFlight / kOfferedPerSecond);
    service.spread = service.latency / 2;
    scenario.networkLatency = std::chrono::milliseconds{1};
    scenario.services.push_back(service);
    for (uint32_t i = 0; i < clients; ++i) {
        ClientConfig client;
        client.name = "client-" + std::to_string(i);
        client.arrivals.kind = ArrivalConfig::Kind::Poisson;
        client.arrivals.rate = kOfferedPerSecond / clients;
        for (const PolicyKind kind : {PolicyKind::Retry, PolicyKind::CircuitBreaker, PolicyKind::AttemptTimeout})
            client.pipeline.order.append(kind);
        client.pipeline.configured = client.pipeline.order;
        client.pipeline.attemptTimeout = std::chrono::minutes{10};
        scenario.clients.push_back(client);
    }
    return scenario;
}

double processorSeconds()
{
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return double(now.tv_sec) + double(now.tv_nsec) / 1e9;
}

// The quickest of some rounds: what disturbs only ever adds.
double nanosecondsPerEvent(const Scenario &scenario)
{
    World world(scenario, 1);
    std::vector<Event> events;
    const Time warm = at(scenario.services.front().latency * 2 + std::chrono::seconds{1});
    while (world.next() && world.next()->at < warm) {
        world.step(events);
        events.clear();
    }
    double best = 0;
    for (int round = 0; round < kRounds; ++round) {
        uint64_t count = 0;
        const double before = processorSeconds();
        while (count < kEventsPerRound && world.step(events)) {
            count += events.size();
            events.clear();
        }
        const double each = (processorSeconds() - before) / double(count) * 1e9;
        best = round == 0 ? each : std::min(best, each);
    }
    return best;
}

bool measureRow(const char *what, const std::vector<std::pair<uint32_t, double>> &sizes)
{
    double least = 0;
    double most = 0;
    std::printf("%-18s", what);
    for (const auto &[clients, inFlight] : sizes) {
        const double ns = nanosecondsPerEvent(scenarioWith(clients, inFlight));
        least = least == 0 ? ns : std::min(least, ns);
        most = std::max(most, ns);
        std::printf("  %7.0f: %4.0f", clients > 1 ? clients : inFlight, ns);
        std::fflush(stdout);
    }
    std::printf("   %.1f times, %s\n", most / least, most <= 2 * least ? "met" : "NOT met");
    return most <= 2 * least;
}

} // namespace

int main()
{
    std::printf("ns per event, processor time; a world alone, without its history\n");
    bool met = measureRow("clients", {{10, 100}, {100, 100}, {1000, 100}});
    met &= measureRow("calls in flight",
                      {{1, 10}, {1, 100}, {1, 1000}, {1, 10'000}, {1, 0.9 * double(kMostCallsInFlight)}});
    return met ? 0 : 1;
}
