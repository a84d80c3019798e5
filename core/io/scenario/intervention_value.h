// SPDX-License-Identifier: MIT
#pragma once

#include "core/io/json/json_text.h"
#include "core/sim/engine/journal.h"
#include "core/sim/world/knob_address.h"

namespace resilience::io {

// The pieces that scenario and session files share. All read objects that their schema has passed; `place` is where
// the object stands in its file.

// The "value" of a fault, or its kind's default; judged by the kind's own range.
OrError<double> faultValueFrom(const Json &fault, sim::FaultKind kind, const std::string &place);
// Adds "value" where the kind has one.
void addFaultValue(OrderedJson &fault, sim::FaultKind kind, double value);

// A "knob" and its "value": a number, the name of a choice, or true and false.
OrError<sim::TurnKnob> turnKnobFrom(const Json &value, const sim::KnobAddresses &addresses, const std::string &place);
OrderedJson turnKnobToValue(const sim::TurnKnob &turn, const sim::KnobAddresses &addresses);
/// A number, a name or a truth, as the knob's kind has it.
OrderedJson knobValueToValue(uint32_t knob, double value);

} // namespace resilience::io
