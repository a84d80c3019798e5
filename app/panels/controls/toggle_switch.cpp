// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/controls/toggle_switch.h"

#include <QPainter>

#include <cmath>

namespace app {

ToggleSwitch::ToggleSwitch(bool fault, QWidget *parent)
    : QAbstractButton(parent), m_theme(widgets::Theme::light()), m_fault(fault)
{
    setCheckable(true);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setCursor(Qt::PointingHandCursor);
}

void ToggleSwitch::setTheme(const widgets::Theme &theme)
{
    m_theme = theme;
    updateGeometry();
    update();
}

QSize ToggleSwitch::sizeHint() const { return {int(std::lround(m_theme.px(36))), int(std::lround(m_theme.px(22)))}; }

void ToggleSwitch::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QSizeF track(m_theme.px(34), m_theme.px(18));
    QRectF box(QPointF(0, 0), track);
    box.moveCenter(QRectF(rect()).center());
    const widgets::Hue &hue = m_fault ? m_theme.failed : m_theme.control;
    painter.setPen(QPen(isChecked() ? hue.line : m_theme.quietLine, 1));
    painter.setBrush(!isEnabled() ? m_theme.inset : isChecked() ? hue.fill : m_theme.quietLine);
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), track.height() / 2, track.height() / 2);

    const double radius = m_theme.px(7);
    const double inset = track.height() / 2;
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(Qt::white));
    painter.drawEllipse(QPointF(isChecked() ? box.right() - inset : box.left() + inset, box.center().y()), radius,
                        radius);

    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(m_theme.control.line, 2));
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), height() / 2.0 - 1, height() / 2.0 - 1);
    }
}

} // namespace app
