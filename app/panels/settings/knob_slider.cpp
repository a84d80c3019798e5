// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/settings/knob_slider.h"

#include "app/panels/controls/labels.h"
#include "app/panels/controls/slider_scale.h"
#include "app/panels/settings/knob_reset.h"
#include "app/panels/settings/knob_text.h"

#include <QGridLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSlider>

#include <algorithm>

namespace app {

using namespace resilience::sim;

KnobSlider::KnobSlider(Session &session, const ShownKnob &knob, QWidget *parent)
    : QWidget(parent), m_session(session), m_knob(knob), m_values(sliderValues(knob.spec()))
{
    m_name = makeLabel("body", this, knob.label());
    m_value = makeLabel("strong", this);
    m_value->setWordWrap(false);
    m_value->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_slider = new QSlider(Qt::Horizontal, this);
    m_slider->setObjectName(QStringLiteral("knob-") + knob.key());
    const auto steps = int(m_values.size()) - 1;
    m_slider->setRange(0, steps);
    m_slider->setPageStep(std::max(1, steps / 10));
    m_slider->setFocusPolicy(Qt::TabFocus);
    m_slider->setAccessibleName(knob.label());
    m_name->setBuddy(m_slider);
    m_reset = new KnobReset(knob, this);

    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(6);
    grid->setVerticalSpacing(2);
    grid->setColumnStretch(0, 1);
    grid->addWidget(m_name, 0, 0);
    grid->addWidget(m_reset, 0, 1);
    grid->addWidget(m_value, 0, 2);
    grid->addWidget(m_slider, 1, 0, 1, 3);

    connect(m_slider, &QSlider::valueChanged, this, &KnobSlider::turn);
    connect(m_reset, &KnobReset::wanted, this, [this](double value) { turnTo(value, Session::Gesture::New); });
    connect(m_slider, &QSlider::sliderPressed, this, [this] { m_dragging = false; });
}

void KnobSlider::setFrame()
{
    const double value = m_knob.value();
    m_reset->setFrame(value);
    const QString name = m_knob.labelNow();
    if (m_helpOf != &m_session.scenario() || m_name->text() != name) {
        m_helpOf = &m_session.scenario();
        setToolTip(m_knob.help());
        m_name->setText(name);
    }
    const QString text = valueText(m_knob.spec(), value);
    if (m_value->text() == text)
        return;
    m_value->setText(text);
    m_slider->setAccessibleDescription(text);
    const QSignalBlocker quiet(m_slider);
    m_slider->setValue(sliderPosition(m_values, value));
}

void KnobSlider::turn(int position)
{
    // All of one drag is one act, and one undo.
    const bool goingOn = m_slider->isSliderDown() && m_dragging;
    m_dragging = m_slider->isSliderDown();
    turnTo(m_values[size_t(position)], goingOn ? Session::Gesture::Continued : Session::Gesture::New);
}

void KnobSlider::turnTo(double value, Session::Gesture gesture)
{
    const auto why = m_session.intervene(m_knob.at(value), gesture);
    m_value->clear(); // so that setFrame() also puts a refused slider back
    setFrame();
    emit refused(why ? refusalText(*why) : QString());
}

} // namespace app
