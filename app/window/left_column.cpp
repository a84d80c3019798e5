// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/left_column.h"

#include "app/panels/controls/labels.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace app {

LeftColumn::LeftColumn(QWidget *guide, QWidget *compare, QWidget *many, QWidget *parent)
    : QWidget(parent), m_head(new QWidget(this))
{
    m_parts = {guide, compare, many, nullptr};
    m_column = new QVBoxLayout(this);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(6);
    auto *row = new QHBoxLayout(m_head);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    const std::array names{tr("Guide"), tr("Compare"), tr("Many runs"), tr("Settings")};
    const std::array ids{"tab-guide", "tab-compare", "tab-many", "tab-settings"};
    for (size_t i = 0; i < kParts; ++i) {
        m_tabs[i] = new QPushButton(names[i], m_head);
        m_tabs[i]->setObjectName(QLatin1String(ids[i]));
        m_tabs[i]->setCheckable(true);
        m_tabs[i]->setFocusPolicy(Qt::TabFocus);
        setRole(m_tabs[i], "choice");
        row->addWidget(m_tabs[i], 1);
        connect(m_tabs[i], &QPushButton::clicked, this, [this, i] {
            choose(Part(i));
            emit chose();
        });
    }
    m_column->addWidget(m_head);
    m_column->addWidget(guide, 1);
    m_column->addWidget(compare, 1);
    m_column->addWidget(many, 1);
    show();
}

void LeftColumn::setFrame(bool comparing, QWidget *settings)
{
    QWidget *&inside = m_parts[size_t(Part::Settings)];
    if (comparing == m_comparing && settings == inside)
        return;
    if (comparing != m_comparing)
        m_chosen = comparing ? Part::Compare : m_many ? m_chosen : Part::Guide;
    m_comparing = comparing;
    if (settings && !inside)
        m_column->addWidget(settings, 1);
    inside = settings;
    if (!isThere(m_chosen))
        m_chosen = m_comparing ? Part::Compare : Part::Guide;
    show();
}

void LeftColumn::setMany(bool many)
{
    m_many = many;
    m_chosen = many ? Part::Many : m_comparing ? Part::Compare : Part::Guide;
    show();
}

void LeftColumn::choose(Part part)
{
    m_chosen = part;
    show();
}

bool LeftColumn::isThere(Part part) const
{
    return part == Part::Guide     ? true
           : part == Part::Many    ? m_many
           : part == Part::Compare ? m_comparing
                                   : m_parts[size_t(part)] != nullptr;
}

void LeftColumn::show()
{
    m_head->setVisible(m_comparing || m_many);
    for (size_t i = 0; i < kParts; ++i) {
        m_tabs[i]->setChecked(Part(i) == chosen());
        m_tabs[i]->setVisible(isThere(Part(i)));
        if (m_parts[i])
            m_parts[i]->setVisible(Part(i) == chosen());
    }
}

} // namespace app
