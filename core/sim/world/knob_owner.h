// SPDX-License-Identifier: MIT
#pragma once

#include "core/names.h"

#include <array>
#include <cstdint>

namespace resilience::sim {

/// What in the world a knob's setting belongs to.
enum class KnobOwner : uint8_t { Client, Service, Pipeline, Prober, Lock };

} // namespace resilience::sim

/// As `list --json` writes them.
template <> struct resilience::Names<resilience::sim::KnobOwner> {
    static constexpr std::array all{"client", "service", "pipeline", "prober", "lock"};
};

namespace resilience::sim {

/// `knob` is an index into knobs().
KnobOwner knobOwner(uint32_t knob);

} // namespace resilience::sim
