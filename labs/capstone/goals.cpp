// SPDX-License-Identifier: GPL-3.0-or-later
#include "labs/capstone/goals.h"

#include "core/sim/world/knobs.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <vector>

namespace resilience::labs::capstone {

using namespace resilience::sim;

namespace {

constexpr double kSurvived = 0.8;
constexpr size_t kFaultsOfABadDay = 2;

// What was in use at the start, by pipeline, in the order in which the world numbers them.
std::vector<PolicyOrder> ordersAtStart(const Scenario &scenario)
{
    std::vector<PolicyOrder> orders;
    for (const ClientConfig &client : scenario.clients)
        if (!client.sharesPipelineOf)
            orders.push_back(client.pipeline.order);
    for (const ServiceConfig &service : scenario.services)
        for (const DependencyConfig &dependency : service.dependencies)
            orders.push_back(dependency.pipeline.order);
    return orders;
}

} // namespace

bool gotStuck(const Timeline &timeline) { return timeline.milestones().stuck().has_value(); }
bool gotOut(const Timeline &timeline) { return timeline.milestones().recovered().has_value(); }

bool switchedOffAndOn(const Timeline &timeline)
{
    std::vector<PolicyOrder> orders = ordersAtStart(timeline.scenario());
    std::vector<PolicyOrder> takenOut(orders.size());
    std::map<uint32_t, bool> knobsOff;
    for (const JournalEntry &entry : timeline.journal().entries()) {
        if (entry.at > timeline.now())
            break;
        if (const auto *turn = std::get_if<TurnKnob>(&entry.what)) {
            if (!std::string_view(knobs()[turn->knob].id).starts_with("use_"))
                continue;
            if (turn->value != 0 && knobsOff[turn->knob])
                return true;
            knobsOff[turn->knob] = turn->value == 0;
        } else if (const auto *set = std::get_if<SetPolicies>(&entry.what); set && set->pipeline < orders.size()) {
            PolicyOrder &out = takenOut[set->pipeline];
            for (const PolicyKind kind : orders[set->pipeline])
                if (!set->order.has(kind))
                    out.append(kind);
            if (std::any_of(set->order.begin(), set->order.end(), [&](PolicyKind kind) { return out.has(kind); }))
                return true;
            orders[set->pipeline] = set->order;
        }
    }
    return false;
}

bool survived(const Timeline &timeline)
{
    const Time end = at(timeline.scenario().until);
    if (timeline.now() < end || timeline.history().faults().size() < kFaultsOfABadDay)
        return false;
    const OutcomeSeries &series = timeline.history().outcomes();
    const auto first = static_cast<size_t>(timeline.scenario().until * 2 / 3 / series.binWidth());
    const auto last =
        std::min(series.bins().size(), static_cast<size_t>(timeline.scenario().until / series.binWidth()));
    uint64_t offered = 0;
    uint64_t succeeded = 0;
    for (size_t i = first; i < last; ++i) {
        offered += series.bins()[i].offered;
        succeeded += series.bins()[i].ended[static_cast<size_t>(RequestOutcome::Succeeded)];
    }
    return offered > 0 && static_cast<double>(succeeded) >= kSurvived * static_cast<double>(offered);
}

} // namespace resilience::labs::capstone
