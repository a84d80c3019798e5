// SPDX-License-Identifier: MIT
#pragma once

#include "core/sim/engine/subject.h"
#include "core/time.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace resilience::sim {

/// Whose a quantity is.
enum class GaugeOwner : uint8_t {
    Run, // nobody's
    Pipeline,
    Component, // of some kind
};

/// A quantity of a part that stands at some height at any moment. A part that has some lists them:
///
///     static constexpr std::array gauges();   of PartGauge<itself>
///
/// They are sampled, kept and drawn from that: the lines of the chart that they name.
template <typename P> struct PartGauge {
    std::string_view id; // "slots_in_use": in files
    const char *word; // "slots in use": for people
    std::string_view chart; // its id: "levels", "leases"
    bool flows = false; // it also changes while nothing happens
    GaugeOwner owner = GaugeOwner::Run;
    Subject::Kind component = Subject::Kind::Nobody; // GaugeOwner::Component: the kind
    /// Whose there is one at the start, by index; {0} for the run's own.
    std::vector<uint32_t> (*owners)(const P &part);
    /// At `t`, provided that nothing happens until then.
    double (*read)(const P &part, uint32_t index, Time t);
};

/// The indices of what in a list has one.
template <typename List, typename Has> std::vector<uint32_t> indicesOf(const List &list, Has has)
{
    std::vector<uint32_t> indices;
    for (uint32_t i = 0; i < list.size(); ++i)
        if (has(list[i]))
            indices.push_back(i);
    return indices;
}

} // namespace resilience::sim
