// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/patterns/pipeline/policy_order.h"
#include "core/sim/run/snapshot.h"
#include "widgets/stage/stage_target.h"

#include <optional>
#include <vector>

// What can be pointed at on the stage of nested policies besides what every stage has.
namespace widgets {

// A policy of a client's pipeline, or (Part) its switch.
struct PolicyTarget {
    uint32_t client = 0; // index
    resilience::PolicyKind kind = resilience::PolicyKind::Retry;
};

inline StageTarget policyTarget(uint32_t client, resilience::PolicyKind kind)
{
    return {StageTarget::Kind::Policy, (uint64_t{client} << 8U) | static_cast<uint64_t>(kind)};
}
inline StageTarget policySwitch(uint32_t client, resilience::PolicyKind kind)
{
    return {StageTarget::Kind::Part, (uint64_t{client} << 8U) | static_cast<uint64_t>(kind)};
}
inline constexpr StageTarget kResetOrder{StageTarget::Kind::Part, 1U << 16U};
inline constexpr StageTarget kBudget{StageTarget::Kind::Part, (1U << 16U) + 1};

// None when it is of another kind, or the client is gone.
std::optional<PolicyTarget> policyOf(const resilience::sim::Snapshot &snapshot, const StageTarget &target,
                                     StageTarget::Kind kind);

// What a policy of a pipeline has done in the last half minute, oldest first: turned calls away, cut them off, answered
// or repeated them.
std::vector<const resilience::sim::Event *> deedsOf(const resilience::sim::Snapshot &snapshot, uint32_t pipeline,
                                                    resilience::PolicyKind kind);
// The event that answers "why?" for a policy as a whole: the last thing it decided; 0 = nothing lately.
uint64_t lastDecisionOf(const resilience::sim::Snapshot &snapshot, uint32_t pipeline, resilience::PolicyKind kind);

} // namespace widgets
