// SPDX-License-Identifier: MIT
#pragma once

#include "core/io/json/input_error.h"
#include "core/sim/engine/journal.h"
#include "core/sim/engine/scenario.h"
#include "core/sim/world/knob_address.h"

#include <optional>
#include <string>
#include <vector>

namespace resilience::io {

// What people want done to a run, held against what there is: the same checks for files and for the command line.
// `place` is where it was asked for.

// An index of scenario.services.
OrError<uint32_t> serviceNamed(const std::string &name, const sim::Scenario &scenario, const std::string &place);
// An index of componentsOf(scenario).
OrError<uint32_t> componentNamed(const std::string &name, const sim::Scenario &scenario, const std::string &place);
// An index of pipelineOwnersOf(scenario), by the owner's name.
OrError<uint32_t> pipelineNamed(const std::string &name, const sim::Scenario &scenario, const std::string &place);
OrError<sim::FaultKind> faultKindNamed(const std::string &name, const std::string &place);
// Whether it can happen to that component; there may be none at all.
std::optional<InputError> checkFaultTarget(sim::FaultKind kind, uint32_t target, const sim::Scenario &scenario,
                                           const std::string &place);
std::optional<InputError> checkFaultValue(sim::FaultKind kind, double value, const std::string &place);
// A knob for all ("max_attempts") or for one ("payment.workers").
OrError<sim::KnobAddresses::Address> knobAddressed(const std::string &text, const sim::KnobAddresses &addresses,
                                                   const std::string &place);
// "a whole number from 1 to 10", "one of auto, open", "true or false"
std::string knobRange(const sim::KnobSpec &knob);

// The first turn that the patterns refuse when all turns are made in this order, if there is one.
struct RefusedTurn {
    size_t index; // in `turns`
    bool applies; // whether there is anything for the knob to set; else it is the value that is wrong
    std::string found;
    std::string expected;

    InputError at(const std::string &place) const { return {"", place, found, expected, ""}; }
};
std::optional<RefusedTurn> firstRefusedTurn(const sim::Scenario &scenario, const std::vector<sim::TurnKnob> &turns);

// A journal of planned entries (order 0). At one instant clears come before sets before knobs, and else the services
// and kinds in their own order: the same plan gives the same journal however it was written down.
sim::Journal plannedJournal(std::vector<sim::JournalEntry> entries);

} // namespace resilience::io
