// SPDX-License-Identifier: MIT
#include "core/sim/measure/sides.h"

#include <algorithm>
#include <map>

namespace resilience::sim {

namespace {

std::string nameOf(const Side &side, const Scenario &scenario)
{
    const std::string &first = scenario.clients[side.clients.front()].name;
    const size_t dash = first.rfind('-');
    if (side.clients.size() == 1 || dash == std::string::npos)
        return first;
    const std::string end = first.substr(dash);
    const bool alike = std::all_of(side.clients.begin(), side.clients.end(),
                                   [&](uint32_t client) { return scenario.clients[client].name.ends_with(end); });
    return alike ? end.substr(1) : first;
}

} // namespace

std::vector<Side> sidesOf(const Scenario &scenario)
{
    std::map<std::string, size_t> copies; // by arrival stream
    std::vector<Side> sides;
    std::vector<Side> alone;
    for (uint32_t i = 0; i < scenario.clients.size(); ++i) {
        const std::string &tape = scenario.clients[i].arrivals.arrivalStream;
        if (tape.empty()) {
            alone.push_back({{}, {i}});
            continue;
        }
        const size_t copy = copies[tape]++;
        if (copy == sides.size())
            sides.emplace_back();
        sides[copy].clients.push_back(i);
    }
    if (sides.size() < 2)
        return {};
    sides.insert(sides.end(), alone.begin(), alone.end());
    for (Side &side : sides)
        side.name = nameOf(side, scenario);
    const auto subject = withRole(scenario.clients, Role::Subject);
    const auto with = std::find_if(sides.begin(), sides.end(), [&](const Side &side) {
        return subject && std::find(side.clients.begin(), side.clients.end(), *subject) != side.clients.end();
    });
    (with != sides.end() ? *with : sides.size() == 2 ? sides.back() : sides.front()).ours = true;
    return sides;
}

} // namespace resilience::sim
