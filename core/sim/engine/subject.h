// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace resilience::sim {

/// Who acts in a run, or whom something is done to: one of the clients, the services, or the components of a part (the
/// lock's nodes, those who want the lock). The kind says which list the index is of, so that the first service is never
/// taken for the first node.
struct Subject {
    /// After these come those of further parts, in the order of part_list.h: subjectOf<BeaconConfig>(0).
    enum class Kind : uint8_t { Nobody, Client, Service, LockNode, LockHolder };

    Kind kind = Kind::Nobody;
    uint32_t index = 0; // among its kind; 0 for nobody

    static constexpr Subject client(uint32_t index) { return {Kind::Client, index}; }
    static constexpr Subject service(uint32_t index) { return {Kind::Service, index}; }
    static constexpr Subject lockNode(uint32_t index) { return {Kind::LockNode, index}; }
    static constexpr Subject lockHolder(uint32_t index) { return {Kind::LockHolder, index}; }

    constexpr bool isClient() const { return kind == Kind::Client; }
    constexpr bool isService() const { return kind == Kind::Service; }
    /// Whether it is anybody at all.
    constexpr explicit operator bool() const { return kind != Kind::Nobody; }
    constexpr bool operator==(const Subject &) const = default;
};

} // namespace resilience::sim
