// SPDX-License-Identifier: MIT
#pragma once

#include "core/patterns/decision.h"
#include "core/patterns/health_check.h"
#include "core/patterns/redlock.h"

// The words that files and texts have for what a pattern says.
namespace resilience::sim {

const char *word(Rejection why);
const char *word(Recorded recorded);
const char *word(Probe kind);
const char *word(Health status);
const char *word(LockRequest::Kind kind);
const char *word(LockReply reply);
const char *word(LockOutcome outcome);

} // namespace resilience::sim
