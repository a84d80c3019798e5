// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/left_column.h"

#include "app/panels/controls/labels.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace app {

LeftColumn::LeftColumn(QWidget *guide, QWidget *compare, QWidget *parent) : QWidget(parent), m_head(new QWidget(this))
{
    m_parts = {guide, compare, nullptr};
    m_column = new QVBoxLayout(this);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(6);
    auto *row = new QHBoxLayout(m_head);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    const std::array names{tr("Guide"), tr("Compare"), tr("Settings")};
    const std::array ids{"tab-guide", "tab-compare", "tab-settings"};
    for (size_t i = 0; i < kParts; ++i) {
        m_tabs[i] = new QPushButton(names[i], m_head);
        m_tabs[i]->setObjectName(QLatin1String(ids[i]));
        m_tabs[i]->setCheckable(true);
        m_tabs[i]->setFocusPolicy(Qt::TabFocus);
        setRole(m_tabs[i], "choice");
        row->addWidget(m_tabs[i], 1);
        connect(m_tabs[i], &QPushButton::clicked, this, [this, i] { choose(Part(i)); });
    }
    m_column->addWidget(m_head);
    m_column->addWidget(guide, 1);
    m_column->addWidget(compare, 1);
    show();
}

void LeftColumn::setFrame(bool comparing, QWidget *settings)
{
    QWidget *&inside = m_parts[size_t(Part::Settings)];
    if (comparing == m_comparing && settings == inside)
        return;
    if (comparing != m_comparing)
        m_chosen = comparing ? Part::Compare : Part::Guide;
    m_comparing = comparing;
    if (settings && !inside)
        m_column->addWidget(settings, 1);
    inside = settings;
    if (!settings && m_chosen == Part::Settings)
        m_chosen = Part::Compare;
    show();
}

void LeftColumn::choose(Part part)
{
    m_chosen = part;
    show();
}

void LeftColumn::show()
{
    m_head->setVisible(m_comparing);
    for (size_t i = 0; i < kParts; ++i) {
        m_tabs[i]->setChecked(Part(i) == chosen());
        m_tabs[i]->setVisible(m_parts[i] != nullptr);
        if (m_parts[i])
            m_parts[i]->setVisible(Part(i) == chosen());
    }
}

} // namespace app
