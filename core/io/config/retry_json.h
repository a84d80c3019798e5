// SPDX-License-Identifier: MIT
#pragma once

#include "core/io/json/json_text.h"
#include "core/patterns/retry/retry_budget.h"
#include "core/patterns/retry/retry_config.h"

namespace resilience::io {

// Reads a value that retry.schema.json has passed, or "retry" in scenario.schema.json, which adds retry_rejected and
// the broken variants; validate() has the last word. Its "budget" is read apart. `place` is where it stands.
OrError<RetryConfig> retryFromJson(const Json &value, const std::string &place = "");
OrderedJson retryToJson(const RetryConfig &config);

// Reads a value that "budget" in retry.schema.json has passed.
OrError<RetryBudgetConfig> retryBudgetFromJson(const Json &value, const std::string &place);
OrderedJson retryBudgetToJson(const RetryBudgetConfig &config);

} // namespace resilience::io
