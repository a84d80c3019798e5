// SPDX-License-Identifier: MIT
#pragma once

#include "core/io/json/input_error.h"
#include "core/sim/sweep/sweep.h"
#include "core/sim/world/knob_address.h"

#include <optional>
#include <string>
#include <vector>

namespace resilience::io {

// What is varied, as people write it. `option` is where, for messages.

// KNOB=a,b,c or KNOB=lo..hi:n or KNOB=lo..hi:n:log, the n values from lo to hi with equal steps or equal factors
// between them; of a knob of whole numbers the nearest whole ones, each once.
OrError<sim::SweepAxis> parseVary(const std::string &text, const sim::KnobAddresses &addresses,
                                  const std::string &option);
// The first and how many of 1..200, or one seed alone.
struct SeedRange {
    uint64_t first = 1;
    uint64_t count = 1;
    bool operator==(const SeedRange &) const = default;
};
OrError<SeedRange> parseSeeds(const std::string &text, const std::string &option);
// goodput,p99: of those that the scenario has, each once.
OrError<std::vector<const sim::MetricSpec *>> parseMetrics(const std::string &text, const sim::Scenario &scenario,
                                                           const std::string &option);

// Whether it is small enough, turns each knob once, and the patterns accept each cell.
std::optional<InputError> checkSweep(const sim::Sweep &sweep);

} // namespace resilience::io
