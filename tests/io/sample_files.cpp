// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/io/sample_files.h"

#include "core/sim/world/knobs.h"

#include <QtTest>

#include <initializer_list>

using namespace resilience;
using namespace std::chrono_literals;

namespace tests {

std::string fullScenario()
{
    return R"({
  "format": "resilience-lab/scenario/1",
  "step": "circuit-breaker",
  "name": "full",
  "title": "Everything given",
  "description": "Käse → \"quoted\"",
  "seed": 18446744073709551615,
  "until": 30,
  "speed": 0.25,
  "network_latency": 0.000000001,
  "services": [
    {"name": "payment-service", "latency": 0.3, "latency_spread": 0.1, "error_rate": 0.01},
    {"name": "stock"},
    {
      "name": "gateway", "workers": 8, "queue": 16, "drops_expired": true, "recognises_request_ids": true,
      "warm_up": 1.5, "restart_time": 0,
      "calls": [
        {"service": "mail", "optional": true, "policies": [], "switched_off": ["bulkhead", "retry"],
         "bulkhead": {"max_concurrent": 3, "max_queue": 4, "max_wait": 0.5}},
        {"service": "ledger"}
      ]
    },
    {"name": "ledger"},
    {"name": "mail"}
  ],
  "clients": [
    {
      "name": "checkout",
      "target": "stock",
      "arrivals": {"type": "poisson", "rate": 12.5},
      "timeout": 1.5,
      "circuit_breaker": {
        "window": {"type": "count", "size": 20},
        "failure_threshold": 7,
        "failure_rate_threshold": 0.6666666,
        "minimum_calls": 20,
        "slow_call_duration": 2.5,
        "slow_call_rate_threshold": 0.8,
        "open_duration": 4.2,
        "open_duration_multiplier": 1.5,
        "max_open_duration": 60,
        "half_open_max_calls": 2,
        "half_open_max_concurrent": 1,
        "half_open_rule": "rate_early",
        "half_open_max_duration": 0,
        "broken": {"wait_not_restarted": true, "unlimited_trials": true}
      }
    },
    {"name": "batch", "arrivals": {"type": "script", "times": [0, 0.5, 0.5, 7]}},
    {"name": "plain"},
    {
      "name": "careful",
      "targets": ["gateway", "payment-service"],
      "arrivals": {"type": "burst", "burst": 3, "period": 2.5, "tape": "one"},
      "idempotent": false,
      "request_id": true,
      "policies": ["retry", "rate-limiter", "fallback", "total-timeout", "attempt-timeout"],
      "switched_off": ["circuit-breaker"],
      "fallback": {"on_failure": false, "on_timeout": true, "on_rejection": false},
      "total_timeout": 3,
      "retry": {
        "max_attempts": 5, "max_elapsed": 8, "max_retry_after": 6, "retry_rejected": true, "strategy": "linear", "base_delay": 0.2,
        "multiplier": 3, "max_delay": 4, "jitter": "decorrelated", "jitter_ratio": 0.5,
        "broken": {"retry_everything": true, "no_limit": true}
      },
      "retry_budget": {"ratio": 0.1, "min_per_second": 1, "window": 5},
      "rate_limiter": {"type": "fixed-window", "burst": 6, "rate": 3},
      "timeout": 0.75,
      "probing": {
        "interval": 0.5, "degraded_latency": 0.1, "unhealthy_latency": 0.2, "timeout": 0.3, "failures_to_unhealthy": 1,
        "successes_to_healthy": 4, "liveness": true, "readiness_asks_dependencies": false,
        "liveness_asks_dependencies": true
      }
    },
    {
      "name": "sharing",
      "arrivals": {"type": "ramp", "rate": 1, "to": 20, "period": 15, "tape": "one"},
      "shares_policies_of": "careful",
      "probing": {}
    }
  ],
  "lock": {
    "ttl": 6, "drift_factor": 0.02, "drift_constant": 0.001, "request_timeout": 0.1, "min_retry_wait": 0.3,
    "max_retry_wait": 0.4, "fencing": true, "checks_before_writing": false, "release_compares_owner": false,
    "nodes": [{"name": "node-a", "drift": -0.5}, {"name": "node-b"}, {"name": "node-c"}],
    "holders": [{"name": "ann", "start": 1, "work": 2, "rest": 3, "extends": true}, {"name": "bob"}]
  },
  "faults": [
    {"at": 12, "until": 20, "kind": "outage"},
    {"at": 5, "until": 12, "kind": "error-rate", "target": "stock", "value": 0.25},
    {"at": 12, "kind": "error-rate", "target": "stock"},
    {"at": 1, "kind": "clock-drift", "target": "node-a", "value": -0.25},
    {"at": 1, "kind": "pause", "target": "ann"},
    {"at": 1, "kind": "packet-loss", "target": "gateway"}
  ],
  "knobs": [
    {"at": 3, "knob": "failure_threshold", "value": 2},
    {"at": 2, "knob": "half_open_rule", "value": "rate"},
    {"at": 4, "knob": "broken_unlimited_trials", "value": false}
  ]
})";
}

std::string replaced(std::string text, const std::string &from, const std::string &to)
{
    const size_t place = text.find(from);
    if (place == std::string::npos)
        qFatal("the sample holds no %s", from.c_str());
    return text.replace(place, from.size(), to);
}

std::string with(const std::string &from, const std::string &to) { return replaced(fullScenario(), from, to); }

std::string leastScenario()
{
    return R"({"format": "resilience-lab/scenario/1", "step": "circuit-breaker", "name": "least",
               "services": [{"name": "s"}], "clients": [{"name": "c"}]})";
}

namespace {

PolicyOrder orderOf(std::initializer_list<PolicyKind> kinds)
{
    PolicyOrder order;
    for (const PolicyKind kind : kinds)
        order.append(kind);
    return order;
}

// What a client or a call has that says nothing of policies.
PipelineConfig usualPolicies()
{
    PipelineConfig pipeline;
    pipeline.order = orderOf({PolicyKind::CircuitBreaker, PolicyKind::AttemptTimeout});
    pipeline.configured = pipeline.order;
    return pipeline;
}

CircuitBreakerConfig checkoutsBreaker()
{
    CircuitBreakerConfig breaker;
    breaker.window.kind = OutcomeWindowConfig::Kind::Count;
    breaker.window.calls = 20;
    breaker.failureThreshold = 7;
    breaker.failureRateThreshold = Ratio::of(0.6666666);
    breaker.minimumCalls = 20;
    breaker.slowCallDuration = 2500ms;
    breaker.slowCallRateThreshold = Ratio::of(0.8);
    breaker.openDuration = 4200ms;
    breaker.openDurationMultiplier = 1.5;
    breaker.maxOpenDuration = 60s;
    breaker.halfOpenMaxCalls = 2;
    breaker.halfOpenMaxConcurrent = 1;
    breaker.halfOpenRule = HalfOpenRule::RateEarly;
    breaker.halfOpenMaxDuration = 0s;
    breaker.faultyVariant = {true, true};
    return breaker;
}

PipelineConfig carefulPolicies()
{
    PipelineConfig p;
    p.order = orderOf({PolicyKind::Retry, PolicyKind::RateLimiter, PolicyKind::Fallback, PolicyKind::TotalTimeout,
                       PolicyKind::AttemptTimeout});
    p.configured = orderOf({PolicyKind::Retry, PolicyKind::RateLimiter, PolicyKind::Fallback, PolicyKind::TotalTimeout,
                            PolicyKind::CircuitBreaker, PolicyKind::AttemptTimeout});
    p.fallback = {false, true, false};
    p.totalTimeout = 3s;
    p.attemptTimeout = 750ms;
    p.retry.maxAttempts = 5;
    p.retry.maxElapsed = 8s;
    p.retry.maxRetryAfter = 6s;
    p.retry.retryRejected = true;
    p.retry.backoff = {BackoffStrategy::Linear, 200ms, 3.0, 4s, Jitter::Decorrelated, Ratio::of(0.5)};
    p.retry.faultyVariant = {true, true};
    p.retryBudget = RetryBudgetConfig{Ratio::of(0.1), 1, 5s};
    p.rateLimiter = FixedWindowConfig{6, 2s};
    return p;
}

std::vector<sim::ServiceConfig> fullServices()
{
    std::vector<sim::ServiceConfig> services(5);
    services[0].name = "payment-service";
    services[0].latency = 300ms;
    services[0].spread = 100ms;
    services[0].errorRate = 0.01;
    services[1].name = "stock";
    sim::ServiceConfig &gateway = services[2];
    gateway.name = "gateway";
    gateway.workers = 8;
    gateway.queue = 16;
    gateway.dropsExpired = true;
    gateway.recognisesRequestIds = true;
    gateway.warmUp = 1500ms;
    gateway.restartTime = 0s;
    sim::DependencyConfig mail{4, true, {}};
    mail.pipeline.configured = orderOf({PolicyKind::Retry, PolicyKind::Bulkhead});
    mail.pipeline.bulkhead = {3, 4, 500ms};
    gateway.dependencies = {mail, {3, false, usualPolicies()}};
    services[3].name = "ledger";
    services[4].name = "mail";
    return services;
}

std::vector<sim::ClientConfig> fullClients()
{
    using Kind = sim::ArrivalConfig::Kind;
    std::vector<sim::ClientConfig> clients(5);
    for (sim::ClientConfig &client : clients)
        client.pipeline = usualPolicies();
    clients[0].name = "checkout";
    clients[0].targets = {1};
    clients[0].arrivals.kind = Kind::Poisson;
    clients[0].arrivals.rate = 12.5;
    clients[0].pipeline.attemptTimeout = 1500ms;
    clients[0].pipeline.circuitBreaker = checkoutsBreaker();
    clients[1].name = "batch";
    clients[1].arrivals.kind = Kind::Script;
    clients[1].arrivals.times = {0s, 500ms, 500ms, 7s};
    clients[2].name = "plain";
    clients[3].name = "careful";
    clients[3].targets = {2, 0};
    clients[3].arrivals = {Kind::Burst, 2.0, 3, 2500ms, 10.0, {}, "one"};
    clients[3].operation = {false, true};
    clients[3].pipeline = carefulPolicies();
    clients[3].probing = sim::ProbingConfig{500ms, {100ms, 200ms, 300ms, 1, 4}, true, false, true};
    clients[4].name = "sharing";
    clients[4].arrivals = {Kind::Ramp, 1.0, 10, 15s, 20.0, {}, "one"};
    clients[4].pipeline = carefulPolicies();
    clients[4].sharesPipelineOf = 3;
    clients[4].probing.emplace();
    return clients;
}

sim::LockScenario fullLock()
{
    sim::LockScenario lock;
    lock.lock = {3, 6s, Ratio::of(0.02), 1ms, 100ms, 300ms, 400ms};
    lock.nodes = {{"node-a", -0.5}, {"node-b", 0}, {"node-c", 0}};
    lock.holders = {{"ann", 1s, 2s, 3s, true}, {"bob", 0s, 3s, 2s, false}};
    lock.fencing = true;
    lock.checksBeforeWriting = false;
    lock.releaseComparesOwner = false;
    return lock;
}

} // namespace

sim::Scenario fullScenarioAsValue()
{
    sim::Scenario s;
    s.step = "circuit-breaker";
    s.name = "full";
    s.title = "Everything given";
    s.description = "Käse → \"quoted\"";
    s.seed = UINT64_MAX;
    s.until = 30s;
    s.speed = 0.25;
    s.networkLatency = 1ns;
    s.services = fullServices();
    s.clients = fullClients();
    s.lock = fullLock();
    // In the order in which they take effect; at one instant clears, sets, knobs. The second error rate replaces the
    // end of the first.
    const auto turn = [&](Duration when, const char *knob, double value) {
        s.script.insert({at(when), 0, sim::TurnKnob{sim::knobNamed(knob).value(), value}});
    };
    s.script.insert({at(1s), 0, sim::SetFault{2, sim::FaultKind::PacketLoss, 0.3}});
    s.script.insert({at(1s), 0, sim::SetFault{5, sim::FaultKind::ClockDrift, -0.25}});
    s.script.insert({at(1s), 0, sim::SetFault{8, sim::FaultKind::Pause, 1.0}});
    turn(2s, "half_open_rule", 1);
    turn(3s, "failure_threshold", 2);
    turn(4s, "broken_unlimited_trials", 0);
    s.script.insert({at(5s), 0, sim::SetFault{1, sim::FaultKind::ErrorRate, 0.25}});
    s.script.insert({at(12s), 0, sim::SetFault{0, sim::FaultKind::Outage, 1.0}});
    s.script.insert({at(12s), 0, sim::SetFault{1, sim::FaultKind::ErrorRate, 0.5}});
    s.script.insert({at(20s), 0, sim::ClearFault{0, sim::FaultKind::Outage}});
    return s;
}

} // namespace tests
