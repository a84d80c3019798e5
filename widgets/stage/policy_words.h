// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/patterns/pipeline/pipeline_config.h"

#include <QString>
#include <QStringList>

// What a policy says of itself, for people.
namespace widgets::words {

QString policyLabel(resilience::PolicyKind kind); // "attempt timeout"
QString policyBrief(resilience::PolicyKind kind); // "timeout"
QString policyLetters(resilience::PolicyKind kind); // "T"
QString policyEffect(resilience::PolicyKind kind); // "gives up on a single attempt"
/// The settings that it lists: all, and the first alone; none for those that have words of their own.
QStringList policySettings(const resilience::PipelineConfig &config, resilience::PolicyKind kind);

} // namespace widgets::words
