// SPDX-License-Identifier: MIT
#pragma once

#include "core/sim/engine/fault.h"
#include "core/sim/engine/subject.h"

#include <string>
#include <vector>

namespace resilience::sim {

/// What there is to know about a kind of subject.
struct ComponentSpec {
    const char *key; // "node": who it is, in the lines of --events
    const char *word; // "lock node": for people
    Natures natures{}; // none: nothing can happen to it, and it is no component
    int order = 0; // where several could be meant, those with the smaller number are
    /// The stream of random numbers for its messages is called so, its index after it; null: "network:" and its name.
    const char *stream = nullptr;
};

/// A list of components in the settings of a part, one after the other. Each has a `name`.
template <typename Settings, typename One> struct ComponentList {
    using Component = One;
    const char *key; // of the list: "nodes"
    std::vector<One> Settings::*list;
    ComponentSpec spec;
};
template <typename Settings, typename One>
ComponentList(const char *, std::vector<One> Settings::*, ComponentSpec) -> ComponentList<Settings, One>;

/// What a fault can be put on, and messages can reach.
struct Component {
    Subject subject{};
    std::string name;
    bool operator==(const Component &) const = default;
};

} // namespace resilience::sim
