// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/patterns/circuit_breaker.h"

#include <rapidcheck.h>

#include <functional>
#include <iosfwd>
#include <vector>

// Random lives of a circuit breaker, for properties. Numbers are small and times cling to the limits: bugs live there.
namespace tests {

// When an action happens, relative to the latest time seen and to the end of the wait or patience in progress.
enum class Jump : uint8_t { Stay, OneLater, SomeLater, JustBeforeLimit, AtLimit, JustAfterLimit, FarLater, Back };

// What to do next, as drawn: still without a time and a permit.
struct Action {
    enum class Kind : uint8_t { Acquire, Report, Force, Reconfigure, Wake };
    Kind kind = Kind::Acquire;
    Jump jump = Jump::Stay;
    resilience::Duration amount{};
    size_t which = 0; // Report: among the permits given so far
    resilience::Outcome outcome = resilience::Outcome::Success;
    resilience::Duration took{};
    resilience::BreakerTrigger trigger = resilience::BreakerTrigger::ForceOpen;
    resilience::CircuitBreakerConfig config; // Reconfigure
};

struct Plan {
    resilience::CircuitBreakerConfig config;
    std::vector<Action> actions;
};

// One action made concrete: the same step can be done to any breaker.
struct Step {
    Action::Kind kind = Action::Kind::Wake;
    resilience::Time now;
    resilience::Permit permit;
    resilience::Outcome outcome = resilience::Outcome::Success;
    resilience::Duration took{};
    resilience::BreakerTrigger trigger = resilience::BreakerTrigger::ForceOpen;
    resilience::CircuitBreakerConfig config;
};

// What the breaker answered; only the part that belongs to the step's kind is set.
struct Answer {
    resilience::Decision decision;
    resilience::Recorded recorded = resilience::Recorded::Nothing;
    bool forced = false;
    bool operator==(const Answer &) const = default;
};

rc::Gen<Plan> plans();
rc::Gen<resilience::CircuitBreakerConfig> breakerConfigs();

Answer apply(resilience::CircuitBreaker &breaker, const Step &step);

struct Moment {
    const resilience::CircuitBreaker &before;
    const Step &step;
    const Answer &answer;
    const resilience::CircuitBreaker &after;
    resilience::Time latest; // the largest time handed in so far, this step's included
    const std::vector<resilience::Permit> &out; // permits not yet reported, after this step
};

// Plays the plan and calls `check` after every step. Every permit is reported once at most, some never, many late.
void play(const Plan &plan, const std::function<void(const Moment &)> &check);

void showValue(const Plan &plan, std::ostream &os);
void showValue(const resilience::CircuitBreakerConfig &config, std::ostream &os);

} // namespace tests

namespace rc {
template <> struct Arbitrary<tests::Plan> {
    static Gen<tests::Plan> arbitrary() { return tests::plans(); }
};
} // namespace rc
