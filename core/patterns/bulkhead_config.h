// SPDX-License-Identifier: MIT
#pragma once

#include "core/config_error.h"
#include "core/time.h"

#include <cstdint>
#include <optional>

namespace resilience {

struct BulkheadConfig {
    uint32_t maxConcurrent = 25; // calls at once, 1..1,000,000; larger = more load let through to the target
    uint32_t maxQueue = 0; // callers that may wait, 0..1,000,000; 0 = nobody waits; larger = longer waits
    GivenDuration maxWait{0}; // how long a caller waits at most, >= 0; 0 = for ever

    /// The first field out of its range, or none.
    std::optional<ConfigError> validate() const;
    bool operator==(const BulkheadConfig &) const = default;
};

} // namespace resilience
