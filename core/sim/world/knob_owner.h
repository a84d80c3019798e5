// SPDX-License-Identifier: MIT
#pragma once

#include "core/names.h"
#include "core/sim/engine/knob_target.h"

#include <array>
#include <cstdint>
#include <optional>

namespace resilience::sim {

/// What in the world a knob's setting belongs to. Of the first three there may be several, and a knob can be turned for
/// one of them; the others are one each.
enum class KnobOwner : uint8_t {
    Client,
    Service,
    Pipeline,
    Pools, // the slots that several bulkheads share out among them
    Prober,
    Lock,
};

/// How one of these is meant alone; none where there is only one anyway.
constexpr std::optional<KnobTarget::Kind> targetKindOf(KnobOwner owner)
{
    switch (owner) {
    case KnobOwner::Client:
        return KnobTarget::Kind::Client;
    case KnobOwner::Service:
        return KnobTarget::Kind::Service;
    case KnobOwner::Pipeline:
        return KnobTarget::Kind::Pipeline;
    default:
        return std::nullopt;
    }
}

} // namespace resilience::sim

/// As `list --json` writes them.
template <> struct resilience::Names<resilience::sim::KnobOwner> {
    static constexpr std::array all{"client", "service", "pipeline", "pools", "prober", "lock"};
};
