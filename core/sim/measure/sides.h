// SPDX-License-Identifier: MIT
#pragma once

#include "core/sim/engine/scenario.h"

#include <cstdint>
#include <string>
#include <vector>

namespace resilience::sim {

/// One of several settings that meet the very same calls. What they do is compared, and never added up: it is the same
/// calls again.
struct Side {
    std::string name; // of its client; of several clients what their names end with: "split"
    std::vector<uint32_t> clients; // indices
    bool ours = false; // whom the step is about; the others are what it is compared with
    bool operator==(const Side &) const = default;
};

/// Clients with the same arrival stream get the same calls: the first ones of each stream are one side, the second ones
/// another, and who has no stream is one by itself. Ours is the one of a client with the role of the subject; without
/// one, the first of many and the last of two: beside what is usual. Empty when nothing is compared.
std::vector<Side> sidesOf(const Scenario &scenario);

} // namespace resilience::sim
