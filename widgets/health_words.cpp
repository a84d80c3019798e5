// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/health_words.h"

#include "widgets/stage_words.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace widgets::words {

using resilience::Health;
using resilience::Probe;
using resilience::sim::HealthWatchView;
using resilience::sim::Snapshot;

namespace {

struct Stage {
    Q_DECLARE_TR_FUNCTIONS(HealthStage)
};

QStringList runOf(uint64_t run, uint64_t needed, const QString &what, const QString &shortWhat)
{
    return {Stage::tr("%1 of %2 %3 in a row").arg(run).arg(needed).arg(what),
            Stage::tr("%1 of %2 %3").arg(run).arg(needed).arg(what), Stage::tr("%1 of %2 %3").arg(run).arg(needed).arg(shortWhat),
            Stage::tr("%1 of %2").arg(run).arg(needed)};
}

QStringList thresholdOf(const QString &what, uint64_t needed, const QString &one, const QString &many)
{
    const QString count = needed == 1 ? Stage::tr("1 %1").arg(one) : Stage::tr("%1 %2").arg(needed).arg(many);
    QStringList all;
    if (needed > 1)
        all << Stage::tr("%1 at %2 in a row").arg(what, count);
    return all << Stage::tr("%1 at %2").arg(what, count) << Stage::tr("%1 at %2").arg(what).arg(needed);
}

QString failures() { return Stage::tr("failures"); }
QString successes() { return Stage::tr("successes"); }

template <typename Is> std::vector<const HealthTarget *> those(const HealthWatchView &watch, Is is)
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
        return Stage::tr("%1 and %2").arg(targetName(snapshot, *targets[0]), targetName(snapshot, *targets[1]));
    return Stage::tr("%1 nodes").arg(targets.size());
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
        return {Stage::tr("RESTARTING · %1").arg(left), Stage::tr("RESTART")};
    }
    switch (target.health.status) {
    case Health::Unknown:
        return {Stage::tr("UNKNOWN")};
    case Health::Healthy:
        return {Stage::tr("HEALTHY")};
    case Health::Degraded:
        return {Stage::tr("DEGRADED")};
    case Health::Unhealthy:
        return {Stage::tr("UNHEALTHY")};
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
        return {Stage::tr("the first result decides"), Stage::tr("first decides")};
    case Health::Unhealthy:
        if (probe.succeeded == 0)
            return {Stage::tr("back at 1 success"), Stage::tr("back at 1")};
        return probe.succeededInARow > 0 ? runOf(probe.succeededInARow, up, successes(), Stage::tr("ok"))
                                         : thresholdOf(Stage::tr("back"), up, Stage::tr("success"), successes());
    default:
        break;
    }
    if (probe.failedInARow > 0)
        return runOf(probe.failedInARow, down, failures(), Stage::tr("failed"));
    if (target.health.status == Health::Degraded)
        return {Stage::tr("%1 of %2 fast answers in a row").arg(target.health.fastInARow).arg(up),
                Stage::tr("%1 of %2 fast").arg(target.health.fastInARow).arg(up),
                Stage::tr("%1 of %2").arg(target.health.fastInARow).arg(up)};
    return thresholdOf(Stage::tr("out"), down, Stage::tr("failure"), failures());
}

QStringList liveVerdict(const HealthTarget &target, const HealthRule &rule)
{
    if (target.restartingUntil)
        return {Stage::tr("killed, starting again"), Stage::tr("restarting")};
    if (!target.health.started)
        return {Stage::tr("starting up")};
    const resilience::ProbeView &probe = target.health.of(Probe::Liveness);
    const uint32_t down = rule.check.failuresToUnhealthy;
    if (probe.failedInARow > 0)
        return runOf(probe.failedInARow, down, failures(), Stage::tr("failed"));
    return thresholdOf(Stage::tr("restart"), down, Stage::tr("failure"), failures());
}

QString routeText(const HealthTarget &target, double share)
{
    if (!target.routed)
        return target.health.status == Health::Unknown ? Stage::tr("not yet") : Stage::tr("out");
    return Stage::tr("%1 %").arg(std::lround(share * 100));
}

QStringList healthTitle(const Snapshot &snapshot, const HealthWatchView &watch)
{
    const auto unknown = those(watch, [](const auto &t) { return t.health.status == Health::Unknown; });
    const auto restarting = those(watch, [](const auto &t) { return t.restartingUntil.has_value(); });
    const auto out = those(watch, [](const auto &t) { return !t.routed && t.health.status == Health::Unhealthy; });
    const auto degraded = those(watch, [](const auto &t) { return t.health.status == Health::Degraded; });
    const bool nobody = those(watch, [](const auto &t) { return t.routed; }).empty();
    if (!restarting.empty()) {
        const QString names = namesOf(snapshot, restarting);
        return nobody ? QStringList{Stage::tr("NOBODY READY · %1 restarting").arg(names), Stage::tr("NOBODY READY")}
                      : QStringList{Stage::tr("RESTARTING · %1").arg(names), Stage::tr("RESTARTING")};
    }
    if (unknown.size() == watch.targets.size())
        return {Stage::tr("UNKNOWN · no node has answered a probe yet"), Stage::tr("UNKNOWN · no answer yet"), Stage::tr("UNKNOWN")};
    if (nobody)
        return {Stage::tr("NOBODY READY · calls have nowhere to go"), Stage::tr("NOBODY READY")};
    if (!out.empty()) {
        const QString names = namesOf(snapshot, out);
        return {out.size() == 1 ? Stage::tr("UNHEALTHY · %1 gets no traffic").arg(names)
                                : Stage::tr("UNHEALTHY · %1 get no traffic").arg(names),
                Stage::tr("UNHEALTHY · %1").arg(names), Stage::tr("UNHEALTHY")};
    }
    if (!unknown.empty())
        return {Stage::tr("UNKNOWN · %1 not asked yet").arg(namesOf(snapshot, unknown)), Stage::tr("UNKNOWN")};
    if (!degraded.empty()) {
        const QString names = namesOf(snapshot, degraded);
        return {degraded.size() == 1 ? Stage::tr("DEGRADED · %1 is slow, but gets traffic").arg(names)
                                     : Stage::tr("DEGRADED · %1 are slow, but get traffic").arg(names),
                Stage::tr("DEGRADED · %1").arg(names), Stage::tr("DEGRADED")};
    }
    return {Stage::tr("ALL HEALTHY · every node gets traffic"), Stage::tr("ALL HEALTHY")};
}

QStringList healthDetail(const Snapshot &snapshot, const HealthWatchView &watch)
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
        return {Stage::tr("probed every %1").arg(duration(watch.config.interval))};
    QStringList all;
    for (const QString &verdict : readyVerdict(*nearest, watch.config))
        all << Stage::tr("%1: %2").arg(targetName(snapshot, *nearest), verdict);
    return all;
}

QString probeName(Probe kind)
{
    switch (kind) {
    case Probe::Startup:
        return Stage::tr("start-up probe");
    case Probe::Liveness:
        return Stage::tr("liveness probe");
    case Probe::Readiness:
        return Stage::tr("readiness probe");
    }
    return {};
}

} // namespace widgets::words
