// SPDX-License-Identifier: GPL-3.0-or-later
#include "labs/health-check/step.h"

#include "core/sim/world/knobs.h"
#include "core/tell/figures.h"
#include "labs/kit/lab_files.h"
#include "labs/kit/play.h"

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
    const Client &client = subject(t);
    size_t count = 0;
    for (size_t i = 0; i < client.config().targets.size(); ++i)
        count += client.isRouted(i);
    return count;
}

size_t targets(const Timeline &t) { return subject(t).config().targets.size(); }

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

bool endsProbeOf(const Event &event, uint32_t node, bool succeeded)
{
    const auto *ended = event.as<ProbeEnded>();
    return ended && ended->kind == Probe::Readiness && event.target == Subject::service(node)
           && ended->succeeded == succeeded;
}

// When the node comes into rotation or leaves it; the probes that were too few before are what people stop at.
std::optional<Question::Answer> whenRouted(Timeline fork, uint32_t node, bool in, const char *tooFew)
{
    std::vector<Question::Slip> slips;
    if (!in)
        slips.push_back({secondsOf(fork.now()), tooFew});
    uint64_t probes = 0;
    const auto changed = playUntil(fork, kHealthLookAhead, [&](const Event &event) {
        if (endsProbeOf(event, node, in)) {
            slips.push_back({secondsOf(event.at), tooFew});
            ++probes;
        }
        const auto *health = event.as<HealthChanged>();
        return health && event.target == Subject::service(node) && health->routed == in;
    });
    if (!changed || probes == 0)
        return std::nullopt;
    slips.pop_back(); // that one was enough
    return Question::Answer{secondsOf(changed->at),
                            std::string("It takes as many ") + (in ? "good" : "failed")
                                + " probes in a row as the threshold says, and they are one interval apart.",
                            changed->at, std::move(slips)};
}

// The node that a fault has just been put on or taken off, or whose probe has just failed.
uint32_t nodeOf(const Timeline &timeline)
{
    const Event *about = lastEvent(timeline, [](const Event &event) {
        const auto *ended = event.as<ProbeEnded>();
        return event.as<FaultSet>() || event.as<FaultCleared>() || (ended && !ended->succeeded);
    });
    return about ? about->target.index : 0;
}

Question whenDoesItLeave()
{
    Question question;
    question.id = "when-does-it-leave";
    question.by = Question::By::Time;
    question.prompt = "The first probe of a node has just failed. When will it get no more traffic?";
    question.hint = "Interval and threshold are knobs.";
    question.tolerance = 0.7;
    question.about = {Spot::Kind::Client, 0, {}};
    question.isMoment = [](const Timeline &t, const Event &event) {
        const auto *ended = event.as<ProbeEnded>();
        return ended && ended->kind == Probe::Readiness && ended->failedInARow == 1 && event.target.index < targets(t)
               && subject(t).isRouted(event.target.index);
    };
    question.answer = [](Timeline fork) {
        const uint32_t node = nodeOf(fork);
        return whenRouted(std::move(fork), node, false,
                          "One bad answer changes nothing: the threshold is higher, and nobody tells the balancer.");
    };
    return question;
}

Question whenDoesItReturn()
{
    Question question;
    question.id = "when-does-it-return";
    question.by = Question::By::Time;
    question.prompt = "The node is well again. When will it get traffic?";
    question.hint = "The way back has a threshold of its own.";
    question.tolerance = 0.7;
    question.about = {Spot::Kind::Client, 0, {}};
    question.isMoment = [](const Timeline &t, const Event &event) {
        return clearsFault(event, FaultKind::Outage) && event.target.index < targets(t)
               && !subject(t).isRouted(event.target.index);
    };
    question.answer = [](Timeline fork) {
        const uint32_t node = nodeOf(fork);
        return whenRouted(std::move(fork), node, true,
                          "One good answer is too few: it takes as many as the threshold.");
    };
    return question;
}

Question doesItKeepItsTraffic()
{
    Question question;
    question.id = "does-it-keep-its-traffic";
    question.prompt = "node-2 answers a probe in 0.7 s now instead of 0.4 s. What becomes of its traffic?";
    question.hint = "Degraded from 0.6 s on, useless from 0.8 s on; a probe may take 1 s.";
    question.choices = {{"it keeps all of it", "It is slow, but below what counts as a failure."},
                        {"it loses it after three probes", "0.7 s is not above 0.8 s: these probes succeed."},
                        {"it loses it at once", "No single probe takes a node out."}};
    question.about = {Spot::Kind::Service, 1, {}};
    question.isMoment = [](const Timeline &t, const Event &event) {
        return setsFault(event, FaultKind::Latency) && event.target.index < targets(t) && allReady(t);
    };
    question.answer = [](Timeline fork) -> std::optional<Question::Answer> {
        const uint32_t node = nodeOf(fork);
        const Time start = fork.now();
        const auto left = playUntil(fork, std::chrono::milliseconds{7500}, [node](const Event &event) {
            const auto *health = event.as<HealthChanged>();
            return health && event.target == Subject::service(node) && !health->routed;
        });
        if (!left)
            return Question::Answer{0, "It is called degraded and keeps its traffic: that is a warning, not a verdict.",
                                    fork.now()};
        return Question::Answer{left->at - start > std::chrono::seconds{3} ? 1.0 : 2.0,
                                "It was taken out at " + momentText(left->at) + ".", left->at};
    };
    return question;
}

Question whatTheSupervisorDoes()
{
    Question question;
    question.id = "what-the-supervisor-does";
    question.prompt =
        "The database is gone, and liveness asks the database. What becomes of the three nodes in the next ten "
        "seconds?";
    question.hint = "Who fails three liveness probes is killed and started again.";
    question.choices = {{"nothing: they are well", "They are, but their probe asks about somebody else."},
                        {"one of them is restarted", "All of them ask the same database."},
                        {"each of them is restarted", "Each of the three fails the same probe."}};
    question.about = {Spot::Kind::Client, 0, {}};
    question.isMoment = [](const Timeline &timeline, const Event &event) {
        return setsFault(event, FaultKind::Outage) && event.target.index >= targets(timeline)
               && timeline.world().health().config().liveness;
    };
    question.answer = [](Timeline fork) -> std::optional<Question::Answer> {
        const uint64_t before = restarts(fork);
        fork.runTo(fork.now() + std::chrono::seconds{10});
        const uint64_t count = restarts(fork) - before;
        return Question::Answer{count == 0              ? 0.0
                                : count < targets(fork) ? 1.0
                                                        : 2.0,
                                count == 0 ? "Nothing: liveness asks their processes only, and those are well."
                                           : std::to_string(count) + " restarts, for a fault that no restart can cure.",
                                fork.now()};
    };
    return question;
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
    lab.words = {{"liveness", "Is the process itself stuck? If so it is restarted."},
                 {"readiness", "Should it get traffic? If not it is taken out of rotation, and nothing is restarted."}};
    lab.charts = sim::chartsNamed({"outcomes", "latency"});
    lab.goals = {{"all-ready", "Every node has answered a probe and gets traffic", allWereReady},
                 {"leaves", "A failing node gets no more traffic", leaves},
                 {"returns", "It comes back, and every node gets traffic again", returns},
                 {"restarted", "A stuck process is restarted", restarted},
                 {"cured", "... and gets traffic again", cured}};
    lab.comparisons = {{"liveness",
                        "A liveness that asks the database, and one that does not",
                        {"Asks the database", "restart-storm"},
                        {"Asks the process", "database-outage"},
                        "The database is away for as long in both. The liveness that asks it has 9 nodes restarted for "
                        "nothing, the other "
                        "none; 50.0 % of the calls succeed against 55.9 %.",
                        {{"restarts", "9", "0"}, {"goodput", "50.0 %", "55.9 %"}}}};
    lab.questions = {whenDoesItLeave(), whenDoesItReturn(), doesItKeepItsTraffic(), whatTheSupervisorDoes()};
    const auto liveness = knobNamed("liveness");
    lab.solutions.push_back({"three-nodes",
                             {{at(std::chrono::seconds{3}), 0, SetFault{1, FaultKind::Outage, 1}},
                              {at(std::chrono::seconds{14}), 0, ClearFault{1, FaultKind::Outage}},
                              {at(std::chrono::seconds{20}), 0, TurnKnob{*liveness, 1}},
                              {at(std::chrono::seconds{24}), 0, SetFault{1, FaultKind::Hang, 1}}},
                             std::chrono::seconds{50}});
    return lab;
}

} // namespace resilience::labs
