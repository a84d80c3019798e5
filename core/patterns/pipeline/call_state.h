// SPDX-License-Identifier: MIT
#pragma once

#include "core/decision.h"
#include "core/inline_vector.h"
#include "core/patterns/bulkhead.h"
#include "core/patterns/hedging.h"
#include "core/patterns/pipeline/call_ending.h"
#include "core/patterns/pipeline/policy_order.h"
#include "core/patterns/retry.h"
#include "core/time.h"

#include <array>
#include <cstdint>
#include <variant>
#include <vector>

// Where one call stands in a nest of policies, as a value. CallWalk moves it.
namespace resilience {

/// One policy of a nest: what kind it is, and which of those that the nest's home keeps.
struct PolicyLayer {
    PolicyKind kind = PolicyKind::Retry;
    uint32_t slot = 0;
    bool operator==(const PolicyLayer &) const = default;
};

/// Most nests have fewer; those that have more need a little storage for every call.
inline constexpr size_t kUsualLayers = kPolicyKindCount;
using PolicyNest = InlineVector<PolicyLayer, kUsualLayers>; // outermost first, in any order and number

struct LimitRunning {
    Time end;
    bool operator==(const LimitRunning &) const = default;
};
struct GatePassed { // that is told how it ended
    Permit permit;
    Time since;
    bool operator==(const GatePassed &) const = default;
};
struct SlotTaken { // or a place in the queue
    Ticket ticket;
    Time since;
    bool operator==(const SlotTaken &) const = default;
};
struct HedgeRunning {
    uint32_t index = 0; // in CallState::hedges
    bool operator==(const HedgeRunning &) const = default;
};
/// What a call keeps of a policy while it is inside.
using AnyLayerState = std::variant<std::monostate, LimitRunning, GatePassed, SlotTaken, RetryCall, HedgeRunning>;
struct LayerState : AnyLayerState {
    /// Says only that there is nothing. The variant's own, being constexpr, would have all bytes of all layers cleared
    /// for every call, which is a tenth of what one without policies costs.
    LayerState() {}
    using AnyLayerState::AnyLayerState;
    using AnyLayerState::operator=;
    void clear() { emplace<std::monostate>(); }
};

inline constexpr uint32_t kNoStrand = UINT32_MAX;

/// One way inwards. A call begins with one; every attempt of a hedging policy is another, from that policy on.
struct CallStrand {
    enum class Doing : uint8_t {
        Nothing, // free, or in the midst of a walk
        Waiting, // at the policy of `level`
        Sent, // attempt number `attempt` is out
        FallingBack, // the fallback of `level` is at work
        Hedging, // at the policy of `level`, for other strands
    };

    Doing doing = Doing::Nothing;
    bool used = false;
    uint32_t parent = kNoStrand; // whose hedging policy has begun it
    uint32_t hedge = 0; // its number there
    uint32_t from = 0; // its outermost level
    uint32_t level = 0;
    uint32_t number = 1; // of its present attempt, over all of the call; those that were turned back counted
    uint32_t attempt = 0; // of those that were sent
    Time since{}; // it waits or hedges, or the attempt was sent
    Time until{}; // waiting; kTimeMax = it does not know
    std::optional<CallEnding> primary; // falling back
    InlineVector<LayerState, kUsualLayers> layers; // by level - from

    bool operator==(const CallStrand &) const = default;
};

/// A hedging policy at work.
struct CallHedge {
    uint32_t serial = 0; // no two of a call are equal; 0 = free
    uint32_t strand = 0; // that is at the policy
    uint32_t level = 0; // of the policy
    HedgedCall call;
    std::optional<Time> due; // when the next attempt begins, as it was last asked to be woken
    std::array<CallEnding, kMostHedgedAttempts> endings{}; // of the attempts, by their numbers - 1

    bool operator==(const CallHedge &) const = default;
};

/// One call under way. A regular value: it neither waits nor calls.
struct CallState {
    CallState() = default;
    CallState(const PolicyNest &itsNest, const Operation &what, const Deadline &callers)
        : nest(itsNest), operation(what), deadline(callers)
    {
    }

    PolicyNest nest;
    Operation operation;
    Deadline deadline; // the caller's own
    uint32_t begun = 1; // attempts; those that were turned back counted
    uint32_t sent = 0; // attempts
    std::optional<CallEnding> ending; // when it is over
    InlineVector<CallStrand, 1> strands;
    std::vector<CallHedge> hedges;
    uint32_t lastHedge = 0; // serial

    bool done() const { return ending.has_value(); }
    bool operator==(const CallState &) const = default;
};

} // namespace resilience
