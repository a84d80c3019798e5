// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/io/sample_files.h"

#include "core/sim/knobs.h"

#include <QtTest>

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
    {"name": "stock"}
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
        "half_open_rule": "rate_early",
        "half_open_max_duration": 0,
        "broken": {"wait_not_restarted": true, "unlimited_trials": true}
      }
    },
    {"name": "batch", "arrivals": {"type": "script", "times": [0, 0.5, 0.5, 7]}},
    {"name": "plain"}
  ],
  "faults": [
    {"at": 12, "until": 20, "kind": "outage"},
    {"at": 5, "until": 12, "kind": "error-rate", "target": "stock", "value": 0.25},
    {"at": 12, "kind": "error-rate", "target": "stock"}
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
    s.services = {{"payment-service", 300ms, 100ms, 0.01}, {"stock", 200ms, 50ms, 0.0}};
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
    breaker.halfOpenRule = HalfOpenRule::RateEarly;
    breaker.halfOpenMaxDuration = 0s;
    breaker.slips = {true, true};
    using Arrivals = sim::ArrivalConfig;
    s.clients = {{"checkout", 1, Arrivals{Arrivals::Kind::Poisson, 12.5, {}}, 1500ms, breaker},
                 {"batch", 0, Arrivals{Arrivals::Kind::Script, 2.0, {0s, 500ms, 500ms, 7s}}, 1s, {}},
                 {"plain", 0, {}, 1s, {}}};
    // In the order in which they take effect; at one instant clears, sets, knobs. The second error rate replaces the
    // end of the first.
    const auto turn = [&](Duration when, const char *knob, double value) {
        s.script.insert({at(when), 0, sim::TurnKnob{sim::knobNamed(knob).value(), value}});
    };
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
