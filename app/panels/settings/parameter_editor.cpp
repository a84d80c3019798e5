// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/settings/parameter_editor.h"

#include "app/panels/controls/elided_combo_box.h"
#include "app/panels/controls/labels.h"
#include "app/panels/controls/number_box.h"
#include "app/panels/controls/toggle_switch.h"
#include "app/panels/settings/knob_reset.h"
#include "app/panels/settings/knob_text.h"
#include "core/sim/world/knobs.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <cmath>
#include <limits>

namespace app {

using namespace resilience::sim;

ParameterEditor::ParameterEditor(Session &session, const ShownKnob &knob, Place place, QWidget *parent)
    : QWidget(parent), m_session(session), m_knob(knob), m_shown(std::numeric_limits<double>::quiet_NaN()),
      m_reset(new KnobReset(knob, this))
{
    QWidget *editor = makeEditor(place);
    editor->setObjectName(QStringLiteral("parameter-") + knob.key());
    editor->setAccessibleName(knob.label());
    connect(m_reset, &KnobReset::wanted, this, &ParameterEditor::turn);
    arrange(editor, place);
}

void ParameterEditor::arrange(QWidget *editor, Place place)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    m_name = makeLabel(m_toggle || place == Place::Main ? "body" : "quiet", this, m_knob.label());
    m_name->setBuddy(editor);
    if (m_switch) {
        auto *row = new QHBoxLayout;
        row->setSpacing(6);
        row->addWidget(m_name, 1);
        row->addWidget(m_reset, 0, Qt::AlignTop);
        row->addWidget(editor, 0, Qt::AlignTop);
        column->addLayout(row);
    } else if (m_toggle) {
        // The box stands beside its name, which may wrap; a check box's own text cannot.
        auto *row = new QHBoxLayout;
        row->setSpacing(6);
        row->addWidget(editor, 0, Qt::AlignTop);
        row->addWidget(m_name, 1);
        row->addWidget(m_reset, 0, Qt::AlignTop);
        column->addLayout(row);
    } else {
        auto *row = new QHBoxLayout;
        row->setSpacing(6);
        row->addWidget(m_name, 1);
        row->addWidget(m_reset, 0, Qt::AlignBottom);
        column->addLayout(row);
        column->addWidget(editor);
    }
}

QWidget *ParameterEditor::makeEditor(Place place)
{
    const KnobSpec &spec = m_knob.spec();
    if (spec.kind == KnobSpec::Kind::Toggle) {
        if (place == Place::Main)
            m_toggle = m_switch = new ToggleSwitch(spec.faultyVariant, this);
        else
            m_toggle = new QCheckBox(this);
        connect(m_toggle, &QAbstractButton::toggled, this, [this](bool on) { turn(on ? 1 : 0); });
        return m_toggle;
    }
    if (spec.kind == KnobSpec::Kind::Choice) {
        m_choice = new ElidedComboBox(this);
        for (size_t i = 0; i < spec.choices.size(); ++i)
            m_choice->addItem(valueText(spec, double(i)));
        connect(m_choice, &QComboBox::activated, this, [this](int index) { turn(index); });
        return m_choice;
    }
    m_number = new NumberBox(this);
    m_number->setDecimals(spec.kind == KnobSpec::Kind::Whole ? 0 : 3);
    m_number->setRange(spec.minimum * factor(), spec.maximum * factor());
    m_number->setSingleStep(spec.step * factor());
    const QString unit = spec.kind == KnobSpec::Kind::Share ? QStringLiteral("%") : QString::fromUtf8(spec.unit);
    m_number->setSuffix(unit.isEmpty() ? QString() : QStringLiteral(" ") + unit);
    connect(m_number, &NumberBox::valueChanged, this, [this](double shown) { turn(shown / factor()); });
    return m_number;
}

double ParameterEditor::factor() const { return m_knob.spec().kind == KnobSpec::Kind::Share ? 100.0 : 1.0; }

void ParameterEditor::setTheme(const widgets::Theme &theme)
{
    if (m_switch)
        m_switch->setTheme(theme);
}

void ParameterEditor::setFrame()
{
    const double value = m_knob.value();
    m_reset->setFrame(value);
    const QString name = m_knob.labelNow();
    if (m_helpOf != &m_session.scenario() || m_name->text() != name) {
        m_helpOf = &m_session.scenario();
        setToolTip(m_knob.help());
        m_name->setText(name);
    }
    if (value == m_shown)
        return;
    m_shown = value;
    if (m_number) {
        const QSignalBlocker quiet(m_number);
        m_number->setValue(value * factor());
    } else if (m_choice) {
        const QSignalBlocker quiet(m_choice);
        m_choice->setCurrentIndex(int(value));
    } else {
        const QSignalBlocker quiet(m_toggle);
        m_toggle->setChecked(value != 0);
    }
}

void ParameterEditor::turn(double value)
{
    const auto why = m_session.intervene(m_knob.at(value));
    m_shown = std::numeric_limits<double>::quiet_NaN(); // a refused box goes back
    setFrame();
    emit refused(why ? refusalText(*why) : QString());
}

} // namespace app
