// SPDX-License-Identifier: MIT
#pragma once

#include "core/config_error.h"
#include "core/time.h"

#include <cstdint>
#include <optional>

namespace resilience {

struct IdempotencyConfig {
    uint32_t capacity = 10'000; // requests remembered at once, 1..1,000,000; all storage is taken for it
    /// How long an answer is kept, > 0; longer than any client still retries.
    GivenDuration keepAnswers = std::chrono::hours{24};
    /// How long a request may be in progress, >= 0: after that its worker counts as lost and a retry does the work
    /// again. 0 = for ever: then a worker that dies blocks its request for good.
    GivenDuration maxInProgress = std::chrono::minutes{1};

    /// The first field out of its range, or none.
    std::optional<ConfigError> validate() const;
    bool operator==(const IdempotencyConfig &) const = default;
};

} // namespace resilience
