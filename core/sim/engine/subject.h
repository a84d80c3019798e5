// SPDX-License-Identifier: MIT
#pragma once

#include "core/names.h"

#include <array>
#include <cstdint>
#include <initializer_list>

namespace resilience::sim {

/// Who acts in a run, or whom something is done to: one of the clients, the services, the lock's nodes or those who
/// want the lock. The kind says which list the index is of, so that the first service is never taken for the first
/// node.
struct Subject {
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

/// A set of kinds of subjects.
class SubjectKinds {
public:
    constexpr SubjectKinds(std::initializer_list<Subject::Kind> kinds)
    {
        for (const Subject::Kind kind : kinds)
            m_bits |= bit(kind);
    }
    constexpr bool has(Subject::Kind kind) const { return (m_bits & bit(kind)) != 0; }

private:
    static constexpr unsigned bit(Subject::Kind kind) { return 1U << static_cast<unsigned>(kind); }
    unsigned m_bits = 0;
};

} // namespace resilience::sim
namespace resilience {
/// As the keys of files name them.
template <> struct Names<sim::Subject::Kind> {
    static constexpr std::array all{"nobody", "client", "service", "node", "holder"};
};
} // namespace resilience
