// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/patterns/pipeline/policy_order.h"
#include "core/sim/run/snapshot.h"
#include "widgets/stage/stage_target.h"

#include <optional>
#include <vector>

// What can be pointed at on the stage of nested policies besides what every stage has.
namespace widgets {

// What only this stage has, as targets.
enum class CombiningPart : uint8_t { ResetOrder, Budget };

// The policy that a target is, or whose switch it is. None when it is of another kind, or the client is gone.
std::optional<targets::Policy> policyOf(const resilience::sim::Snapshot &snapshot, const StageTarget &target);
std::optional<targets::Policy> switchOf(const resilience::sim::Snapshot &snapshot, const StageTarget &target);

// What a policy of a pipeline has done in the last half minute, oldest first: turned calls away, cut them off, answered
// or repeated them.
std::vector<const resilience::sim::Event *> deedsOf(const resilience::sim::Snapshot &snapshot, uint32_t pipeline,
                                                    resilience::PolicyKind kind);
// The event that answers "why?" for a policy as a whole: the last thing it decided; 0 = nothing lately.
uint64_t lastDecisionOf(const resilience::sim::Snapshot &snapshot, uint32_t pipeline, resilience::PolicyKind kind);

} // namespace widgets
