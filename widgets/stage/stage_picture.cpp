// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stage/stage_picture.h"

#include <QPainter>

namespace widgets {

StagePicture::~StagePicture() = default;

void StagePicture::paintDragged(QPainter &painter, const StageHit &hit, QPointF by) const
{
    painter.save();
    painter.translate(by);
    paintStageOutline(painter, hit, 0, QPen(m_theme.control.line, m_theme.px(2), Qt::DashLine), m_theme);
    painter.restore();
}

void paintStageCard(QPainter &painter, QSizeF size, const Theme &theme, bool paused)
{
    const double stroke = paused ? 2 : 1;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(QRectF(QPointF(0, 0), size), theme.ground);
    painter.setPen(QPen(paused ? theme.control.line : theme.hairline, stroke));
    painter.setBrush(theme.card);
    painter.drawRoundedRect(QRectF(QPointF(0, 0), size).adjusted(stroke / 2, stroke / 2, -stroke / 2, -stroke / 2), 8,
                            8);
}

void paintStageNext(QPainter &painter, const QRectF &next, const Theme &theme)
{
    if (next.isEmpty())
        return;
    painter.setPen(QPen(theme.control.line, theme.px(1.6), Qt::DashLine));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(next, theme.px(13), theme.px(13));
}

void paintStageOutline(QPainter &painter, const StageHit &hit, double away, const QPen &pen, const Theme &theme)
{
    const QRectF area = hit.area.adjusted(-away, -away, away, away);
    const double radius = hit.round ? area.height() / 2 : theme.px(8);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(pen);
    painter.drawRoundedRect(area, radius, radius);
}

QRectF stageInner(QSizeF size, const Theme &theme)
{
    const double border = size.height() < theme.px(340) ? 12 : theme.px(16);
    return QRectF(QPointF(0, 0), size).adjusted(border, border, -border, -border);
}

} // namespace widgets
