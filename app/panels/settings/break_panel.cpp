// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/settings/break_panel.h"

#include "app/panels/controls/labels.h"
#include "app/panels/settings/parameter_editor.h"
#include "core/sim/world/knobs.h"

#include <QLabel>
#include <QVBoxLayout>

namespace app {

using namespace resilience::sim;

BreakPanel::BreakPanel(Session &session, QWidget *parent)
    : QWidget(parent), m_session(session), m_theme(widgets::Theme::light())
{
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    build();
    setFrame();
}

void BreakPanel::build()
{
    delete m_content;
    m_editors.clear();
    m_lab = &m_session.lab();
    m_content = new QWidget(this);
    layout()->addWidget(m_content);
    auto *column = new QVBoxLayout(m_content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addWidget(makeLabel("caption", m_content, tr("Break it")));
    column->addWidget(makeLabel("quiet", m_content, tr("Well-known slips, to compare with. Never ship them.")));
    for (const std::string &id : m_lab->otherKnobs) {
        const auto knob = knobNamed(id);
        if (!knob || !knobs()[*knob].faultyVariant)
            continue;
        auto *editor =
            new ParameterEditor(m_session, ShownKnob(m_session, *knob), ParameterEditor::Place::Main, m_content);
        connect(editor, &ParameterEditor::refused, this, &BreakPanel::refused);
        editor->setTheme(m_theme);
        column->addWidget(editor);
        m_editors.push_back(editor);
    }
}

void BreakPanel::setFrame()
{
    if (m_lab != &m_session.lab())
        build();
    m_applies = false;
    for (ParameterEditor *editor : m_editors)
        m_applies |= showWhereItApplies(editor);
}

void BreakPanel::setTheme(const widgets::Theme &theme)
{
    m_theme = theme;
    for (ParameterEditor *editor : m_editors)
        editor->setTheme(theme);
}

} // namespace app
