// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace resilience::sim {

/// Whose setting a knob turns: that of everybody who has it, or of one client, service or pipeline alone.
struct KnobTarget {
    enum class Kind : uint8_t { All, Client, Service, Pipeline };

    Kind kind = Kind::All;
    uint32_t index = 0; // among its kind; 0 for all

    static constexpr KnobTarget client(uint32_t index) { return {Kind::Client, index}; }
    static constexpr KnobTarget service(uint32_t index) { return {Kind::Service, index}; }
    static constexpr KnobTarget pipeline(uint32_t index) { return {Kind::Pipeline, index}; }

    constexpr bool isAll() const { return kind == Kind::All; }
    /// Whether it means that one, too.
    constexpr bool covers(const KnobTarget &one) const { return isAll() || *this == one; }
    constexpr bool operator==(const KnobTarget &) const = default;
};

} // namespace resilience::sim
