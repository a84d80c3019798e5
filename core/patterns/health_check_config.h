// SPDX-License-Identifier: MIT
#pragma once

#include "core/config_error.h"
#include "core/time.h"

#include <cstdint>
#include <optional>

namespace resilience {

struct HealthCheckConfig {
    /// A probe that took strictly longer was slow: the target is degraded. > 0; larger = slowness shows later.
    GivenDuration degradedLatency = std::chrono::milliseconds{500};
    /// A probe that took strictly longer counts as a failure. >= degradedLatency; equal = there is no degraded level.
    GivenDuration unhealthyLatency = std::chrono::seconds{2};
    /// A probe without a result for so long has failed. > 0; none = 5 s, or twice unhealthyLatency where that is
    /// longer; shorter = a hanging target is noticed sooner.
    std::optional<GivenDuration> timeout;
    uint32_t failuresToUnhealthy = 3; // in a row, 1..1,000,000; larger = fewer false alarms, later true ones
    uint32_t successesToHealthy = 2; // in a row, 1..1,000,000; larger = slower back, but less flapping

    Duration probeTimeout() const;

    /// The first field out of its range, or none.
    std::optional<ConfigError> validate() const;
    bool operator==(const HealthCheckConfig &) const = default;
};

} // namespace resilience
