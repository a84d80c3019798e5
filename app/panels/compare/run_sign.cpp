// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/compare/run_sign.h"

#include <QPainter>

namespace app {

void paintRunSign(QPainter &painter, RunSide side, const QRectF &area, const widgets::Theme &theme)
{
    QPen pen(side == RunSide::Ours ? theme.inFlight.line : theme.quietInk, theme.px(3));
    pen.setCapStyle(Qt::FlatCap);
    if (side == RunSide::Other)
        pen.setDashPattern({2.4, 1.4});
    painter.setPen(pen);
    painter.drawLine(QPointF(area.left(), area.center().y()), QPointF(area.right(), area.center().y()));
}

RunSign::RunSign(RunSide side, QWidget *parent) : QWidget(parent), m_side(side), m_theme(widgets::Theme::light())
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void RunSign::setSide(RunSide side)
{
    m_side = side;
    update();
}

void RunSign::setTheme(const widgets::Theme &theme)
{
    m_theme = theme;
    updateGeometry();
    update();
}

QSize RunSign::sizeHint() const { return QSizeF(m_theme.px(26), m_theme.px(14)).toSize(); }

void RunSign::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintRunSign(painter, m_side, rect(), m_theme);
}

} // namespace app
