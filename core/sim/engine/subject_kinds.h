// SPDX-License-Identifier: MIT
#pragma once

#include "core/names.h"
#include "core/sim/engine/component.h"
#include "core/sim/engine/part_list.h"
#include "core/sim/engine/subject.h"

#include <array>
#include <cstddef>
#include <tuple>
#include <type_traits>

// All kinds of subjects there are: nobody, clients, services, and the components of the parts in the order of their
// list.
namespace resilience::sim {

namespace detail {
template <typename... Holders> constexpr auto listsOf(SettingsOf<Holders...> *)
{
    return std::tuple_cat(OnlyMember<Holders>::components()...);
}
using ComponentLists = decltype(listsOf(static_cast<PartSettings *>(nullptr)));
inline constexpr size_t kFirstOfParts = 3;

template <typename Config, typename... Lists> constexpr size_t placeOf(std::tuple<Lists...> *)
{
    size_t place = 0;
    (void)((std::is_same_v<Config, typename Lists::Component> || (++place, false)) || ...);
    return place;
}
} // namespace detail

inline constexpr auto kComponentSpecs = std::apply(
    [](const auto &...lists) {
        return std::array<ComponentSpec, detail::kFirstOfParts + sizeof...(lists)>{
            ComponentSpec{"nobody", "component"}, ComponentSpec{"client", "client"},
            ComponentSpec{"service", "service", {Nature::Service, Nature::Server, Nature::Process}}, lists.spec...};
    },
    detail::listsOf(static_cast<PartSettings *>(nullptr)));
inline constexpr size_t kSubjectKindCount = kComponentSpecs.size();

constexpr const ComponentSpec &spec(Subject::Kind kind) { return kComponentSpecs[static_cast<size_t>(kind)]; }

/// Of those that a part's settings list as `Config`.
template <typename Config>
inline constexpr Subject::Kind
    kKindOf = static_cast<Subject::Kind>(detail::kFirstOfParts
                                         + detail::placeOf<Config>(static_cast<detail::ComponentLists *>(nullptr)));
template <typename Config> constexpr Subject subjectOf(uint32_t index) { return {kKindOf<Config>, index}; }

static_assert(kKindOf<LockNodeConfig> == Subject::Kind::LockNode);
static_assert(kKindOf<LockHolderConfig> == Subject::Kind::LockHolder);

} // namespace resilience::sim
namespace resilience {
/// As the keys of files name them.
template <> struct Names<sim::Subject::Kind> {
    static constexpr auto all = [] {
        std::array<const char *, sim::kSubjectKindCount> keys{};
        for (size_t i = 0; i < keys.size(); ++i)
            keys[i] = sim::kComponentSpecs[i].key;
        return keys;
    }();
};
} // namespace resilience
