// SPDX-License-Identifier: MIT
#pragma once

#include "core/deadline.h"
#include "core/patterns/retry/retry_config.h"
#include "core/runtime/attempt_stop.h"

#include <cstdint>
#include <stop_token>

namespace resilience::runtime {

/// What a callable is told about the attempt that it makes. It must end by the deadline and when asked to stop: nobody
/// can end it from outside.
struct Attempt {
    uint32_t number = 1; // from 1, in the order in which the call's attempts began
    Deadline deadline; // of this attempt, never later than the call's; send what remains of it along
    AttemptStop stop; // asked by the caller, or when the deadline has come
};

struct CallOptions {
    Deadline deadline = {}; // the caller's own
    std::stop_token stop = {}; // ends waiting, at once; the callable gets it too
    Operation operation = {}; // whether a repetition does no harm; by default that is unknown
};

} // namespace resilience::runtime
