// SPDX-License-Identifier: MIT
#include "core/tell/transcript.h"

#include <algorithm>
#include <functional>
#include <vector>

namespace resilience::sim {

namespace {

std::string verdictNote(const Finished &finished)
{
    const bool success = finished.outcome == RequestOutcome::Succeeded;
    if (finished.recorded == Recorded::Late)
        return success ? "late success, not counted" : "late failure, not counted";
    if (finished.state == BreakerState::HalfOpen)
        return success ? "half-open-success" : "half-open-failure";
    const std::string slow = finished.slow ? ", slow" : "";
    if (success)
        return "success" + slow;
    return "failure(" + std::to_string(std::max(finished.window.consecutiveFailures, finished.window.failures)) + ")"
           + slow;
}

// A closed breaker keeps a record of every result: one that says nothing was not asked.
bool passedNoBreaker(const Finished &finished)
{
    return finished.recorded == Recorded::Nothing && finished.state == BreakerState::Closed;
}

std::string stateLine(const Pipeline &pipeline, Time now)
{
    return std::string("State: ") + name(pipeline.breaker().view(now).state) + "\n";
}

using LineOf = std::function<std::optional<std::string>(const Event &)>;

std::string linesOf(const Timeline &timeline, const LineOf &lineOf)
{
    std::string text;
    const EventLog &log = timeline.history().log();
    for (uint64_t number = log.firstNumber(); number <= timeline.lastEvent(); ++number)
        if (const Event *event = log.numbered(number))
            if (const auto line = lineOf(*event))
                text += *line + "\n";
    return text;
}

bool isHealth(const Event &event)
{
    return event.as<ProbeEnded>() || event.as<HealthChanged>() || event.as<Restarting>() || event.as<Restarted>();
}

struct Section {
    std::string name;
    std::string text;
};

Section sectionOf(uint32_t pipeline, const Timeline &timeline)
{
    const World &world = timeline.world();
    const auto ofThis = [pipeline](const Event &event) { return event.pipeline == pipeline; };
    Section section{world.flow().owners()[pipeline].name, linesOf(timeline, [&](const Event &event) {
                        return ofThis(event) ? consoleLine(event, timeline.scenario()) : std::nullopt;
                    })};
    if (world.pipelines()[pipeline].config().configured.has(PolicyKind::CircuitBreaker))
        section.text +=
            stateLine(world.pipelines()[pipeline], world.now())
            + linesOf(timeline, [&](const Event &event) { return ofThis(event) ? breakerLine(event) : std::nullopt; });
    return section;
}

} // namespace

std::optional<std::string> breakerLine(const Event &event)
{
    if (const auto *moved = event.as<Transitioned>())
        return std::string("  → TRANSITION: ") + name(moved->move.from) + " → " + name(moved->move.to);
    if (const auto *away = event.as<Rejected>(); away && away->by == PolicyKind::CircuitBreaker)
        return std::string("  [") + name(away->state) + "] fast-fail";
    if (const auto *finished = event.as<Finished>(); finished && !passedNoBreaker(*finished))
        return std::string("  [") + name(finished->state) + "] " + verdictNote(*finished);
    return std::nullopt;
}

std::string transcript(const Timeline &timeline)
{
    const Scenario &scenario = timeline.scenario();
    std::vector<Section> sections;
    for (uint32_t pipeline = 0; pipeline < timeline.world().pipelines().size(); ++pipeline)
        sections.push_back(sectionOf(pipeline, timeline));
    const auto probes = [](const ClientConfig &client) { return client.probing.has_value(); };
    if (std::any_of(scenario.clients.begin(), scenario.clients.end(), probes))
        sections.push_back({"health", linesOf(timeline, [&](const Event &event) {
                                return isHealth(event) ? consoleLine(event, scenario) : std::nullopt;
                            })});
    // Whatever has a line is told, also what no pipeline and no probe is about.
    const bool hasLock = !scenario.lock.holders.empty();
    Section rest{hasLock ? "lock" : "other", linesOf(timeline, [&](const Event &event) {
                     return !event.pipeline && !isHealth(event) ? consoleLine(event, scenario) : std::nullopt;
                 })};
    if (hasLock || !rest.text.empty())
        sections.push_back(std::move(rest));
    std::string text;
    for (const Section &section : sections)
        text += (sections.size() > 1 ? "=== " + section.name + " ===\n" : "") + section.text;
    return text;
}

} // namespace resilience::sim
