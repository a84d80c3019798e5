// SPDX-License-Identifier: MIT
#pragma once

#include "core/sim/engine/part_gauge.h"
#include "core/sim/world/world.h"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace resilience::sim {

/// What there is to know about a quantity that some part has, whatever part that is: see PartGauge.
struct GaugeSpec {
    std::string_view id; // "slots_in_use": in files
    const char *word; // "slots in use": for people
    std::string_view chart; // the id of the one that shows it
    bool flows; // it also changes while nothing happens
    GaugeOwner owner;
    Subject::Kind component;
    std::vector<uint32_t> (*owners)(const World &world);
    double (*read)(const World &world, uint32_t index, Time t);
};
/// Those of all parts, in their order.
std::span<const GaugeSpec> gaugeSpecs();

struct Gauge {
    uint32_t kind = 0; // its place in gaugeSpecs()
    uint32_t index = 0; // of the pipeline or component
    bool operator==(const Gauge &) const = default;
};
inline const GaugeSpec &spec(const Gauge &gauge) { return gaugeSpecs()[gauge.kind]; }
/// The one that is called so. Throws std::out_of_range: for those that are named in code.
Gauge gaugeNamed(std::string_view id, uint32_t index = 0);

/// Those that a run has. What one owner has stands together.
std::vector<Gauge> gaugesOf(const World &world);
/// At `t`, provided that nothing happens until then; not before world.now().
inline double read(const Gauge &gauge, const World &world, Time t) { return spec(gauge).read(world, gauge.index, t); }

} // namespace resilience::sim
