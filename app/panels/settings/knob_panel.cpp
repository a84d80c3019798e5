// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/settings/knob_panel.h"

#include "app/panels/controls/labels.h"
#include "app/panels/settings/knob_slider.h"
#include "app/panels/settings/parameter_editor.h"
#include "core/sim/world/knobs.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace app {

using namespace resilience::sim;

KnobPanel::KnobPanel(Session &session, QWidget *parent)
    : QWidget(parent), m_session(session), m_theme(widgets::Theme::light())
{
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    build();
}

void KnobPanel::build()
{
    m_sliders.clear();
    m_main.clear();
    m_editors.clear();
    const bool folded = m_lab != &m_session.lab() || !m_fold->isChecked();
    m_lab = &m_session.lab();
    m_scenario = &m_session.scenario();
    delete m_content;
    m_content = new QWidget(this);
    layout()->addWidget(m_content);
    auto *column = new QVBoxLayout(m_content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addWidget(makeLabel("caption", m_content, tr("Knobs")));
    addMain(column);
    m_refusal = makeLabel("refusal", m_content);
    m_refusal->setObjectName(QStringLiteral("knob-refusal"));
    m_refusal->hide();
    column->addWidget(m_refusal);
    buildFold(column);
    m_fold->setChecked(!folded);
    setFolded(folded);
}

void KnobPanel::addMain(QVBoxLayout *column)
{
    for (const std::string &id : m_lab->mainKnobs) {
        const auto knob = knobNamed(id);
        if (!knob)
            continue;
        const KnobSpec::Kind kind = knobs()[*knob].kind;
        if (kind == KnobSpec::Kind::Choice || kind == KnobSpec::Kind::Toggle) {
            auto *editor =
                new ParameterEditor(m_session, ShownKnob(m_session, *knob), ParameterEditor::Place::Main, m_content);
            connect(editor, &ParameterEditor::refused, this, &KnobPanel::showRefusal);
            editor->setTheme(m_theme);
            column->addWidget(editor);
            m_main.push_back(editor);
            continue;
        }
        auto *slider = new KnobSlider(m_session, ShownKnob(m_session, *knob), m_content);
        connect(slider, &KnobSlider::refused, this, &KnobPanel::showRefusal);
        column->addWidget(slider);
        m_sliders.push_back(slider);
    }
}

void KnobPanel::buildFold(QVBoxLayout *column)
{
    m_fold = new QPushButton(m_content);
    m_fold->setObjectName(QStringLiteral("all-parameters"));
    m_fold->setCheckable(true);
    m_fold->setFocusPolicy(Qt::TabFocus);
    setRole(m_fold, "link");
    column->addWidget(m_fold, 0, Qt::AlignLeft);
    m_folded = new QWidget(m_content);
    column->addWidget(m_folded);
    auto *rest = new QVBoxLayout(m_folded);
    rest->setContentsMargins(0, 0, 0, 0);
    rest->setSpacing(8);
    addEditors(rest);
    connect(m_fold, &QPushButton::toggled, this, [this](bool open) { setFolded(!open); });
}

void KnobPanel::addEditors(QVBoxLayout *column)
{
    for (const std::string &id : m_lab->otherKnobs) {
        const auto knob = knobNamed(id);
        if (!knob || knobs()[*knob].faultyVariant) // those have a card of their own
            continue;
        for (const ShownKnob &shown : shownKnobs(m_session, *knob)) {
            auto *editor = new ParameterEditor(m_session, shown, ParameterEditor::Place::Folded, m_folded);
            connect(editor, &ParameterEditor::refused, this, &KnobPanel::showRefusal);
            column->addWidget(editor);
            m_editors.push_back(editor);
        }
    }
}

void KnobPanel::setFolded(bool folded)
{
    m_fold->setText(folded ? tr("▸ all parameters") : tr("▾ all parameters"));
    m_folded->setVisible(!folded);
    setFrame();
}

void KnobPanel::setFrame()
{
    if (m_lab != &m_session.lab() || m_scenario != &m_session.scenario())
        build();
    for (KnobSlider *slider : m_sliders)
        showWhereItApplies(slider);
    for (ParameterEditor *editor : m_main)
        showWhereItApplies(editor);
    if (m_folded->isHidden())
        return;
    for (ParameterEditor *editor : m_editors)
        showWhereItApplies(editor);
}

void KnobPanel::setTheme(const widgets::Theme &theme)
{
    m_theme = theme;
    for (ParameterEditor *editor : m_main)
        editor->setTheme(theme);
}

void KnobPanel::showRefusal(const QString &why) { showText(m_refusal, why); }

} // namespace app
