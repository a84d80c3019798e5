// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/core/conformance_cases.h"
#include "tests/core/conformance_config.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace tests {

// Plays a case against our breaker, or our window, and compares every expectation of every step.
class ConformancePlayer {
public:
    // Throws when the case says something that the player does not understand: nothing is passed over in silence.
    explicit ConformancePlayer(const ConformanceCase &conformanceCase);

    // Everything that came out differently, one line each; empty = the case holds.
    std::vector<std::string> play();
    // Plays all steps, and compares only the last state.
    std::vector<std::string> playForFinalState();

private:
    using Json = nlohmann::json;

    void doStep(const Json &step, resilience::Time now);
    void doBreakerStep(const std::string &op, const Json &step, resilience::Time now);
    void doWindowStep(const std::string &op, const Json &step, resilience::Time now);
    void callAtOnce(resilience::Outcome outcome, const Json &step, resilience::Time now);
    void acquire(const Json &step, resilience::Time now);
    void finish(resilience::Outcome outcome, const Json &step, resilience::Time now);

    void compare(const Json &expected, const std::string &prefix, const std::string &place, resilience::Time now,
                 bool reading);
    Json actual(const std::string &key, resilience::Time now, bool reading) const;
    Json rate(uint32_t hits, resilience::Time now) const;
    resilience::WindowCounts deciding(resilience::Time now) const;
    std::string stateWord(resilience::Time now, bool reading) const;

    const ConformanceCase &m_case;
    resilience::CircuitBreakerConfig m_config;
    resilience::CircuitBreaker m_breaker;
    resilience::OutcomeWindow m_window;
    resilience::Decision m_decision;
    std::map<std::string, resilience::Permit> m_calls; // by the case's call id; "" = the latest without one
    std::optional<resilience::Time> m_blockedUntil;
    std::string m_refused;
    uint64_t m_rejected = 0; // since the last transition, as resilience4j counts its not_permitted
    uint64_t m_begunAnew = 0; // by hand, in the same state: a generation of ours, no transition to others
    std::vector<std::string> m_differences;
};

} // namespace tests
