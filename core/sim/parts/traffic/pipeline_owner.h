// SPDX-License-Identifier: MIT
#pragma once

#include "core/sim/engine/scenario.h"
#include "core/sim/parts/traffic/request.h"

#include <cstdint>
#include <string>
#include <vector>

namespace resilience::sim {

/// Whose calls a pipeline carries, and where to.
struct PipelineOwner {
    std::string name; // the client's, or "gateway to payment" for a service's dependency
    Subject caller{}; // the client, or the service whose dependency it leads to
    uint32_t target = 0; // index of the service; of a client with replicas: the first
    bool optional = false; // a service's: it can answer well without
    bool operator==(const PipelineOwner &) const = default;
};

/// One a pipeline, in the order of the pipelines: those of the clients that do not share another's, and then those of
/// the services' dependencies. No two names are equal.
std::vector<PipelineOwner> pipelineOwnersOf(const Scenario &scenario);
/// The settings that it starts with.
const PipelineConfig &pipelineOf(const PipelineOwner &owner, const Scenario &scenario);

} // namespace resilience::sim
