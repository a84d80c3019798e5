// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/world/world.h"

#include <QStringList>

#include <initializer_list>
#include <vector>

// Small worlds whose every moment can be told in advance.
namespace tests {

// One service, 10 ms away, that answers after 100 ms, and one client that calls it at these moments without policies.
resilience::sim::Scenario bare(std::vector<resilience::Duration> times);
resilience::sim::ServiceConfig serviceNamed(const char *name,
                                            resilience::Duration latency = std::chrono::milliseconds{100});
resilience::sim::ClientConfig clientNamed(const char *name, std::vector<resilience::Duration> times);
void use(resilience::PipelineConfig &config, std::initializer_list<resilience::PolicyKind> kinds);

// When and how each original ended: "1 succeeded 120 ms".
QStringList endings(const std::vector<resilience::sim::Event> &events);
QStringList endingsOf(const resilience::sim::Scenario &scenario);

// Never refused.
void apply(resilience::sim::World &world, const resilience::sim::Intervention &what,
           std::vector<resilience::sim::Event> &into);
void append(std::vector<resilience::sim::Event> &events, const std::vector<resilience::sim::Event> &more);

} // namespace tests
