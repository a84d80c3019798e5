// SPDX-License-Identifier: MIT
#pragma once

#include "core/patterns/pipeline/policy_order.h"
#include "core/sim/engine/event_queue.h"
#include "core/sim/engine/fault.h"
#include "core/sim/engine/request_outcome.h"
#include "core/sim/engine/scenario.h"
#include "core/sim/engine/step_context.h"

#include <concepts>
#include <optional>
#include <string>
#include <utility>

namespace resilience::sim {

/// What comes next, as pictures and their captions show it.
struct Upcoming {
    enum class Where : uint8_t { Client, Policy, Breaker, Service, Holder, LockNode, Resource, Other };

    Time at{};
    Where where = Where::Client;
    Subject actor{}; // the client, or the lock's holder, that it is about
    Subject target{}; // at or to whom; all that Where::Other tells
    uint64_t request = 0; // the id of the original it is about; 0 = none
    uint64_t callNumber = 0; // ... and what people call it
    bool isArrival = false; // of a new call
    std::optional<PolicyKind> policy{}; // Where::Policy: whose timer it is; none = the caller's own deadline
    std::string words{}; // "call 17 reaches payment"
    std::string brief{}; // the same in less room; empty = there is no shorter way
    bool operator==(const Upcoming &) const = default;
};

/// A part of the world: a value that things happen to. What can be pending for it is its own business.
template <typename P>
concept Part = std::copyable<P> && std::equality_comparable<P> && requires(P part, const P &seen,
                                                                           const Pending &pending, StepContext &context,
                                                                           typename P::Kind kind)
{
    // The rank of a kind of pending event.
    {
        P::rankOf(kind)
        } -> std::same_as<Rank>;
    // What is to happen first.
    part.begin(context);
    // Its pending event has come.
    part.handle(pending, context);
    // Whether that has been overtaken and must not happen any more.
    {
        seen.isStale(pending)
        } -> std::same_as<bool>;
    // What it is, for pictures. Only for what is not stale.
    {
        seen.describe(pending, ConstPartReferences(context.parts))
        } -> std::same_as<Upcoming>;
};

/// A part that has some of the world's components, which faults can be put on. Those of the network it never sees.
template <typename P>
concept PartWithComponents = Part<P> && requires(P part, const P &seen, StepContext &context, const Subject &component,
                                                 FaultKind fault, double value)
{
    {
        P::owns(component.kind)
        } -> std::same_as<bool>;
    part.setFault(component, fault, value, context);
    part.clearFault(component, fault, context);
    {
        seen.faultsOf(component)
        } -> std::same_as<ActiveFaults>;
};

} // namespace resilience::sim
