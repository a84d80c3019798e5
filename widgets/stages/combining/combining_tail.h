// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/run/snapshot.h"

#include <cstdint>
#include <optional>

namespace widgets {

// How long 99 % of a client's successes take at most, once that can be told: from kTailCalls calls on, and while the
// calls still out that have taken longer than that are at most one in a hundred. Before, the quick ones alone have
// ended, and whoever waits for the slow ones would seem to be the quicker.
inline constexpr uint64_t kTailCalls = 50;
std::optional<resilience::Duration> settledTail(const resilience::sim::Snapshot &snapshot, uint32_t client);

} // namespace widgets
