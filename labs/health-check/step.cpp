// SPDX-License-Identifier: GPL-3.0-or-later
#include "labs/health-check/step.h"

#include "core/sim/duration_text.h"
#include "core/sim/knobs.h"
#include "labs/lab_files.h"
#include "labs/play.h"

#include <algorithm>

namespace resilience::labs {

using namespace resilience;
using namespace resilience::sim;

namespace {

constexpr Duration kHealthLookAhead = std::chrono::seconds{120};

// Goals are asked every frame: all of them are read from counters that the world keeps.
uint64_t restarts(const Timeline &t)
{
    uint64_t sum = 0;
    for (const Service &service : t.world().services())
        sum += service.counts.restarts;
    return sum;
}

size_t routed(const Timeline &t)
{
    const Client &client = t.world().clients().front();
    size_t count = 0;
    for (size_t i = 0; i < client.config().targets.size(); ++i)
        count += client.isRouted(i);
    return count;
}

size_t targets(const Timeline &t) { return t.world().clients().front().config().targets.size(); }

// Every node has come into rotation once; each further change is a node that goes or comes.
uint64_t changesAfterTheStart(const Timeline &t)
{
    const uint64_t all = t.world().health().routingChanges();
    return all > targets(t) ? all - targets(t) : 0;
}

bool allReady(const Timeline &t) { return routed(t) == targets(t); }
bool allWereReady(const Timeline &t) { return t.world().health().routingChanges() >= targets(t); }
bool leaves(const Timeline &t) { return changesAfterTheStart(t) >= 1; }
bool returns(const Timeline &t) { return changesAfterTheStart(t) >= 2 && allReady(t); }
bool restarted(const Timeline &t) { return restarts(t) >= 1; }
bool cured(const Timeline &t)
{
    const auto &services = t.world().services();
    return restarted(t) && allReady(t) && std::none_of(services.begin(), services.end(), [](const Service &service) {
               return service.restarting();
           });
}

const HealthChanged *leftRotation(const Event &event)
{
    const auto *changed = event.as<HealthChanged>();
    return changed && changed->from != Health::Unknown && !changed->routed && changed->to == Health::Unhealthy
               ? changed
               : nullptr;
}

Question whenDoesItLeave()
{
    return {"when-does-it-leave",
            "node-2 has just failed. How many failed probes does it take until it gets no more traffic?",
            {"1", "2", "3", "4 or more", "it is never taken out"},
            [](const Timeline &, const Event &event) {
                const auto *set = event.as<FaultSet>();
                return set && set->kind == FaultKind::Outage;
            },
            [](Timeline fork) -> std::optional<Question::Answer> {
                const Time start = fork.now();
                uint64_t failed = 0;
                const auto left = playUntil(fork, kHealthLookAhead, [&failed](const Event &event) {
                    if (const auto *ended = event.as<ProbeEnded>();
                        ended && ended->kind == Probe::Readiness && !ended->succeeded)
                        ++failed;
                    return leftRotation(event) != nullptr;
                });
                if (!left)
                    return Question::Answer{4, "Too few of its probes failed in a row.", fork.now()};
                return Question::Answer{std::min<size_t>(failed, 4) - 1,
                                        "Failed probe number " + std::to_string(failed) + " took it out, "
                                            + durationText(left->at - start)
                                            + " after the fault. Until then it kept its share of the calls.",
                                        left->at};
            },
            "node-dies-and-returns"};
}

Question whatDoesTheSupervisorDo()
{
    return {"what-does-the-supervisor-do",
            "The database is gone. What will the supervisor do with the three nodes in the next ten seconds?",
            {"nothing", "restart one of them", "restart all three", "restart each of them twice or more"},
            [](const Timeline &timeline, const Event &event) {
                const auto *set = event.as<FaultSet>();
                return set && set->kind == FaultKind::Outage && event.service >= targets(timeline)
                       && timeline.world().health().config().liveness;
            },
            [](Timeline fork) -> std::optional<Question::Answer> {
                const uint64_t before = restarts(fork);
                fork.runTo(saturatingAdd(fork.now(), std::chrono::seconds{10}));
                const uint64_t count = restarts(fork) - before;
                const size_t choice = count == 0 ? 0 : count == 1 ? 1 : count < 2 * targets(fork) ? 2 : 3;
                return Question::Answer{choice,
                                        count == 0 ? "Nothing: their processes are well, and liveness asks about "
                                                     "nothing else. Readiness alone takes them out of rotation."
                                                   : "It restarted nodes " + std::to_string(count)
                                                         + " times, for a fault that was not theirs.",
                                        fork.now()};
            },
            "restart-storm"};
}

Question howManySuccessesBack()
{
    return {"how-many-successes-back",
            "node-2 is back. How many good probes does it take until it gets traffic again?",
            {"1", "2", "3", "4 or more", "it stays out"},
            [](const Timeline &timeline, const Event &event) {
                const auto *cleared = event.as<FaultCleared>();
                return cleared && cleared->kind == FaultKind::Outage && event.service < targets(timeline)
                       && !timeline.world().clients().front().isRouted(event.service);
            },
            [](Timeline fork) -> std::optional<Question::Answer> {
                const Time start = fork.now();
                uint32_t about = kNobody;
                for (uint32_t i = 0; i < targets(fork); ++i)
                    if (!fork.world().clients().front().isRouted(i))
                        about = i;
                uint64_t good = 0;
                const auto back = playUntil(fork, kHealthLookAhead, [&](const Event &event) {
                    if (event.service != about)
                        return false;
                    if (const auto *ended = event.as<ProbeEnded>();
                        ended && ended->kind == Probe::Readiness && ended->succeeded)
                        ++good;
                    const auto *changed = event.as<HealthChanged>();
                    return changed && changed->routed;
                });
                if (!back)
                    return Question::Answer{4, "It did not answer well often enough.", fork.now()};
                return Question::Answer{std::min<size_t>(std::max<uint64_t>(good, 1), 4) - 1,
                                        "Good probe number " + std::to_string(good) + " brought it back, "
                                            + durationText(back->at - start) + " after the fault had ended.",
                                        back->at};
            },
            "node-dies-and-returns"};
}

} // namespace

Lab healthCheckLab()
{
    Lab lab;
    lab.id = "health-check";
    lab.title = "Health check";
    lab.guide = parseGuide(labFile("health-check/guide.md"));
    lab.scenarios = labScenarios("health-check", {"three-nodes", "node-dies-and-returns", "slow-node", "flapping-node",
                                                  "database-outage", "restart-storm", "stuck-process"});
    lab.mainKnobs = {"probe_interval", "failures_to_unhealthy", "successes_to_healthy"};
    lab.otherKnobs = {"arrival_rate",     "timeout",           "service_latency", "probe_timeout",
                      "degraded_latency", "unhealthy_latency", "liveness",        "broken_liveness_asks_dependencies"};
    lab.faults = {FaultKind::Outage, FaultKind::Latency, FaultKind::Hang, FaultKind::ErrorRate, FaultKind::Crash};
    lab.panels = {PanelKind::HealthStage};
    lab.charts = {ChartKind::OutcomesPerSecond, ChartKind::Latency};
    lab.goals = {{"all-ready", "Every node has answered a probe and gets traffic", allWereReady},
                 {"leaves", "A failing node gets no more traffic", leaves},
                 {"returns", "It comes back, and every node gets traffic again", returns},
                 {"restarted", "A stuck process is restarted", restarted},
                 {"cured", "... and gets traffic again", cured}};
    lab.questions = {whenDoesItLeave(), howManySuccessesBack(), whatDoesTheSupervisorDo()};
    const auto liveness = knobNamed("liveness");
    lab.solution = {"three-nodes",
                    {{at(std::chrono::seconds{3}), 0, SetFault{1, FaultKind::Outage, 1}},
                     {at(std::chrono::seconds{14}), 0, ClearFault{1, FaultKind::Outage}},
                     {at(std::chrono::seconds{20}), 0, TurnKnob{*liveness, 1}},
                     {at(std::chrono::seconds{24}), 0, SetFault{1, FaultKind::Hang, 1}}},
                    std::chrono::seconds{50}};
    return lab;
}

} // namespace resilience::labs
