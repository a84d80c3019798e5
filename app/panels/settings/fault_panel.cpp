// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/settings/fault_panel.h"

#include "app/panels/controls/elided_combo_box.h"
#include "app/panels/controls/labels.h"
#include "app/panels/settings/fault_row.h"

#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

namespace app {

using resilience::sim::Subject;

FaultPanel::FaultPanel(Session &session, QWidget *parent)
    : QWidget(parent), m_session(session), m_theme(widgets::Theme::light())
{
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    build();
}

void FaultPanel::build()
{
    delete m_content;
    m_rows.clear();
    m_lab = &m_session.lab();
    m_content = new QWidget(this);
    layout()->addWidget(m_content);
    auto *column = new QVBoxLayout(m_content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    m_title = makeLabel("caption", m_content);
    column->addWidget(m_title);
    m_targets = new ElidedComboBox(m_content);
    m_targets->setObjectName(QStringLiteral("fault-target"));
    m_targets->setAccessibleName(tr("Faults of"));
    connect(m_targets, &QComboBox::activated, this, &FaultPanel::setFrame);
    column->addWidget(m_targets);
    for (const auto kind : m_lab->faults) {
        auto *row = new FaultRow(m_session, kind, m_content);
        row->setTheme(m_theme);
        column->addWidget(row);
        m_rows.push_back(row);
    }
}

// A choice stays as long as the components are the same.
void FaultPanel::chooseTarget()
{
    const auto &all = m_session.snapshot().components;
    const std::vector<uint32_t> components = inUsualOrder(all);
    QStringList names;
    for (const uint32_t i : components)
        names << QString::fromStdString(all[i].name);
    QStringList shown;
    for (int i = 0; i < m_targets->count(); ++i)
        shown << m_targets->itemText(i);
    if (shown != names) {
        m_targets->clear();
        m_targets->addItems(names);
    }
    m_components = components;
    m_targets->setVisible(names.size() > 1);
    showText(m_title, names.size() == 1 ? tr("Faults · %1").arg(names.front()) : tr("Faults of"));
    const int chosen = m_targets->currentIndex();
    if (chosen < 0)
        return;
    const uint32_t target = m_components[static_cast<size_t>(chosen)];
    for (FaultRow *row : m_rows) {
        row->setTarget(target);
        row->setVisible(canHave(all[target], row->kind()));
    }
}

void FaultPanel::choose(uint32_t component)
{
    const auto place = std::find(m_components.begin(), m_components.end(), component);
    if (place == m_components.end())
        return;
    m_targets->setCurrentIndex(int(place - m_components.begin()));
    setFrame();
}

void FaultPanel::setFrame()
{
    if (m_lab != &m_session.lab())
        build();
    chooseTarget();
    for (FaultRow *row : m_rows)
        row->setFrame();
}

void FaultPanel::setTheme(const widgets::Theme &theme)
{
    m_theme = theme;
    for (FaultRow *row : m_rows)
        row->setTheme(theme);
}

} // namespace app
