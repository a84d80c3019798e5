// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stage/policy_words.h"

#include "core/tell/policy_settings.h"

#include <QCoreApplication>

namespace widgets::words {

namespace {

QString inPolicy(const char *text) { return QCoreApplication::translate("Policy", text); }

} // namespace

QString policyLabel(resilience::PolicyKind kind) { return inPolicy(wordsOf(kind).label); }
QString policyBrief(resilience::PolicyKind kind) { return inPolicy(wordsOf(kind).brief); }
QString policyLetters(resilience::PolicyKind kind) { return QString::fromLatin1(wordsOf(kind).letters); }
QString policyEffect(resilience::PolicyKind kind) { return inPolicy(wordsOf(kind).effect); }

QStringList policySettings(const resilience::PipelineConfig &config, resilience::PolicyKind kind)
{
    QStringList each;
    for (const std::string &setting : resilience::sim::settingsOf(config, kind))
        each << QString::fromStdString(setting);
    return each.isEmpty() ? each : QStringList{each.join(QStringLiteral(", ")), each.front()};
}

} // namespace widgets::words
