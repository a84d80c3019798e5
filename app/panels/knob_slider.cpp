// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/knob_slider.h"

#include "app/panels/knob_text.h"
#include "app/panels/labels.h"

#include <QGridLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSlider>

#include <algorithm>
#include <cmath>

namespace app {

using namespace resilience::sim;

namespace {
constexpr int kLogSteps = 120;

// About two significant digits: what a slider on a log scale can honestly offer. Finer than a step of it, so that every
// step changes the value.
double rounded(double value)
{
    const double unit = std::pow(10.0, std::floor(std::log10(value)) - 1) / 2;
    return std::round(value / unit) * unit;
}
} // namespace

KnobSlider::KnobSlider(Session &session, uint32_t knob, QWidget *parent)
    : QWidget(parent), m_session(session), m_knob(knob)
{
    const KnobSpec &spec = knobs()[knob];
    auto *name = makeLabel("body", this, labelOf(spec));
    m_value = makeLabel("strong", this);
    m_value->setWordWrap(false);
    m_value->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_slider = new QSlider(Qt::Horizontal, this);
    m_slider->setObjectName(QStringLiteral("knob-") + QString::fromLatin1(spec.id));
    m_slider->setRange(0, steps(spec));
    m_slider->setPageStep(std::max(1, steps(spec) / 10));
    m_slider->setFocusPolicy(Qt::TabFocus);
    m_slider->setAccessibleName(labelOf(spec));
    name->setBuddy(m_slider);

    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(2);
    grid->setColumnStretch(0, 1);
    grid->addWidget(name, 0, 0);
    grid->addWidget(m_value, 0, 1);
    grid->addWidget(m_slider, 1, 0, 1, 2);

    connect(m_slider, &QSlider::valueChanged, this, &KnobSlider::turn);
    connect(m_slider, &QSlider::sliderPressed, this, [this] { m_dragging = false; });
}

bool KnobSlider::applies() const
{
    return knobs()[m_knob].applies(m_session.timeline().world());
}

void KnobSlider::setFrame()
{
    const KnobSpec &spec = knobs()[m_knob];
    const double value = spec.get(m_session.timeline().world());
    const QString text = valueText(spec, value);
    if (m_value->text() == text)
        return;
    m_value->setText(text);
    m_slider->setAccessibleDescription(text);
    const QSignalBlocker quiet(m_slider);
    m_slider->setValue(positionOf(spec, value));
}

void KnobSlider::turn(int position)
{
    // All of one drag is one act, and one undo.
    const bool goingOn = m_slider->isSliderDown() && m_dragging;
    m_dragging = m_slider->isSliderDown();
    const auto why = m_session.intervene(TurnKnob{m_knob, valueAt(knobs()[m_knob], position)},
                                         goingOn ? Session::Gesture::Continued : Session::Gesture::New);
    m_value->clear(); // so that setFrame() also puts a refused slider back
    setFrame();
    emit refused(why ? refusalText(*why) : QString());
}

int KnobSlider::steps(const KnobSpec &spec)
{
    return spec.logarithmic ? kLogSteps : std::max(1, int(std::lround((spec.maximum - spec.minimum) / spec.step)));
}

double KnobSlider::valueAt(const KnobSpec &spec, int position)
{
    if (!spec.logarithmic)
        return std::min(spec.maximum, spec.minimum + position * spec.step);
    const double value = spec.minimum * std::pow(spec.maximum / spec.minimum, double(position) / kLogSteps);
    const double nice = spec.kind == KnobSpec::Kind::Whole ? std::round(value) : rounded(value);
    return std::clamp(nice, spec.minimum, spec.maximum);
}

int KnobSlider::positionOf(const KnobSpec &spec, double value)
{
    const double within = std::clamp(value, spec.minimum, spec.maximum);
    if (!spec.logarithmic)
        return int(std::lround((within - spec.minimum) / spec.step));
    return int(std::lround(std::log(within / spec.minimum) / std::log(spec.maximum / spec.minimum) * kLogSteps));
}

} // namespace app
