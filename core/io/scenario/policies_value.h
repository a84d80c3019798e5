// SPDX-License-Identifier: MIT
#pragma once

#include "core/io/json/json_text.h"
#include "core/patterns/pipeline/pipeline_config.h"

namespace resilience::io {

// The policies that a client or a dependency in a scenario has around its calls: the keys "policies", "switched_off"
// and one for the settings of each policy. Policies that are switched off would come where the usual nesting has them.
OrError<PipelineConfig> policiesFrom(const Json &value, const std::string &place);
// Adds the keys: the settings of every policy that it knows, and others where they are not the default.
void addPolicies(OrderedJson &value, const PipelineConfig &config);
// The first of these keys that `value` has; empty when it has none.
std::string firstPolicyKey(const Json &value);

// Names of policies, outermost first; none may come twice.
OrError<PolicyOrder> policyOrderFrom(const Json &names, const std::string &place);
OrderedJson policyOrderToValue(const PolicyOrder &order);

} // namespace resilience::io
