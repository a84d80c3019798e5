// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/patterns/pipeline/pipeline_config.h"
#include "core/sim/run/snapshot.h"

#include <cstdint>
#include <optional>

// The order of a pipeline's policies, as it is drawn and as it is changed by hand. Pure functions.
namespace widgets {

// The order that is drawn: those in use, outermost first, and in between those switched off, where they would come.
resilience::PolicyOrder shownOrder(const resilience::PipelineConfig &config);
// The usual nesting of those in use.
resilience::PolicyOrder usualOrder(const resilience::PipelineConfig &config);

// What comes of moving one of the policies in use past `steps` others in use, -1 = one further out. None when nothing
// changes: it is not in use, or at the end already.
std::optional<resilience::PolicyOrder> movedBy(const resilience::PipelineConfig &config, resilience::PolicyKind kind,
                                               int steps);
// ... of dropping it at a place of the shown order, 0 = outermost.
std::optional<resilience::PolicyOrder> movedTo(const resilience::PipelineConfig &config, resilience::PolicyKind kind,
                                               size_t place);
// ... of switching it off, or on where it is shown.
resilience::PolicyOrder switched(const resilience::PipelineConfig &config, resilience::PolicyKind kind);

// A shown order, and which of it is in use, as one number; and back: only the order.
uint64_t orderKey(const resilience::PipelineConfig &config);
resilience::PolicyOrder orderOfKey(uint64_t key);

// The client whose order people change: whom the scenario is about, or else the last one. The others stay in theirs,
// for comparison.
inline uint32_t changedClient(const resilience::sim::Snapshot &snapshot)
{
    const auto last = static_cast<uint32_t>(snapshot.clients.size() - 1);
    return withRole(snapshot.clients, resilience::sim::Role::Subject).value_or(last);
}

} // namespace widgets
