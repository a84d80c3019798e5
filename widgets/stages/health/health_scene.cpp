// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stages/health/health_scene.h"

#include "widgets/look/translation.h"
#include "widgets/stage/stage_words.h"
#include "widgets/stages/health/health_stage.h"

#include <algorithm>

namespace widgets {

using resilience::sim::ProbeEnded;
using resilience::sim::ProbeFlight;
using resilience::sim::ProbeResult;
using resilience::sim::ProberView;
using resilience::sim::Request;
using resilience::sim::ServiceView;
using resilience::sim::Snapshot;
using words::HealthTarget;

namespace {

const ProberView &watchOf(const Snapshot &snapshot) { return snapshot.health.front(); }

const HealthTarget *targetAt(const Snapshot &snapshot, uint64_t place)
{
    const auto &targets = watchOf(snapshot).targets;
    return place < targets.size() ? &targets[place] : nullptr;
}

QString healthServiceText(const Snapshot &snapshot, uint64_t index)
{
    if (index >= snapshot.services.size())
        return {};
    const ServiceView &service = snapshot.services[index];
    const QString name = QString::fromStdString(service.name);
    const QStringList faults = words::serviceFaults(service);
    const QString restarts =
        service.counts.restarts > 0 ? HealthTr::tr(" Restarted %1 times.").arg(service.counts.restarts) : QString();
    if (faults.isEmpty())
        return HealthTr::tr("%1: %2. Click to inject a fault.").arg(name, words::serviceDetail(service).front())
               + restarts;
    return HealthTr::tr("%1: %2. Click to clear the faults.").arg(name, faults.join(QStringLiteral(", "))) + restarts;
}

QString resultText(const Snapshot &snapshot, const HealthTarget &target, const ProbeResult &result)
{
    const QString how = result.timedOut     ? HealthTr::tr("timed out")
                        : !result.succeeded ? HealthTr::tr("failed")
                        : result.slow       ? HealthTr::tr("succeeded, but slowly")
                                            : HealthTr::tr("succeeded");
    return HealthTr::tr("%1 of %2: %3 after %4, at %5")
        .arg(words::probeName(result.kind), words::targetName(snapshot, target), how, words::duration(result.latency),
             words::moment(result.at));
}

QString flightText(const Snapshot &snapshot, const HealthTarget &target, const ProbeFlight &flight)
{
    using resilience::sim::Leg;
    const QString way = flight.leg == Leg::Outbound  ? HealthTr::tr("on its way")
                        : flight.leg == Leg::Inbound ? (flight.failed ? HealthTr::tr("comes back with a failure")
                                                                      : HealthTr::tr("comes back with success"))
                        : flight.leg == Leg::Lost    ? HealthTr::tr("will never be answered")
                                                     : HealthTr::tr("being answered");
    return HealthTr::tr("%1 of %2, sent at %3: %4")
        .arg(words::probeName(flight.kind), words::targetName(snapshot, target), words::moment(flight.sentAt), way);
}

QString healthEventText(const Snapshot &snapshot, uint64_t event)
{
    for (const HealthTarget &target : watchOf(snapshot).targets) {
        for (const auto *results : {&target.readiness, &target.liveness})
            for (const ProbeResult &result : *results)
                if (result.event == event)
                    return resultText(snapshot, target, result);
        for (const ProbeFlight &flight : target.flights)
            if (flight.event == event)
                return flightText(snapshot, target, flight);
    }
    return {};
}

QString healthRequestText(const Snapshot &snapshot, uint64_t id)
{
    for (const Request &request : snapshot.requests)
        if (request.id == id && request.service < snapshot.services.size()) {
            const QString name = QString::fromStdString(snapshot.services[request.service].name);
            return request.leg == resilience::sim::Leg::Outbound
                       ? HealthTr::tr("Call %1: on its way to %2").arg(id).arg(name)
                   : request.leg == resilience::sim::Leg::Inbound
                       ? HealthTr::tr("Call %1: on its way back from %2").arg(id).arg(name)
                       : HealthTr::tr("Call %1: at %2").arg(id).arg(name);
        }
    return {};
}

QString levelText(const Snapshot &snapshot, const HealthTarget &target)
{
    const auto &rule = watchOf(snapshot).config.check;
    return HealthTr::tr("Latest probe of %1: %2. Degraded above %3, unhealthy above %4.")
        .arg(words::targetName(snapshot, target),
             target.readiness.empty()           ? HealthTr::tr("none yet")
             : target.readiness.back().timedOut ? HealthTr::tr("no answer")
                                                : words::duration(target.readiness.back().latency),
             words::duration(rule.degradedLatency), words::duration(rule.unhealthyLatency));
}

QString healthPartText(const Snapshot &snapshot, HealthPart part, const HealthTarget &of)
{
    const auto &config = watchOf(snapshot).config;
    const QString name = words::targetName(snapshot, of);
    const auto wait = [&](const auto &next) {
        return next ? HealthTr::tr("Next probe of %1 at %2, one every %3")
                          .arg(name, words::moment(*next), words::duration(config.interval))
                    : HealthTr::tr("%1 is not probed for this").arg(name);
    };
    switch (part) {
    case HealthPart::Route:
        return of.routed ? HealthTr::tr("Routing table: %1 gets traffic. Click to read why.").arg(name)
                         : HealthTr::tr("Routing table: %1 gets no traffic. Click to read why.").arg(name);
    case HealthPart::Belief:
        return HealthTr::tr("%1, as far as the probes know: %2; %3. Click to read why.")
            .arg(name, words::healthStatus(snapshot, of).front().toLower(), words::readyVerdict(of, config).front());
    case HealthPart::Load:
        return levelText(snapshot, of);
    case HealthPart::ReadinessWait:
        return wait(of.nextReadiness);
    case HealthPart::LivenessWait:
        return wait(of.nextLiveness);
    }
    return {};
}

// The wait for a probe: the one that is out, or else the result it was planned after.
uint64_t probeBehind(const HealthTarget &of, bool live)
{
    for (const ProbeFlight &flight : of.flights)
        if ((flight.kind != resilience::Probe::Readiness) == live)
            return flight.event;
    const auto &results = live ? of.liveness : of.readiness;
    return results.empty() ? 0 : results.back().event;
}

} // namespace

QString HealthScene::name() const { return HealthTr::tr("Health check stage"); }

std::unique_ptr<StagePicture> HealthScene::layout(const SharedSnapshot &shared, QSizeF size, const Theme &theme) const
{
    const Snapshot &snapshot = *shared;
    if (snapshot.health.empty() || snapshot.health.front().targets.empty()
        || snapshot.health.front().client >= snapshot.clients.size())
        return nullptr;
    return std::make_unique<HealthPicture>(shared, size, theme);
}

StageState HealthScene::state(const Snapshot &snapshot) const
{
    if (snapshot.health.empty())
        return {};
    uint64_t key = 0;
    for (const HealthTarget &target : watchOf(snapshot).targets)
        key = key * 2 + target.routed;
    return {.key = key, .changes = watchOf(snapshot).routingChanges};
}

QString HealthScene::stageText(const Snapshot &snapshot) const
{
    const ProberView &watch = watchOf(snapshot);
    const auto routed =
        std::count_if(watch.targets.begin(), watch.targets.end(), [](const auto &t) { return t.routed; });
    QString text = HealthTr::tr("%1 of %2 nodes get traffic.").arg(routed).arg(watch.targets.size());
    for (const HealthTarget &target : watch.targets) {
        const QStringList faults = words::serviceFaults(snapshot.services[target.service]);
        const QString status = target.restartingUntil ? HealthTr::tr("restarting")
                                                      : words::healthStatus(snapshot, target).front().toLower();
        text += QLatin1Char(' ') + HealthTr::tr("%1: %2").arg(words::targetName(snapshot, target), status);
        text += faults.isEmpty() ? QStringLiteral(".")
                                 : QStringLiteral(", ") + faults.join(QStringLiteral(", ")) + QLatin1Char('.');
    }
    return text;
}

QString HealthScene::targetText(const Snapshot &snapshot, const StageTarget &target) const
{
    const ProberView &watch = watchOf(snapshot);
    if (target.is<targets::Client>())
        return HealthTr::tr("%1: %2, to the nodes in turn that are ready. It probes each of them every %3.")
            .arg(QString::fromStdString(snapshot.clients[watch.client].name),
                 words::clientDetail(snapshot.clients[watch.client]), words::duration(watch.config.interval));
    if (const auto *service = target.as<targets::Service>())
        return healthServiceText(snapshot, service->service);
    if (const auto *outcome = target.as<targets::RecentOutcome>())
        return words::endText(snapshot, outcome->event);
    if (const auto *request = target.as<targets::Request>())
        return healthRequestText(snapshot, request->request);
    if (const auto *event = target.as<targets::Event>())
        return healthEventText(snapshot, event->event);
    const auto part = target.part<HealthPart>();
    const HealthTarget *of = part ? targetAt(snapshot, part->of) : nullptr;
    return of ? healthPartText(snapshot, part->which, *of) : QString();
}

std::optional<uint64_t> HealthScene::eventBehind(const Snapshot &snapshot, const StageTarget &target) const
{
    const auto part = target.part<HealthPart>();
    if (!part)
        return std::nullopt;
    const HealthTarget *of = targetAt(snapshot, part->of);
    if (!of)
        return 0;
    switch (part->which) {
    case HealthPart::Route:
        return of->lastChange;
    case HealthPart::Belief:
        return of->restartingUntil ? of->lastRestart : of->lastChange;
    case HealthPart::Load:
        return of->readiness.empty() ? 0 : of->readiness.back().event;
    case HealthPart::ReadinessWait:
        return probeBehind(*of, false);
    case HealthPart::LivenessWait:
        return probeBehind(*of, true);
    }
    return 0;
}

} // namespace widgets
