// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/compare/change_list.h"

#include "app/panels/controls/labels.h"
#include "core/tell/change_text.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace app {

using namespace resilience::sim;

namespace {
constexpr size_t kMostChanges = 12; // a slider that was dragged all along leaves more
} // namespace

ChangeList::ChangeList(Session &session, QWidget *parent) : QWidget(parent), m_session(session)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    build({});
}

void ChangeList::setFrame()
{
    if (!m_session.comparing())
        return;
    const auto &ours = m_session.timeline().branch();
    const auto &other = m_session.otherRun().branch();
    if (ours == m_ours && other == m_other)
        return;
    m_ours = ours;
    m_other = other;
    auto changes = m_session.changesToOther();
    QStringList starts;
    for (const std::string &text : startDifferences(m_session.timeline(), m_session.otherRun()))
        starts << QString::fromStdString(text);
    if (changes == m_changes && starts == m_starts)
        return;
    m_changes = std::move(changes);
    m_starts = starts;
    build(starts);
}

void ChangeList::build(const QStringList &starts)
{
    if (m_content)
        m_content->deleteLater(); // a link of it may be what was clicked
    m_content = new QWidget(this);
    layout()->addWidget(m_content);
    auto *column = new QVBoxLayout(m_content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    for (const QString &text : starts)
        column->addWidget(makeLabel("body", m_content, text));
    if (starts.isEmpty() && m_changes.empty())
        column->addWidget(
            makeLabel("quiet", m_content, tr("Nothing yet: both are the same. Turn a knob or set a fault.")));
    for (size_t i = 0; i < std::min(m_changes.size(), kMostChanges); ++i) {
        auto *row = new QHBoxLayout;
        row->setSpacing(8);
        row->addWidget(
            makeLabel("body", m_content,
                      QString::fromStdString(changeText(m_changes[i], m_session.timeline(), m_session.otherRun()))
                          .replace(QStringLiteral("->"), QStringLiteral("→"))),
            1);
        auto *back = new QPushButton(tr("take back"), m_content);
        back->setObjectName(QStringLiteral("take-back-%1").arg(i));
        back->setFocusPolicy(Qt::TabFocus);
        setRole(back, "link");
        connect(back, &QPushButton::clicked, this, [this, change = m_changes[i]] { m_session.takeBack(change); });
        row->addWidget(back, 0, Qt::AlignTop);
        column->addLayout(row);
    }
    if (m_changes.size() > kMostChanges)
        column->addWidget(
            makeLabel("quiet", m_content, tr("and %n more", nullptr, int(m_changes.size() - kMostChanges))));
    m_content->show();
}

} // namespace app
