// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/core/breaker_actions.h"

#include <vector>

namespace tests {

// The circuit breaker once more, as simple as can be and without a thought for speed: it remembers every result of its
// generation and counts anew each time it is asked. Written from the rules, not from the engine; the two must agree.
class NaiveBreaker {
public:
    explicit NaiveBreaker(const resilience::CircuitBreakerConfig &config) : m_config(config) {}

    Answer apply(const Step &step);
    resilience::BreakerView view() const; // as of the latest step

private:
    struct Result {
        resilience::Time when;
        bool failed;
        bool slow;
    };
    enum class Verdict { None, Pass, Fail };

    void passTime(resilience::Time now);
    void enter(resilience::BreakerState state, resilience::BreakerTrigger trigger, resilience::Time when);
    resilience::Decision acquire();
    resilience::Recorded report(const Step &step);
    bool force(resilience::BreakerTrigger trigger);
    void reconfigure(const resilience::CircuitBreakerConfig &config);
    void judgeTrials();

    resilience::WindowCounts counts() const;
    bool tooMany() const;
    bool badShare(size_t failed, size_t slow, size_t total) const;
    Verdict verdict() const;
    resilience::Duration wait(uint32_t k) const;
    std::optional<resilience::Time> deadline() const;
    resilience::Time waitEnd() const { return m_waitStart + wait(m_openings); }

    resilience::CircuitBreakerConfig m_config;
    resilience::BreakerState m_state = resilience::BreakerState::Closed;
    std::vector<Result> m_results; // closed and metrics-only: of this generation
    std::vector<Result> m_trials; // half-open: trials that ended
    uint32_t m_trialsOut = 0;
    std::optional<resilience::Time> m_waitsSince; // half-open: for trials that are out, or for a first one
    uint32_t m_openings = 0;
    uint64_t m_late = 0;
    resilience::Time m_now;
    resilience::Time m_waitStart;
    resilience::BreakerView m_story; // since, generation, lastTrigger and what the counters said then
};

} // namespace tests
