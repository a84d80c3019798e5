// SPDX-License-Identifier: MIT
#pragma once

#include "core/patterns/pipeline/policy_order.h"
#include "core/sim/engine/event_field.h"
#include "core/sim/engine/fault.h"

#include <cstdint>

// What people and scenarios do to a run, told as events. How an event tells itself: event_field.h.
namespace resilience::sim {

struct FaultSet {
    static constexpr const char *kName = "fault-set";
    FaultKind kind = FaultKind::Outage;
    double value = 1.0;
    void fields(auto &&field) const
    {
        field("kind", kind);
        if (spec(kind).hasValue())
            field("value", value);
    }
    bool operator==(const FaultSet &) const = default;
};
struct FaultCleared {
    static constexpr const char *kName = "fault-cleared";
    FaultKind kind = FaultKind::Outage;
    void fields(auto &&field) const { field("kind", kind); }
    bool operator==(const FaultCleared &) const = default;
};
struct KnobTurned {
    static constexpr const char *kName = "knob-turned";
    uint32_t knob = 0; // its place in knobs()
    double value = 0;
    KnobTarget target{};
    void fields(auto &&field) const { field("knob", KnobSetting{knob, value, target}); }
    bool operator==(const KnobTurned &) const = default;
};
struct PoliciesSet { // which are in use, and in which order
    static constexpr const char *kName = "policies-set";
    uint32_t pipeline = 0;
    PolicyOrder order{};
    void fields(auto &&field) const { field("policies", order); }
    bool operator==(const PoliciesSet &) const = default;
};

using RunEvents = EventList<FaultSet, FaultCleared, KnobTurned, PoliciesSet>;

} // namespace resilience::sim
