// SPDX-License-Identifier: MIT
#pragma once

#include "core/sim/engine/event.h"
#include "core/sim/engine/scenario.h"
#include "core/sim/parts/traffic/pipeline_owner.h"
#include "core/sim/world/knob_address.h"

#include <string>
#include <vector>

namespace resilience::io {

// The events of a run as JSON, each an object on one line without a newline:
//   {"number":12,"at":1.5,"event":"turned-away","by":"circuit-breaker", ... ,"client":"checkout","service":"payment",
//    "request":3,"attempt":1,"ends":{"outcome":"short_circuited", ... }}
// Whom it is about is told by name: "client", "service", "node" or "holder"; "caller" is the service whose own call it
// is. "pipeline" is there when it is not the client's own.
class EventLines {
public:
    explicit EventLines(const sim::Scenario &scenario);

    std::string lineOf(const sim::Event &event) const;

private:
    sim::Scenario m_scenario;
    std::vector<sim::PipelineOwner> m_pipelines;
    sim::KnobAddresses m_knobs;
};

} // namespace resilience::io
