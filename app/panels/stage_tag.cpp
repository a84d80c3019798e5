// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/stage_tag.h"

#include "app/panels/controls/labels.h"
#include "widgets/stage/stage_label.h"

#include <QPainter>

namespace app {

StageTag::StageTag(QWidget *parent) : QAbstractButton(parent), m_theme(widgets::Theme::light())
{
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void StageTag::show(RunSide side, const QString &name, const QString &hint)
{
    if (m_side == side && text() == name)
        return;
    m_side = side;
    setText(name);
    setToolTip(plainToolTip(hint));
    update();
}

void StageTag::setTheme(const widgets::Theme &theme)
{
    m_theme = theme;
    updateGeometry();
    update();
}

QSize StageTag::sizeHint() const { return QSizeF(m_theme.px(120), m_theme.px(26)).toSize(); }

void StageTag::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool ours = m_side == RunSide::Ours;
    if (ours || hasFocus()) {
        painter.setPen(QPen(m_theme.control.line, hasFocus() ? m_theme.px(2) : 1));
        painter.setBrush(ours ? m_theme.control.soft : m_theme.card);
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), m_theme.px(5), m_theme.px(5));
    }
    const double left = m_theme.px(10);
    const double sign = m_theme.px(26);
    paintRunSign(painter, m_side, QRectF(left, 0, sign, height()), m_theme);
    const QFont font = m_theme.font(widgets::TextSize::Body, ours ? QFont::DemiBold : QFont::Normal);
    const double at = left + sign + m_theme.px(8);
    widgets::paintLabel(painter, widgets::leftAt(widgets::fitLabel({text()}, width() - at - m_theme.px(8), font,
                                                                   ours ? m_theme.control.text : m_theme.quietInk),
                                                 at, height() / 2.0));
}

} // namespace app
