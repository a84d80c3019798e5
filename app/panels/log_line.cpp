// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/log_line.h"

#include "core/tell/transcript.h"

namespace app {

using namespace resilience;
using namespace resilience::sim;

namespace {

template <typename... Kinds> bool isOneOf(const Event &event) { return (event.as<Kinds>() || ...); }

// How attempts ended, and what policies, health checks and the lock decided.
bool isLogged(const Event &event)
{
    return isOneOf<Finished, Rejected, Transitioned, RetryPlanned, RetryGivenUp, HedgeBegun, OutOfTime, HealthChanged,
                   Restarting, Restarted, LockDecided, LeaseOver, WriteTried, WriteHeldBack>(event);
}

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
