// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/settings/knob_reset.h"

#include "app/panels/controls/labels.h"
#include "app/panels/settings/knob_text.h"

namespace app {

using namespace resilience::sim;

KnobReset::KnobReset(Session &session, uint32_t knob, QWidget *parent)
    : QToolButton(parent), m_session(session), m_knob(knob)
{
    setObjectName(QStringLiteral("reset-") + QString::fromLatin1(knobs()[knob].id));
    setText(QStringLiteral("↺"));
    setFocusPolicy(Qt::TabFocus);
    setRole(this, "link");
    QSizePolicy keepsRoom = sizePolicy();
    keepsRoom.setRetainSizeWhenHidden(true);
    setSizePolicy(keepsRoom);
    hide();
    connect(this, &QToolButton::clicked, this, [this] {
        if (const auto usual = m_session.defaultOf(m_knob))
            emit wanted(*usual);
    });
}

void KnobReset::setFrame(double value)
{
    const auto usual = m_session.defaultOf(m_knob);
    const bool turned = usual && *usual != value;
    if (turned) {
        const KnobSpec &spec = knobs()[m_knob];
        setToolTip(tr("Back to %1").arg(valueText(spec, *usual)));
        setAccessibleName(tr("%1: back to %2").arg(labelOf(spec), valueText(spec, *usual)));
    }
    if (turned == isHidden())
        setVisible(turned);
}

} // namespace app
