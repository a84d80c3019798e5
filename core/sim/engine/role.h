// SPDX-License-Identifier: MIT
#pragma once

#include "core/names.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

namespace resilience::sim {

/// What a client or a service is in its scenario's story.
enum class Role : uint8_t {
    Subject, // whom the scenario is about
    Control, // beside it for comparison: stays as it is
    Slow, // the service that is, or becomes, slow
};

/// The first with that role among clients or services, or their views; none when nobody has it.
template <typename List> std::optional<uint32_t> withRole(const List &list, Role role)
{
    const auto found = std::find_if(list.begin(), list.end(), [role](const auto &one) { return one.role == role; });
    return found == list.end() ? std::nullopt : std::optional(static_cast<uint32_t>(found - list.begin()));
}

/// Whom it is about: the first with the role of the subject, and the first of all where nobody has it.
/// Precondition: not empty.
template <typename List> const auto &subjectOf(const List &list)
{
    return list[withRole(list, Role::Subject).value_or(0)];
}

} // namespace resilience::sim

/// As files write them.
template <> struct resilience::Names<resilience::sim::Role> {
    static constexpr std::array all{"subject", "control", "slow"};
};
