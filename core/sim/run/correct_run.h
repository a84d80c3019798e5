// SPDX-License-Identifier: MIT
#pragma once

#include "core/sim/run/timeline.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace resilience::sim {

/// How far a run has come, in a few numbers.
struct RunSoFar {
    std::vector<StateSpan> states{}; // of the first breaker, up to its present moment
    Totals totals{};
    uint64_t refused = 0; // attempts that came to a service while nobody was there
    bool operator==(const RunSoFar &) const = default;
};
/// A run with something broken on purpose, and the same run, with the same calls, without it.
struct BesideCorrect {
    Time since{}; // when the broken variant came into use; up to then the two are one
    RunSoFar ours{};
    RunSoFar correct{};
    bool operator==(const BesideCorrect &) const = default;
};

/// The correct run beside another one: follows it to whatever moment it is at. Keeps what it has played, so that
/// following a run that plays costs no more than playing it.
class CorrectRun {
public:
    /// None while nothing broken has come into use by the present moment of the run.
    std::optional<BesideCorrect> beside(const Timeline &run);

private:
    std::optional<Time> brokenSince(const Timeline &run);

    std::optional<Timeline> m_run;
    std::shared_ptr<const Scenario> m_scenario; // the one last seen, and ...
    bool m_brokenByItself = false; // ... whether it starts broken
};

} // namespace resilience::sim
