// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/run/snapshot.h"

#include <string>
#include <vector>

// Moments of a breaker's life, made by hand, for looking at and measuring its stage.
namespace samples {

struct Sample {
    std::string name;
    resilience::sim::Snapshot snapshot;
};

resilience::sim::Snapshot notStarted();
resilience::sim::Snapshot closedAndWell();
resilience::sim::Snapshot twoFailures();
resilience::sim::Snapshot open();
resilience::sim::Snapshot waitOver();
resilience::sim::Snapshot halfOpen();
resilience::sim::Snapshot reopened();
resilience::sim::Snapshot forcedOpen();
resilience::sim::Snapshot disabled();
resilience::sim::Snapshot metricsOnly();
resilience::sim::Snapshot countWindow();
resilience::sim::Snapshot slowWindow();
resilience::sim::Snapshot hanging();
resilience::sim::Snapshot veryFast();
resilience::sim::Snapshot manyCauses();
resilience::sim::Snapshot longNames();
resilience::sim::Snapshot brokenOnPurpose(); // with the correct run beside it

std::vector<Sample> all();
resilience::sim::Snapshot paused(resilience::sim::Snapshot snapshot);

} // namespace samples
