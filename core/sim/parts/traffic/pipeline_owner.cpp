// SPDX-License-Identifier: MIT
#include "core/sim/parts/traffic/pipeline_owner.h"

#include <algorithm>

namespace resilience::sim {

std::vector<PipelineOwner> pipelineOwnersOf(const Scenario &scenario)
{
    std::vector<PipelineOwner> owners;
    for (uint32_t i = 0; i < scenario.clients.size(); ++i)
        if (const ClientConfig &client = scenario.clients[i]; !client.sharesPipelineOf)
            owners.push_back({client.name, Subject::client(i), client.target(), false});
    for (uint32_t i = 0; i < scenario.services.size(); ++i)
        for (const DependencyConfig &dependency : scenario.services[i].dependencies)
            owners.push_back({scenario.services[i].name + " to " + scenario.services[dependency.target].name,
                              Subject::service(i), dependency.target, dependency.optional});
    return owners;
}

const PipelineConfig &pipelineOf(const PipelineOwner &owner, const Scenario &scenario)
{
    if (owner.caller.isClient())
        return scenario.clients[owner.caller.index].pipeline;
    const auto &dependencies = scenario.services[owner.caller.index].dependencies;
    return std::find_if(dependencies.begin(), dependencies.end(),
                        [&owner](const DependencyConfig &d) { return d.target == owner.target; })
        ->pipeline;
}

} // namespace resilience::sim
