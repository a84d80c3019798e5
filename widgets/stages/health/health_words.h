// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/run/snapshot.h"

#include <QString>
#include <QStringList>

// The words of the health check's stage. Lists give the same statement in several lengths, the longest first.
namespace widgets::words {

using HealthTarget = resilience::sim::HealthTargetView;
using HealthRule = resilience::sim::ProbingConfig;

QString targetName(const resilience::sim::Snapshot &snapshot, const HealthTarget &target);
// "HEALTHY"; "RESTARTING · 2.1 s" while that is what it does.
QStringList healthStatus(const resilience::sim::Snapshot &snapshot, const HealthTarget &target);
// What the latest readiness results add up to: "2 of 3 failures in a row", "out at 3 failures in a row".
QStringList readyVerdict(const HealthTarget &target, const HealthRule &rule);
// Likewise of liveness: "restart at 3 failures in a row".
QStringList liveVerdict(const HealthTarget &target, const HealthRule &rule);
// What the routing table says of it: "33 %", "out".
QString routeText(const HealthTarget &target, double share);

// The whole in words: "UNHEALTHY · node-2 gets no traffic"; and what is about to change.
QStringList healthTitle(const resilience::sim::Snapshot &snapshot, const resilience::sim::ProberView &watch);
QStringList healthDetail(const resilience::sim::Snapshot &snapshot, const resilience::sim::ProberView &watch);

QString probeName(resilience::Probe kind); // "readiness probe"

} // namespace widgets::words
