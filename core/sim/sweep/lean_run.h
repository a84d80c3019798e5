// SPDX-License-Identifier: MIT
#pragma once

#include "core/sim/engine/journal.h"
#include "core/sim/engine/scenario.h"
#include "core/sim/sweep/run_tally.h"
#include "core/sim/world/world.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace resilience::sim {

/// A run that is played from its start to its end once, and counted: no history, no checkpoints. The same scenario,
/// seed and journal have the same fingerprint as in a Timeline.
class LeanRun {
public:
    /// Throws InvalidConfig. `scenario` is not needed afterwards.
    LeanRun(const Scenario &scenario, uint64_t seed, Journal journal, Duration until, RunTally tally = RunTally{});

    /// Plays on by at most so many turns. True at the end, or when a journal entry was refused.
    bool playOn(uint64_t turns = UINT64_MAX);

    const World &world() const { return m_world; }
    const RunTally &tally() const { return m_tally; }
    Duration until() const { return m_until; }
    /// Why the run ended before its time: a journal entry that the settings of the moment do not allow.
    const std::optional<ConfigError> &refusal() const { return m_refusal; }

private:
    World m_world;
    Journal m_journal;
    size_t m_journalDone = 0;
    Duration m_until;
    RunTally m_tally;
    std::vector<Event> m_events; // of a turn
    std::optional<ConfigError> m_refusal;
};

} // namespace resilience::sim
