// SPDX-License-Identifier: MIT
#include "core/duration_text.h"
#include "core/tell/explainer.h"

#include <algorithm>

// Why a service is trusted with traffic, or not.
namespace resilience::sim {

namespace {

const char *probeName(Probe kind)
{
    return kind == Probe::Readiness ? "readiness" : kind == Probe::Liveness ? "liveness" : "start-up";
}

const char *question(Probe kind)
{
    return kind == Probe::Readiness  ? "should it get traffic?"
           : kind == Probe::Liveness ? "is the process itself stuck?"
                                     : "has it come up?";
}

// Lights up the latest `most` results of this kind before the event that failed, or succeeded, as wanted.
void lightUpProbes(const Timeline &timeline, const Event &event, Probe kind, bool succeeded, size_t most,
                   Explanation &out)
{
    const EventLog &log = timeline.history().log();
    for (uint64_t number = event.number; number >= log.firstNumber() && number > 0 && out.counted.size() < most;
         --number) {
        const Event *other = log.numbered(number);
        const ProbeEnded *ended = other ? other->as<ProbeEnded>() : nullptr;
        if (!ended || other->actor != event.actor || other->target != event.target || ended->kind != kind)
            continue;
        if (ended->succeeded != succeeded)
            break;
        out.counted.insert(out.counted.begin(), number);
    }
}

// The latest result before the event: what brought the change about.
const Event *resultBefore(const Timeline &timeline, const Event &event)
{
    const EventLog &log = timeline.history().log();
    for (uint64_t number = event.number - 1; number >= log.firstNumber() && number > 0; --number) {
        const Event *other = log.numbered(number);
        if (!other || other->at != event.at)
            break;
        if (other->as<ProbeEnded>() && other->actor == event.actor && other->target == event.target)
            return other;
    }
    return nullptr;
}

} // namespace

void Explainer::operator()(const ProbeSent &sent)
{
    const ProbingConfig &config = *before.health().configOf(event.actor.index);
    std::string text = std::string("It asks: ") + question(sent.kind) + " One goes out every "
                       + durationText(config.interval) + ", and has failed if no answer is back within "
                       + durationText(config.check.probeTimeout()) + ".";
    const bool hasDependencies = !before.services()[event.target.index].config().dependencies.empty();
    if (hasDependencies && sent.kind == Probe::Readiness && config.readinessAsksDependencies)
        text += " " + service() + " asks what it depends on before it answers.";
    if (hasDependencies && sent.kind == Probe::Liveness)
        text += config.livenessAsksDependencies
                    ? " " + service()
                          + " asks what it depends on before it answers. It should not: a restart cures nobody else."
                    : " " + service() + " asks nobody else: a restart could only cure what is its own.";
    say(std::string("A ") + probeName(sent.kind) + " probe goes to " + service() + " at " + now(), text);
}

void Explainer::operator()(const ProbeEnded &ended)
{
    const HealthCheckConfig &rule = before.health().configOf(event.actor.index)->check;
    out.title = std::string("A ") + probeName(ended.kind) + " probe of " + service()
                + (ended.succeeded  ? " succeeded"
                   : ended.timedOut ? " timed out"
                                    : " failed")
                + " at " + now();
    if (ended.timedOut)
        out.text = "No answer came within " + spanText(ended.latency) + "; that counts as a failure.";
    else if (ended.succeeded && ended.latency > rule.degradedLatency)
        out.text = "The answer took " + spanText(ended.latency, rule.degradedLatency) + ", longer than "
                   + durationText(rule.degradedLatency) + ": a success, but a slow one.";
    else if (ended.succeeded)
        out.text = "The answer took " + spanText(ended.latency, rule.degradedLatency) + ", no longer than "
                   + durationText(rule.degradedLatency) + ".";
    else if (ended.latency > rule.unhealthyLatency)
        out.text = "The answer took " + spanText(ended.latency, rule.unhealthyLatency) + ", longer than "
                   + durationText(rule.unhealthyLatency) + ": so slow that it counts as a failure.";
    else
        out.text =
            before.services()[event.target.index].gone() ? "It was refused: nobody is there." : "The answer said no.";
    if (ended.kind == Probe::Startup)
        return;
    const uint64_t run = ended.succeeded ? ended.succeededInARow : ended.failedInARow;
    const uint64_t needed = ended.succeeded ? rule.successesToHealthy : rule.failuresToUnhealthy;
    const bool readiness = ended.kind == Probe::Readiness;
    if (readiness || !ended.succeeded) {
        const Health was = before.health().checkOf(event.actor.index, event.target.index)->status();
        const bool ready = was == Health::Healthy || was == Health::Degraded;
        const std::string inARow =
            count(run, ended.succeeded ? "success" : "failure", ended.succeeded ? "successes" : "failures");
        out.text += " That is " + inARow + " in a row";
        if (readiness && ready == ended.succeeded)
            out.text += ready ? ", and it is in rotation already." : ", and it is out of rotation already.";
        else
            out.text += "; it takes " + std::to_string(needed) + " to "
                        + (!readiness        ? "have it restarted"
                           : ended.succeeded ? "bring it into rotation"
                                             : "take it out of rotation")
                        + ".";
        out.rule = std::string(ended.succeeded ? "successes" : "failures") + " in a row " + std::to_string(run)
                   + (run >= needed ? " >= " : " < ") + std::to_string(needed);
    }
    lightUpProbes(timeline, event, ended.kind, ended.succeeded, std::min<uint64_t>(run, 2 * needed), out);
}

void Explainer::becameHealthy(const HealthChanged &changed, const ProbeEnded *result)
{
    const HealthCheckConfig &rule = before.health().configOf(event.actor.index)->check;
    const uint64_t needed = rule.successesToHealthy;
    const uint64_t run = result ? result->succeededInARow : needed;
    const bool wasDegraded = changed.from == Health::Degraded;
    const bool first = changed.from == Health::Unknown;
    out.text =
        first ? std::string("Its first probe of all succeeded: that is enough.")
              : count(needed, "probe", "probes") + " in a row " + (wasDegraded ? "were fast enough." : "succeeded.");
    out.rule = first ? "first result: success -> healthy"
               : wasDegraded
                   ? "fast in a row " + std::to_string(needed) + " >= " + std::to_string(needed) + " -> healthy"
                   : "successes in a row " + std::to_string(run) + " >= " + std::to_string(needed) + " -> healthy";
    lightUpProbes(timeline, event, Probe::Readiness, true, std::min(run, needed), out);
}

void Explainer::operator()(const HealthChanged &changed)
{
    const HealthCheckConfig &rule = before.health().configOf(event.actor.index)->check;
    const Event *cause = resultBefore(timeline, event);
    const ProbeEnded *result = cause ? cause->as<ProbeEnded>() : nullptr;
    const std::string failures = std::to_string(rule.failuresToUnhealthy);
    out.title = service() + " is " + (changed.live ? name(changed.to) : "not alive") + " from " + now() + " on";
    if (!changed.live) {
        out.text = count(rule.failuresToUnhealthy, "liveness probe", "liveness probes")
                   + " in a row failed: the process counts as stuck.";
        out.rule = "liveness failures in a row " + failures + " >= " + failures + " -> restart";
        lightUpProbes(timeline, event, Probe::Liveness, false, rule.failuresToUnhealthy, out);
        return;
    }
    switch (changed.to) {
    case Health::Unknown:
        out.text = "It is another process than before, and nothing is known about it yet.";
        break;
    case Health::Unhealthy: {
        const bool first = changed.from == Health::Unknown;
        out.text = first ? "Its first probe failed, and nothing has shown that it works."
                         : count(rule.failuresToUnhealthy, "readiness probe", "readiness probes") + " in a row failed.";
        out.rule = first ? "first result: failure -> unhealthy"
                         : "failures in a row " + failures + " >= " + failures + " -> unhealthy";
        lightUpProbes(timeline, event, Probe::Readiness, false, first ? 1 : rule.failuresToUnhealthy, out);
        break;
    }
    case Health::Degraded:
        out.text = result ? "A probe took " + spanText(result->latency, rule.degradedLatency) + ", longer than "
                                + durationText(rule.degradedLatency) + ": it works, slowly."
                          : "It works, slowly.";
        if (result)
            out.rule = spanText(result->latency, rule.degradedLatency) + " > " + durationText(rule.degradedLatency)
                       + " -> degraded";
        lightUpProbes(timeline, event, Probe::Readiness, true, 1, out);
        break;
    case Health::Healthy:
        becameHealthy(changed, result);
        break;
    }
    const bool was = changed.from == Health::Healthy || changed.from == Health::Degraded;
    out.text += changed.routed == was ? changed.routed ? " It keeps its traffic." : " It gets no traffic."
                : changed.routed      ? " It gets traffic from now on."
                                      : " It gets no traffic from now on; calls already under way are not called back.";
}

void Explainer::operator()(const Restarting &restarting)
{
    const ProbingConfig &config = *before.health().configOf(event.actor.index);
    std::string text = count(config.check.failuresToUnhealthy, "liveness probe", "liveness probes")
                       + " in a row failed, so the supervisor kills the process and starts it again. That takes "
                       + durationText(restarting.takes) + ", and all it was working on is lost.";
    if (config.livenessAsksDependencies)
        text += " Its liveness probe asks what it depends on: the fault may well be somebody else's, and then the "
                "restart cures nothing.";
    say(service() + " is restarted at " + now(), text,
        "liveness failures in a row " + std::to_string(config.check.failuresToUnhealthy)
            + " >= " + std::to_string(config.check.failuresToUnhealthy) + " -> restart");
    lightUpProbes(timeline, event, Probe::Liveness, false, config.check.failuresToUnhealthy, out);
}

void Explainer::operator()(const Restarted &)
{
    const HealthCheck *check = before.health().checkOf(event.actor.index, event.target.index);
    std::string text = "The process runs again. It is cold: for "
                       + durationText(before.services()[event.target.index].config().warmUp)
                       + " its answers take longer, at first four times as long.";
    if (check && check->view(event.at).status == Health::Unknown)
        text += " If its first readiness probe is good, it gets traffic at once.";
    else if (check)
        text += " It has failed readiness probes while it was away, so it gets traffic after "
                + count(check->config().successesToHealthy, "good one", "good ones in a row") + ".";
    say(service() + " is back at " + now(), text);
}

} // namespace resilience::sim
