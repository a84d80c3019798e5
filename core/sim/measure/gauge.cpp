// SPDX-License-Identifier: MIT
#include "core/sim/measure/gauge.h"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>

namespace resilience::sim {

namespace {

template <typename P, size_t kPlace> std::vector<uint32_t> ownersIn(const World &world)
{
    return std::get<kPlace>(P::gauges()).owners(world.part<P>());
}
template <typename P, size_t kPlace> double readIn(const World &world, uint32_t index, Time t)
{
    return std::get<kPlace>(P::gauges()).read(world.part<P>(), index, t);
}

template <typename P, size_t... kPlaces> constexpr auto specsIn(std::index_sequence<kPlaces...>)
{
    constexpr auto all = P::gauges();
    return std::array<GaugeSpec, sizeof...(kPlaces)>{
        GaugeSpec{all[kPlaces].id, all[kPlaces].word, all[kPlaces].chart, all[kPlaces].flows, all[kPlaces].owner,
                  all[kPlaces].component, ownersIn<P, kPlaces>, readIn<P, kPlaces>}...};
}
template <typename P> constexpr auto specsOf()
{
    if constexpr (requires { P::gauges(); })
        return specsIn<P>(std::make_index_sequence<P::gauges().size()>());
    else
        return std::array<GaugeSpec, 0>{};
}

template <typename... P> constexpr auto allSpecs(std::tuple<P...> *)
{
    return std::apply([](const auto &...specs) { return std::array{specs...}; }, std::tuple_cat(specsOf<P>()...));
}
constexpr auto kGauges = allSpecs(static_cast<Parts *>(nullptr));

} // namespace

std::span<const GaugeSpec> gaugeSpecs() { return kGauges; }

Gauge gaugeNamed(std::string_view id, uint32_t index)
{
    for (uint32_t kind = 0; kind < kGauges.size(); ++kind)
        if (kGauges[kind].id == id)
            return {kind, index};
    throw std::out_of_range("no gauge is called " + std::string(id));
}

std::vector<Gauge> gaugesOf(const World &world)
{
    std::vector<Gauge> gauges;
    for (uint32_t kind = 0; kind < kGauges.size();) {
        // One owner after the other, with all kinds in a row that such owners have.
        const auto isAlike = [&](uint32_t other) {
            return kGauges[other].owner == kGauges[kind].owner && kGauges[other].component == kGauges[kind].component;
        };
        const size_t first = gauges.size();
        uint32_t next = kind;
        for (; next < kGauges.size() && isAlike(next); ++next)
            for (const uint32_t index : kGauges[next].owners(world))
                gauges.push_back({next, index});
        std::stable_sort(gauges.begin() + static_cast<std::ptrdiff_t>(first), gauges.end(),
                         [](const Gauge &a, const Gauge &b) { return a.index < b.index; });
        kind = next;
    }
    return gauges;
}

} // namespace resilience::sim
