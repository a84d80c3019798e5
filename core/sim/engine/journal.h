// SPDX-License-Identifier: MIT
#pragma once

#include "core/patterns/pipeline/policy_order.h"
#include "core/sim/engine/fault.h"
#include "core/sim/engine/knob_target.h"
#include "core/time.h"

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace resilience::sim {

/// What people do to a run.
struct SetFault {
    uint32_t target = 0; // index among the scenario's components
    FaultKind kind = FaultKind::Outage;
    double value = 1.0;
    bool operator==(const SetFault &) const = default;
};
struct ClearFault {
    uint32_t target = 0;
    FaultKind kind = FaultKind::Outage;
    bool operator==(const ClearFault &) const = default;
};
struct TurnKnob {
    uint32_t knob = 0; // index into knobs()
    double value = 0;
    KnobTarget target{};
    bool operator==(const TurnKnob &) const = default;
};
struct SetPolicies { // which policies are in use, and in which order
    uint32_t pipeline = 0; // index among the world's pipelines
    PolicyOrder order;
    bool operator==(const SetPolicies &) const = default;
};
using Intervention = std::variant<SetFault, ClearFault, TurnKnob, SetPolicies>;

/// One line of the journal. It takes effect at `at`, after `order` events of that very instant: 0 for whatever is
/// planned ahead, more when somebody paused in the middle of an instant and acted there.
struct JournalEntry {
    Time at;
    uint64_t order = 0;
    Intervention what;
    bool operator==(const JournalEntry &) const = default;
};

/// A run is its scenario, its seed and this. Entries are kept in the order in which they take effect.
class Journal {
public:
    const std::vector<JournalEntry> &entries() const { return m_entries; }
    bool empty() const { return m_entries.empty(); }

    /// Puts the entry after those that take effect no later than it. Setting and clearing the same fault again at the
    /// same place, or turning the knob of the same target that was turned there last, replaces the earlier entry: a
    /// dragged slider leaves one line, not a hundred.
    void insert(const JournalEntry &entry);
    /// Drops what would take effect later than (at, order).
    void dropAfter(Time at, uint64_t order);

    bool operator==(const Journal &) const = default;

private:
    std::vector<JournalEntry> m_entries;
};

} // namespace resilience::sim
