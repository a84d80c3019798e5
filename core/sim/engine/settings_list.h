// SPDX-License-Identifier: MIT
#pragma once

#include "core/sim/engine/component.h"

#include <type_traits>
#include <utility>

// What a part brings to a scenario: a struct of settings that says
//
//     static constexpr const char *kKey;               the key of a scenario's file: "lock"
//     bool isThere() const;                            whether the scenario has that part at all
//     static constexpr auto components();              a tuple of ComponentList: what faults can be put on
//     static void fields(auto &self, auto &&field);    calls field(key, self.member) for each setting, in their order
//     std::optional<ConfigError> settle();             after reading: what follows from others, and what does not fit;
//                                                      left out where there is nothing
//
// A setting is a bool, a whole number, a double, a Duration (seconds in files), a Ratio, a text, a named enumeration,
// an optional of these, or a vector of structs that have fields() themselves. Reading, writing, the subjects that
// events and faults are about, and their ends in the network follow from that; keys, ranges and defaults are held
// against resources/schema/<key>.schema.json. A struct of that one member puts it into the scenario, under the member's
// name:
//
//     struct LockSettings { LockScenario lock; bool operator==(const LockSettings &) const = default; };
namespace resilience::sim {

template <typename... Holders> struct SettingsOf : Holders... {
    bool operator==(const SettingsOf &) const = default;
};

/// The one member of a struct that puts it into another.
template <typename Holder> constexpr auto &onlyMember(Holder &holder)
{
    auto &[settings] = holder;
    return settings;
}
template <typename Holder> using OnlyMember = std::remove_reference_t<decltype(onlyMember(std::declval<Holder &>()))>;

/// todo(settings) with those of each part.
template <typename... Holders, typename Do> void forEachSettings(SettingsOf<Holders...> &all, Do &&todo)
{
    (todo(onlyMember(static_cast<Holders &>(all))), ...);
}
template <typename... Holders, typename Do> void forEachSettings(const SettingsOf<Holders...> &all, Do &&todo)
{
    (todo(onlyMember(static_cast<const Holders &>(all))), ...);
}

} // namespace resilience::sim
