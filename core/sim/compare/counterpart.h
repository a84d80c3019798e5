// SPDX-License-Identifier: MIT
#pragma once

#include "core/sim/run/timeline.h"

#include <optional>

namespace resilience::sim {

/// What is in another run the same thing as an event of ours: of a call the first event of that kind about the same
/// attempt, of all else the one of that kind and owner which comes at the same count. None where there is none, as far
/// as it was played, or where a log has forgotten it.
std::optional<Event> counterpart(const Timeline &ours, const Event &event, const Timeline &other);

} // namespace resilience::sim
