// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/fault_panel.h"

#include "app/panels/fault_row.h"
#include "app/panels/labels.h"

#include <QLabel>
#include <QVBoxLayout>

namespace app {

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
    for (const auto kind : m_lab->faults) {
        auto *row = new FaultRow(m_session, kind, m_content);
        row->setTheme(m_theme);
        column->addWidget(row);
        m_rows.push_back(row);
    }
}

void FaultPanel::setFrame()
{
    if (m_lab != &m_session.lab())
        build();
    const auto &services = m_session.snapshot().services;
    const QString service = services.empty() ? QString() : QString::fromStdString(services.front().name);
    showText(m_title, tr("Faults · %1").arg(service));
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
