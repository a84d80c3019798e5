// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/run/snapshot.h"
#include "widgets/stage/stage_target.h"
#include "widgets/stages/combining/attempt_budget.h"

#include <QString>
#include <QStringList>

#include <vector>

// What the stage of nested policies says: pure functions of the snapshot, translated. Lists give the same statement in
// several lengths, the longest first.
namespace widgets::words {

QString clientTitle(const resilience::sim::ClientView &client); // "your order"
QString clientRate(const resilience::sim::ClientView &client); // "2 calls/s"
QString orderRemark(const resilience::sim::Snapshot &snapshot, uint32_t client); // what can be done to its order
QStringList policyName(resilience::PolicyKind kind); // "circuit breaker", "breaker"
// Its live number: "3 attempts", "4 of 10 permits", "OPEN · 2.4 s left"; "off" when it is not in use.
QStringList policyValue(const resilience::sim::Snapshot &snapshot, uint32_t client, resilience::PolicyKind kind);
// What it has done so far: "5 turned away", "3 cut off", "4 retries"; empty when nothing.
QStringList policyActions(const resilience::sim::PipelineView &pipeline, resilience::PolicyKind kind);
uint64_t policyDeedCount(const resilience::sim::PipelineView &pipeline, resilience::PolicyKind kind);

// The stage in words: what the order costs. `client` is compared with the first one.
QStringList costTitle(const resilience::sim::Snapshot &snapshot);
QStringList costDetail(const resilience::sim::Snapshot &snapshot);

// One line of the comparison: the value of each client.
struct CostLine {
    QStringList caption;
    std::vector<QString> values;
    bool differs = false;
};
// The first is the point of the step.
std::vector<CostLine> costLines(const resilience::sim::Snapshot &snapshot);

QStringList budgetText(const AttemptBudget &budget);

QString combiningStageText(const resilience::sim::Snapshot &snapshot);
// Empty when it is gone.
QString combiningTargetText(const resilience::sim::Snapshot &snapshot, const StageTarget &target);

} // namespace widgets::words
