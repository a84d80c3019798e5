// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/patterns/pipeline/policy_order.h"
#include "core/sim/parts/traffic/request.h"
#include "widgets/stages/combining/combining_shells.h"

#include <optional>

// Calls on their way through nested shells.
namespace widgets {

// What a call that this policy says no to becomes; none when it says no to nothing.
// How many that it has just turned away are still on their way to its pile.
size_t fallingNow(const StageContext &context, resilience::PolicyKind kind);

// Fills in what moves: the shells must be laid out. Calls of the client alone; nothing moves where all is too fast to
// be followed, then the rate stands at the service.
void layoutShellFlights(ShellStack &stack, const StageContext &context);

} // namespace widgets
