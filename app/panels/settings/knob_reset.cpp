// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/settings/knob_reset.h"

#include "app/panels/controls/labels.h"
#include "app/panels/settings/knob_text.h"

namespace app {

KnobReset::KnobReset(const ShownKnob &knob, QWidget *parent) : QToolButton(parent), m_knob(knob)
{
    setObjectName(QStringLiteral("reset-") + knob.key());
    setText(QStringLiteral("↺"));
    setFocusPolicy(Qt::TabFocus);
    setRole(this, "link");
    QSizePolicy keepsRoom = sizePolicy();
    keepsRoom.setRetainSizeWhenHidden(true);
    setSizePolicy(keepsRoom);
    hide();
    connect(this, &QToolButton::clicked, this, [this] {
        if (const auto usual = m_knob.usual())
            emit wanted(*usual);
    });
}

void KnobReset::setFrame(double value)
{
    const auto usual = m_knob.usual();
    const bool turned = usual && *usual != value;
    if (turned) {
        const QString back = valueText(m_knob.spec(), *usual);
        setToolTip(tr("Back to %1").arg(back));
        setAccessibleName(tr("%1: back to %2").arg(m_knob.label(), back));
    }
    if (turned == isHidden())
        setVisible(turned);
}

} // namespace app
