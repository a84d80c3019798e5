// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sim/any_scenario.h"

#include <string>

namespace tests {

using namespace resilience;
using namespace resilience::sim;
using namespace std::chrono_literals;

namespace {

bool any(RandomStream &random) { return random.chance(0.5); }
double anyRate(RandomStream &random) { return double(anyWhole(random, 1, 40)) / 4; }
Ratio anyShare(RandomStream &random) { return Ratio::fromParts(anyWhole(random, 1, 10) * (Ratio::kParts / 10)); }

CircuitBreakerConfig anyBreaker(RandomStream &random)
{
    CircuitBreakerConfig breaker;
    breaker.window.kind = static_cast<OutcomeWindowConfig::Kind>(anyWhole(random, 0, 2));
    breaker.minimumCalls = uint32_t(anyWhole(random, 1, 8));
    if (breaker.window.kind == OutcomeWindowConfig::Kind::Count)
        breaker.window.calls = uint32_t(anyWhole(random, 8, 20));
    if (breaker.window.kind == OutcomeWindowConfig::Kind::Timed)
        breaker.window.duration = anyMilliseconds(random, 1, 10'000);
    breaker.failureThreshold = uint32_t(anyWhole(random, 1, 6));
    breaker.failureRateThreshold = anyShare(random);
    breaker.slowCallDuration = anyMilliseconds(random, 1, 3000);
    breaker.slowCallRateThreshold = anyShare(random);
    breaker.openDuration = anyMilliseconds(random, 1, 5000);
    breaker.openDurationMultiplier = double(anyWhole(random, 4, 12)) / 4;
    if (any(random))
        breaker.maxOpenDuration = breaker.openDuration + anyMilliseconds(random, 0, 5000);
    breaker.halfOpenMaxCalls = uint32_t(anyWhole(random, 1, 4));
    breaker.halfOpenRule = static_cast<HalfOpenRule>(anyWhole(random, 0, 2));
    if (any(random))
        breaker.halfOpenMaxDuration = anyMilliseconds(random, 0, 3000);
    breaker.faultyVariant = {random.chance(0.1), random.chance(0.1)};
    return breaker;
}

RetryConfig anyRetry(RandomStream &random)
{
    RetryConfig retry;
    retry.maxAttempts = uint32_t(anyWhole(random, 1, 5));
    if (any(random))
        retry.maxElapsed = anyMilliseconds(random, 1, 6000);
    retry.retryRejected = any(random);
    BackoffConfig &backoff = retry.backoff;
    backoff.strategy = static_cast<BackoffStrategy>(anyWhole(random, 0, 2));
    backoff.baseDelay = anyMilliseconds(random, 0, 1500);
    backoff.multiplier = double(anyWhole(random, 4, 12)) / 4;
    backoff.maxDelay = backoff.baseDelay + anyMilliseconds(random, 0, 3000);
    backoff.jitter = static_cast<Jitter>(anyWhole(random, 0, 4));
    backoff.jitterRatio = anyShare(random);
    retry.faultyVariant.retriesEverything = random.chance(0.1);
    return retry;
}

std::vector<DependencyConfig> anyDependencies(RandomStream &random, uint32_t caller, uint32_t services)
{
    std::vector<DependencyConfig> dependencies;
    for (uint32_t target = caller + 1; target < services; ++target)
        if (any(random))
            dependencies.push_back({target, any(random), anyPolicies(random)});
    if (dependencies.size() > 1 && any(random))
        std::swap(dependencies.front(), dependencies.back());
    return dependencies;
}

ServiceConfig anyService(RandomStream &random, uint32_t index, uint32_t services)
{
    ServiceConfig service;
    service.name = "service-" + std::to_string(index);
    service.latency = anyMilliseconds(random, 0, 800);
    service.spread = std::min<Duration>(service.latency, anyMilliseconds(random, 0, 300));
    service.errorRate = any(random) ? 0 : anyShare(random).share();
    service.workers = uint32_t(anyWhole(random, 0, 4));
    service.queue = uint32_t(anyWhole(random, 0, 6));
    service.dropsExpired = any(random);
    service.recognisesRequestIds = any(random);
    service.warmUp = anyMilliseconds(random, 0, 3000);
    service.restartTime = anyMilliseconds(random, 0, 3000);
    service.dependencies = anyDependencies(random, index, services);
    return service;
}

ArrivalConfig anyArrivals(RandomStream &random)
{
    using Kind = ArrivalConfig::Kind;
    ArrivalConfig arrivals;
    arrivals.kind = static_cast<Kind>(anyWhole(random, 0, 4));
    if (arrivals.kind == Kind::Steady || arrivals.kind == Kind::Poisson || arrivals.kind == Kind::Ramp)
        arrivals.rate = anyRate(random);
    if (arrivals.kind == Kind::Burst)
        arrivals.burst = uint32_t(anyWhole(random, 1, 12));
    if (arrivals.kind == Kind::Burst || arrivals.kind == Kind::Ramp)
        arrivals.period = anyMilliseconds(random, 500, 8000);
    if (arrivals.kind == Kind::Ramp)
        arrivals.rampTo = anyRate(random);
    if (arrivals.kind == Kind::Script)
        for (uint64_t left = anyWhole(random, 1, 20); left > 0; --left)
            arrivals.times.push_back((arrivals.times.empty() ? 0ns : arrivals.times.back())
                                     + anyMilliseconds(random, 0, 1500));
    if (any(random))
        arrivals.arrivalStream = any(random) ? "one" : "two";
    return arrivals;
}

ProbingConfig anyProbing(RandomStream &random)
{
    ProbingConfig probing;
    probing.interval = anyMilliseconds(random, 100, 2000);
    probing.check.degradedLatency = anyMilliseconds(random, 1, 800);
    probing.check.unhealthyLatency = probing.check.degradedLatency + anyMilliseconds(random, 0, 800);
    if (any(random))
        probing.check.timeout = anyMilliseconds(random, 1, 2000);
    probing.check.failuresToUnhealthy = uint32_t(anyWhole(random, 1, 4));
    probing.check.successesToHealthy = uint32_t(anyWhole(random, 1, 4));
    probing.liveness = any(random);
    probing.readinessAsksDependencies = any(random);
    probing.livenessAsksDependencies = any(random);
    return probing;
}

ClientConfig anyClient(RandomStream &random, const Scenario &scenario)
{
    ClientConfig client;
    client.name = "client-" + std::to_string(scenario.clients.size());
    client.targets = {uint32_t(anyWhole(random, 0, scenario.services.size() - 1))};
    if (const uint32_t next = client.targets[0] + 1; next < scenario.services.size() && any(random))
        client.targets.push_back(next);
    client.arrivals = anyArrivals(random);
    client.operation = {any(random), any(random)};
    client.pipeline = anyPolicies(random);
    if (!scenario.clients.empty() && random.chance(0.3)) {
        client.sharesPipelineOf = uint32_t(anyWhole(random, 0, scenario.clients.size() - 1));
        client.pipeline = scenario.clients[*client.sharesPipelineOf].pipeline;
    }
    if (random.chance(0.3))
        client.probing = anyProbing(random);
    return client;
}

LockScenario anyLock(RandomStream &random)
{
    LockScenario lock;
    lock.lock.nodes = uint32_t(anyWhole(random, 1, 7));
    lock.lock.ttl = anyMilliseconds(random, 500, 8000);
    lock.lock.driftFactor = Ratio::fromParts(anyWhole(random, 0, 5) * (Ratio::kParts / 50));
    lock.lock.driftConstant = anyMilliseconds(random, 0, 20);
    lock.lock.requestTimeout = anyMilliseconds(random, 1, 300);
    lock.lock.minRetryWait = anyMilliseconds(random, 0, 300);
    lock.lock.maxRetryWait = lock.lock.minRetryWait + anyMilliseconds(random, 0, 300);
    for (uint32_t i = 0; i < lock.lock.nodes; ++i)
        lock.nodes.push_back({"node-" + std::to_string(i), double(anyWhole(random, 0, 3)) / 4 - 0.25});
    for (uint64_t left = anyWhole(random, 1, 4); left > 0; --left)
        lock.holders.push_back({"holder-" + std::to_string(left), anyMilliseconds(random, 0, 3000),
                                anyMilliseconds(random, 1, 6000), anyMilliseconds(random, 0, 3000), any(random)});
    lock.fencing = any(random);
    lock.checksBeforeWriting = any(random);
    lock.releaseComparesOwner = any(random);
    return lock;
}

// Each fault once at most, so that no two of a kind overlap.
void addFaults(RandomStream &random, Scenario &scenario)
{
    const auto components = componentsOf(scenario);
    for (const FaultSpec &fault : kFaultSpecs) {
        const auto target = uint32_t(anyWhole(random, 0, components.size() - 1));
        if (!canHave(components[target], fault.kind) || random.chance(0.6))
            continue;
        const double value = fault.hasValue() ? std::min(fault.maximum, double(anyWhole(random, 0, 8)) / 4) : 1.0;
        const Time from = at(anyMilliseconds(random, 0, 20'000));
        scenario.script.insert({from, 0, SetFault{target, fault.kind, value}});
        if (any(random))
            scenario.script.insert({from + anyMilliseconds(random, 1, 10'000), 0, ClearFault{target, fault.kind}});
    }
}

} // namespace

uint64_t anyWhole(RandomStream &random, uint64_t least, uint64_t most)
{
    return least + random.next() % (most - least + 1);
}

Duration anyMilliseconds(RandomStream &random, int64_t least, int64_t most)
{
    return std::chrono::milliseconds{least + int64_t(anyWhole(random, 0, uint64_t(most - least)))};
}

PolicyOrder anyOrder(RandomStream &random)
{
    PolicyOrder order = PolicyOrder::usual();
    for (size_t i = 0; i < kPolicyKindCount; ++i)
        order.move(static_cast<PolicyKind>(i), anyWhole(random, 0, kPolicyKindCount - 1));
    for (size_t i = 0; i < kPolicyKindCount; ++i)
        if (random.chance(0.4))
            order.remove(static_cast<PolicyKind>(i));
    return order;
}

PipelineConfig anyPolicies(RandomStream &random)
{
    PipelineConfig config;
    config.order = anyOrder(random);
    config.configured = config.order;
    for (size_t i = 0; i < kPolicyKindCount; ++i)
        if (random.chance(0.2))
            config.configured.insertAsIn(PolicyOrder::usual(), static_cast<PolicyKind>(i));
    config.fallback = {any(random), any(random), any(random)};
    if (config.fallback.validate()) // one that answers nothing is refused
        config.fallback.onTimeout = true;
    config.totalTimeout = anyMilliseconds(random, 1, 5000);
    config.attemptTimeout = anyMilliseconds(random, 1, 3000);
    config.retry = anyRetry(random);
    config.hedging.maxAttempts = static_cast<uint32_t>(anyWhole(random, 1, 4));
    config.hedging.delay = random.chance(0.3) ? std::nullopt : std::optional{anyMilliseconds(random, 0, 800)};
    if (any(random))
        config.retryBudget =
            RetryBudgetConfig{anyShare(random), double(anyWhole(random, 0, 8)) / 4, anyMilliseconds(random, 1, 10'000)};
    config.rateLimiter = limiterConfig(static_cast<LimiterKind>(anyWhole(random, 0, kLimiterKindCount - 1)),
                                       anyWhole(random, 1, 12), anyRate(random));
    config.circuitBreaker = anyBreaker(random);
    config.bulkhead = {uint32_t(anyWhole(random, 1, 5)), uint32_t(anyWhole(random, 0, 5)),
                       anyMilliseconds(random, 0, 2000)};
    return config;
}

Scenario anyScenario(RandomStream &random)
{
    Scenario scenario;
    scenario.step = "circuit-breaker";
    scenario.name = "any";
    scenario.seed = random.next();
    scenario.until = 30s;
    scenario.networkLatency = anyMilliseconds(random, 0, 200);
    const auto services = uint32_t(anyWhole(random, 1, 4));
    for (uint32_t i = 0; i < services; ++i)
        scenario.services.push_back(anyService(random, i, services));
    const uint64_t clients = anyWhole(random, 1, 4);
    while (scenario.clients.size() < clients)
        scenario.clients.push_back(anyClient(random, scenario));
    if (random.chance(0.3))
        scenario.lock = anyLock(random);
    addFaults(random, scenario);
    return scenario;
}

} // namespace tests
