// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/log_line.h"

#include "core/tell/transcript.h"

namespace app {

using namespace resilience;
using namespace resilience::sim;

namespace {

bool meetsBreaker(const Event &event, const World &world)
{
    const auto &all = world.pipelines();
    if (!event.pipeline)
        return false;
    const PipelineConfig &config = all[*event.pipeline].config();
    return config.order.has(PolicyKind::CircuitBreaker) || config.configured.has(PolicyKind::CircuitBreaker);
}

} // namespace

std::vector<std::string> logLines(const Event &event, const World &world, const Scenario &scenario)
{
    std::vector<std::string> lines;
    if (!isLogged(event))
        return lines;
    const auto add = [&lines](const std::optional<std::string> &line) {
        if (line)
            lines.push_back(*line);
    };
    add(consoleLine(event, scenario));
    if (event.as<Transitioned>() || meetsBreaker(event, world))
        add(breakerLine(event));
    return lines;
}

} // namespace app
