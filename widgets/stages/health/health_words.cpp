// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stages/health/health_words.h"

#include "widgets/look/translation.h"
#include "widgets/stage/stage_words.h"
#include "widgets/stages/health/health_process.h"

#include <algorithm>
#include <cmath>

namespace widgets::words {

using resilience::Health;
using resilience::Probe;
using resilience::sim::ProberView;
using resilience::sim::Snapshot;

namespace {

QStringList runOf(uint64_t run, uint64_t needed, const QString &what, const QString &shortWhat)
{
    return {HealthTr::tr("%1 of %2 %3 in a row").arg(run).arg(needed).arg(what),
            HealthTr::tr("%1 of %2 %3").arg(run).arg(needed).arg(what),
            HealthTr::tr("%1 of %2 %3").arg(run).arg(needed).arg(shortWhat),
            HealthTr::tr("%1 of %2").arg(run).arg(needed)};
}

QStringList thresholdOf(const QString &what, uint64_t needed, const QString &one, const QString &many)
{
    const QString count = needed == 1 ? HealthTr::tr("1 %1").arg(one) : HealthTr::tr("%1 %2").arg(needed).arg(many);
    QStringList all;
    if (needed > 1)
        all << HealthTr::tr("%1 at %2 in a row").arg(what, count);
    return all << HealthTr::tr("%1 at %2").arg(what, count) << HealthTr::tr("%1 at %2").arg(what).arg(needed);
}

QString failures() { return HealthTr::tr("failures"); }
QString successes() { return HealthTr::tr("successes"); }

template <typename Is> std::vector<const HealthTarget *> those(const ProberView &watch, Is is)
{
    std::vector<const HealthTarget *> found;
    for (const HealthTarget &target : watch.targets)
        if (is(target))
            found.push_back(&target);
    return found;
}

// "node-2", "node-1 and node-3", "3 nodes".
QString namesOf(const Snapshot &snapshot, const std::vector<const HealthTarget *> &targets)
{
    if (targets.size() == 1)
        return targetName(snapshot, *targets[0]);
    if (targets.size() == 2)
        return HealthTr::tr("%1 and %2").arg(targetName(snapshot, *targets[0]), targetName(snapshot, *targets[1]));
    return HealthTr::tr("%1 nodes").arg(targets.size());
}

} // namespace

QString targetName(const Snapshot &snapshot, const HealthTarget &target)
{
    return target.service < snapshot.services.size() ? QString::fromStdString(snapshot.services[target.service].name)
                                                     : QString();
}

QStringList healthStatus(const Snapshot &snapshot, const HealthTarget &target)
{
    if (target.restartingUntil) {
        const QString left = countdown(*target.restartingUntil - snapshot.now, std::chrono::seconds{1});
        return {HealthTr::tr("RESTARTING · %1").arg(left), HealthTr::tr("RESTART")};
    }
    switch (target.health.status) {
    case Health::Unknown:
        return {HealthTr::tr("UNKNOWN")};
    case Health::Healthy:
        return {HealthTr::tr("HEALTHY")};
    case Health::Degraded:
        return {HealthTr::tr("DEGRADED")};
    case Health::Unhealthy:
        return {HealthTr::tr("UNHEALTHY")};
    }
    return {};
}

QStringList readyVerdict(const HealthTarget &target, const HealthRule &rule)
{
    const resilience::ProbeView &probe = target.health.of(Probe::Readiness);
    const uint32_t down = rule.check.failuresToUnhealthy;
    const uint32_t up = rule.check.successesToHealthy;
    switch (target.health.status) {
    case Health::Unknown:
        return {HealthTr::tr("the first result decides"), HealthTr::tr("first decides")};
    case Health::Unhealthy:
        return probe.succeededInARow > 0 ? runOf(probe.succeededInARow, up, successes(), HealthTr::tr("ok"))
                                         : thresholdOf(HealthTr::tr("back"), up, HealthTr::tr("success"), successes());
    default:
        break;
    }
    if (probe.failedInARow > 0)
        return runOf(probe.failedInARow, down, failures(), HealthTr::tr("failed"));
    if (target.health.status == Health::Degraded)
        return {HealthTr::tr("%1 of %2 fast answers in a row").arg(target.health.fastInARow).arg(up),
                HealthTr::tr("%1 of %2 fast").arg(target.health.fastInARow).arg(up),
                HealthTr::tr("%1 of %2").arg(target.health.fastInARow).arg(up)};
    return thresholdOf(HealthTr::tr("out"), down, HealthTr::tr("failure"), failures());
}

QStringList liveVerdict(const HealthTarget &target, const HealthRule &rule)
{
    if (target.restartingUntil)
        return {HealthTr::tr("killed, starting again"), HealthTr::tr("restarting")};
    if (!target.health.started)
        return {HealthTr::tr("starting up")};
    const resilience::ProbeView &probe = target.health.of(Probe::Liveness);
    const uint32_t down = rule.check.failuresToUnhealthy;
    if (probe.failedInARow > 0)
        return runOf(probe.failedInARow, down, failures(), HealthTr::tr("failed"));
    return thresholdOf(HealthTr::tr("restart"), down, HealthTr::tr("failure"), failures());
}

QString routeText(const HealthTarget &target, double share)
{
    if (!target.routed)
        return target.health.status == Health::Unknown ? HealthTr::tr("not yet") : HealthTr::tr("out");
    return HealthTr::tr("%1 %").arg(std::lround(share * 100));
}

QStringList healthTitle(const Snapshot &snapshot, const ProberView &watch)
{
    const auto unknown = those(watch, [](const auto &t) { return t.health.status == Health::Unknown; });
    const auto restarting = those(watch, [](const auto &t) { return t.restartingUntil.has_value(); });
    const auto out = those(watch, [](const auto &t) { return !t.routed && t.health.status == Health::Unhealthy; });
    const auto degraded = those(watch, [](const auto &t) { return t.health.status == Health::Degraded; });
    const bool nobody = those(watch, [](const auto &t) { return t.routed; }).empty();
    const auto trusted = those(watch, [&](const auto &t) {
        return t.routed && isUseless(truthOf(snapshot, t.service).state) && !t.restartingUntil;
    });
    if (!trusted.empty()) {
        const QString names = namesOf(snapshot, trusted);
        const bool stuck = truthOf(snapshot, trusted.front()->service).state == ProcessState::Stuck;
        const QString what = trusted.size() > 1 ? HealthTr::tr("%1 ARE DOWN").arg(names)
                             : stuck            ? HealthTr::tr("%1 IS STUCK").arg(names)
                                                : HealthTr::tr("%1 IS DOWN").arg(names);
        return {HealthTr::tr("%1 · nobody knows yet").arg(what), what};
    }
    if (!restarting.empty()) {
        const QString names = namesOf(snapshot, restarting);
        return nobody
                   ? QStringList{HealthTr::tr("NOBODY READY · %1 restarting").arg(names), HealthTr::tr("NOBODY READY")}
                   : QStringList{HealthTr::tr("RESTARTING · %1").arg(names), HealthTr::tr("RESTARTING")};
    }
    if (unknown.size() == watch.targets.size())
        return {HealthTr::tr("UNKNOWN · no node has answered a probe yet"), HealthTr::tr("UNKNOWN · no answer yet"),
                HealthTr::tr("UNKNOWN")};
    if (nobody)
        return {HealthTr::tr("NOBODY READY · calls have nowhere to go"), HealthTr::tr("NOBODY READY")};
    if (!out.empty()) {
        const QString names = namesOf(snapshot, out);
        return {out.size() == 1 ? HealthTr::tr("UNHEALTHY · %1 gets no traffic").arg(names)
                                : HealthTr::tr("UNHEALTHY · %1 get no traffic").arg(names),
                HealthTr::tr("UNHEALTHY · %1").arg(names), HealthTr::tr("UNHEALTHY")};
    }
    if (!unknown.empty())
        return {HealthTr::tr("UNKNOWN · %1 not asked yet").arg(namesOf(snapshot, unknown)), HealthTr::tr("UNKNOWN")};
    if (!degraded.empty()) {
        const QString names = namesOf(snapshot, degraded);
        return {degraded.size() == 1 ? HealthTr::tr("DEGRADED · %1 is slow, but in rotation").arg(names)
                                     : HealthTr::tr("DEGRADED · %1 are slow, but in rotation").arg(names),
                HealthTr::tr("DEGRADED · %1").arg(names), HealthTr::tr("DEGRADED")};
    }
    return {HealthTr::tr("ALL HEALTHY · every node is in rotation"), HealthTr::tr("ALL HEALTHY")};
}

QStringList healthDetail(const Snapshot &snapshot, const ProberView &watch)
{
    // Whoever is furthest on the way to a change.
    const HealthTarget *nearest = nullptr;
    double furthest = 0;
    for (const HealthTarget &target : watch.targets) {
        const resilience::ProbeView &probe = target.health.of(Probe::Readiness);
        const bool unhealthy = target.health.status == Health::Unhealthy;
        const double share = unhealthy ? double(probe.succeededInARow) / watch.config.check.successesToHealthy
                                       : double(probe.failedInARow) / watch.config.check.failuresToUnhealthy;
        if (share > furthest) {
            furthest = share;
            nearest = &target;
        }
    }
    if (!nearest)
        return {HealthTr::tr("probed every %1").arg(duration(watch.config.interval))};
    QStringList all;
    for (const QString &verdict : readyVerdict(*nearest, watch.config))
        all << HealthTr::tr("%1: %2").arg(targetName(snapshot, *nearest), verdict);
    return all;
}

QString probeName(Probe kind)
{
    switch (kind) {
    case Probe::Startup:
        return HealthTr::tr("start-up probe");
    case Probe::Liveness:
        return HealthTr::tr("liveness probe");
    case Probe::Readiness:
        return HealthTr::tr("readiness probe");
    }
    return {};
}

} // namespace widgets::words
