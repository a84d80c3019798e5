// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/progress_memory.h"

#include "labs/catalog.h"

#include <QSettings>
#include <QStringList>

namespace app {

using namespace resilience;

namespace {

QString fromUtf8(const std::string &utf8) { return QString::fromStdString(utf8); }

QString keyOf(const labs::Lab &lab, const char *what)
{
    return QStringLiteral("progress/%1/%2").arg(fromUtf8(lab.id), QLatin1String(what));
}

Progress read(const labs::Lab &lab)
{
    QSettings settings;
    Progress progress;
    for (const QString &goal : settings.value(keyOf(lab, "goals")).toStringList())
        progress.goals.push_back(goal.toStdString());
    progress.page = settings.value(keyOf(lab, "page")).toString().toStdString();
    settings.beginGroup(keyOf(lab, "answers"));
    for (const QString &question : settings.childKeys()) {
        const QStringList parts = settings.value(question).toStringList();
        if (parts.size() == 3)
            progress.answers[question.toStdString()] = {parts[0].toStdString(), parts[1] == QLatin1String("right"),
                                                        parts[2].toStdString()};
    }
    return progress;
}

void write(const labs::Lab &lab, const Progress &progress)
{
    QSettings settings;
    settings.remove(QStringLiteral("progress/") + fromUtf8(lab.id));
    if (progress == Progress{})
        return;
    QStringList goals;
    for (const std::string &goal : progress.goals)
        goals += fromUtf8(goal);
    settings.setValue(keyOf(lab, "goals"), goals);
    settings.setValue(keyOf(lab, "page"), fromUtf8(progress.page));
    for (const auto &[question, answer] : progress.answers)
        settings.setValue(keyOf(lab, "answers/") + fromUtf8(question),
                          QStringList{fromUtf8(answer.given),
                                      answer.right ? QStringLiteral("right") : QStringLiteral("wrong"),
                                      fromUtf8(answer.verdict)});
}

} // namespace

ProgressMemory::ProgressMemory(Session &session, QObject *parent) : QObject(parent), m_session(session)
{
    m_session.recall(read);
    m_version = m_session.progressVersion();
    connect(&m_session, &Session::changed, this, &ProgressMemory::remember);
}

void ProgressMemory::remember()
{
    if (m_version == m_session.progressVersion())
        return;
    m_version = m_session.progressVersion();
    for (const labs::Lab &lab : labs::catalog())
        write(lab, m_session.progress(lab));
}

} // namespace app
