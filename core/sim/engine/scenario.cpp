// SPDX-License-Identifier: MIT
#include "core/sim/engine/scenario.h"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace resilience::sim {

namespace {

// todo(kind, list) for each kind of subject but nobody.
template <typename Do> void forEachKind(const Scenario &scenario, Do &&todo)
{
    todo(Subject::Kind::Client, scenario.clients);
    todo(Subject::Kind::Service, scenario.services);
    auto kind = static_cast<uint8_t>(detail::kFirstOfParts);
    forEachSettings(scenario, [&](const auto &settings) {
        std::apply([&](const auto &...one) { (todo(Subject::Kind{kind++}, settings.*one.list), ...); },
                   settings.components());
    });
}

} // namespace

std::vector<Component> componentsOf(const Scenario &scenario)
{
    std::vector<Component> all;
    forEachKind(scenario, [&all](Subject::Kind kind, const auto &list) {
        if (spec(kind).natures)
            for (uint32_t i = 0; i < list.size(); ++i)
                all.push_back({{kind, i}, list[i].name});
    });
    return all;
}

std::optional<uint32_t> placeOf(const Subject &subject, const std::vector<Component> &components)
{
    const auto found = std::find_if(components.begin(), components.end(),
                                    [&subject](const Component &one) { return one.subject == subject; });
    return found == components.end() ? std::nullopt : std::optional(uint32_t(found - components.begin()));
}

std::string nameOf(const Subject &subject, const std::vector<Component> &components)
{
    const auto place = placeOf(subject, components);
    return place ? components[*place].name : std::string();
}

const std::string &nameOf(const Subject &subject, const Scenario &scenario)
{
    static const std::string none;
    const std::string *name = &none;
    forEachKind(scenario, [&](Subject::Kind kind, const auto &list) {
        if (kind == subject.kind && subject.index < list.size())
            name = &list[subject.index].name;
    });
    return *name;
}

std::vector<uint32_t> inUsualOrder(const std::vector<Component> &components)
{
    std::vector<uint32_t> places(components.size());
    std::iota(places.begin(), places.end(), 0U);
    std::stable_sort(places.begin(), places.end(), [&components](uint32_t a, uint32_t b) {
        return spec(components[a].subject.kind).order < spec(components[b].subject.kind).order;
    });
    return places;
}

std::optional<uint32_t> usualTarget(const std::vector<Component> &components, FaultKind kind)
{
    for (const uint32_t place : inUsualOrder(components))
        if (canHave(components[place], kind))
            return place;
    return std::nullopt;
}

} // namespace resilience::sim
