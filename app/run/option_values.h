// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/json/input_error.h"
#include "core/sim/engine/journal.h"
#include "core/sim/engine/scenario.h"
#include "core/sim/world/knob_address.h"

#include <string>

// What stands behind an option, read strictly: the whole text counts, and nothing else will do.
namespace app {

// Seconds of simulated time, 0 to 1,000,000.
resilience::io::OrError<resilience::Duration> parseTime(const std::string &text, const std::string &option);
// The same, above 0.
resilience::io::OrError<resilience::Duration> parseLength(const std::string &text, const std::string &option);
resilience::io::OrError<uint64_t> parseSeed(const std::string &text, const std::string &option);
resilience::io::OrError<int> parseWhole(const std::string &text, int least, int most, const std::string &option);

// T:KIND[:TARGET[:VALUE]] and T:KIND[:TARGET]; no target = the first component.
resilience::io::OrError<resilience::sim::JournalEntry> parseFault(const std::string &text,
                                                                  const resilience::sim::Scenario &scenario);
resilience::io::OrError<resilience::sim::JournalEntry> parseClear(const std::string &text,
                                                                  const resilience::sim::Scenario &scenario);
// KNOB=VALUE
resilience::io::OrError<resilience::sim::TurnKnob> parseSetting(const std::string &text,
                                                                const resilience::sim::KnobAddresses &addresses);

} // namespace app
