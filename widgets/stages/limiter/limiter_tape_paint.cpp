// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stages/limiter/limiter_tape.h"

#include <QPainter>

namespace widgets {

namespace {

QColor frameTint(const Theme &theme) { return mixed(theme.control.fill, theme.card, 0.09); }

void paintFrame(QPainter &painter, const LimiterTape &tape, const Theme &theme)
{
    painter.fillRect(tape.frame, frameTint(theme));
    painter.setPen(QPen(theme.control.line, theme.px(1.6), Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin));
    painter.setBrush(Qt::NoBrush);
    if (tape.frameBegins) {
        painter.drawRect(tape.frame);
        return;
    }
    const QRectF &frame = tape.frame;
    painter.drawPolyline(QPolygonF({frame.topLeft(), frame.topRight(), frame.bottomRight(), frame.bottomLeft()}));
}

void paintEdges(QPainter &painter, const LimiterTape &tape, const Theme &theme)
{
    if (!tape.fixed)
        return;
    const TapeRow &first = tape.rows.front();
    const TapeRow &last = tape.rows.back();
    const TapeRow &fixed = tape.rows[*tape.fixed];
    for (const double x : tape.edges) {
        painter.setPen(QPen(theme.hairline, theme.px(1.2), Qt::DashLine));
        painter.drawLine(QPointF(x, first.middle - first.height / 2), QPointF(x, last.middle + last.height / 2));
        painter.setPen(QPen(theme.ink, theme.px(1.6), Qt::DashLine));
        painter.drawLine(QPointF(x, fixed.middle - tape.tick), QPointF(x, fixed.middle + fixed.height / 2));
    }
}

void paintRow(QPainter &painter, const TapeRow &row, const LimiterTape &tape, const Theme &theme)
{
    painter.setPen(QPen(theme.hairline, 1));
    painter.drawLine(QPointF(tape.axis.left(), row.middle), QPointF(tape.axis.right(), row.middle));
    if (!row.queue.isEmpty()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(mixed(theme.waiting.fill, theme.card, 0.6));
        painter.drawPolygon(row.queue);
    }
    for (const TapeMark &mark : row.marks)
        painter.fillRect(mark.bar, mark.passed ? theme.succeeded.line : theme.throttled.line);
    if (row.crowd.isEmpty())
        return;
    painter.setPen(QPen(theme.failed.line, theme.px(1.6)));
    // No line strikes out what it says.
    if (!row.crowdName.text.isEmpty())
        painter.fillRect(row.crowdName.rect,
                         tape.frame.contains(row.crowdName.rect.center()) ? frameTint(theme) : theme.card);
    painter.drawPolyline(QPolygonF({row.crowd.topLeft() + QPointF(0, theme.px(4)), row.crowd.topLeft(),
                                    row.crowd.topRight(), row.crowd.topRight() + QPointF(0, theme.px(4))}));
}

} // namespace

void paintTape(QPainter &painter, const LimiterTape &tape, const Theme &theme)
{
    paintFrame(painter, tape, theme);
    paintEdges(painter, tape, theme);
    for (const TapeRow &row : tape.rows)
        paintRow(painter, row, tape, theme);
    for (const StageLabel &label : tape.labels())
        paintLabel(painter, label);
}

} // namespace widgets
