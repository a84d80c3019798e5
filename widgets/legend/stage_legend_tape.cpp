// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/legend/stage_legend_tape.h"

#include "widgets/stages/bulkhead/bulkhead_words.h"

#include <QPainter>

namespace widgets {

namespace {

struct Sketch {
    QPainter &painter;
    QRectF box;
    const Theme &theme;
    double unit;

    QPointF at(double x, double y) const { return box.center() + QPointF(x, y) * unit; }
    QRectF rect(double x, double y, double width, double height) const
    {
        return {at(x, y), QSizeF(width, height) * unit};
    }
    void line(const QColor &color, double width, QPointF from, QPointF to)
    {
        painter.setPen(QPen(color, width * unit, Qt::SolidLine, Qt::FlatCap));
        painter.drawLine(from, to);
    }
    void outline(const QColor &color, double width, const QRectF &rect, const QColor &fill = Qt::transparent)
    {
        painter.setPen(QPen(color, width * unit));
        painter.setBrush(fill);
        painter.drawRect(rect);
    }
    void marks(const QColor &color, double top)
    {
        line(theme.hairline, 1, at(-13, 0), at(13, 0));
        for (const double x : {-5.0, 0.0, 5.0})
            painter.fillRect(rect(x - 1, top, 2, 6), color);
    }
    void crowd()
    {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(theme.failed.line, 1.6 * unit));
        painter.drawPolyline(QPolygonF({at(-9, 3), at(-9, -2), at(9, -2), at(9, 3)}));
    }
    void queue()
    {
        painter.setPen(QPen(theme.waiting.line, unit));
        painter.setBrush(theme.waiting.soft);
        painter.drawPolygon(
            QPolygonF({at(-10, -4), at(-10, 5), at(-3, 5), at(-3, 2), at(4, 2), at(4, -1), at(10, -1), at(10, -4)}));
    }
    void slot(const Hue &hue)
    {
        outline(hue.line, 1.3, rect(-6, -6, 12, 12), theme.card);
        painter.fillRect(rect(-5, 0, 10, 5), hue.soft);
    }
    void wall()
    {
        outline(theme.quietLine, 1, rect(-12, -4, 24, 8), theme.inset);
        line(theme.ink, 3, at(0, -7), at(0, 7));
    }
    void door()
    {
        outline(words::callerHue(true, theme).line, 1.4, rect(-13, -5, 13, 10), theme.card);
        line(words::callerHue(true, theme).line, 1.6, at(0, 0), at(12, 0));
    }
    void turnedAway()
    {
        for (const bool good : {true, false})
            outline(words::callerHue(good, theme).line, 1, rect(good ? -9 : 2, -3.5, 7, 7),
                    words::callerHue(good, theme).fill);
    }
};

} // namespace

bool paintTapeSign(QPainter &painter, Sign sign, const QRectF &box, const Theme &theme)
{
    Sketch draw{painter, box, theme, box.height() / 14};
    switch (sign) {
    case Sign::PassedMark:
        draw.marks(theme.succeeded.line, -6);
        return true;
    case Sign::ThrottledMark:
        draw.marks(theme.throttled.line, 0);
        return true;
    case Sign::TapeFrame:
        draw.outline(theme.control.line, 1.6, draw.rect(-11, -5, 22, 10), mixed(theme.control.fill, theme.card, 0.09));
        return true;
    case Sign::TapeCrowd:
        draw.crowd();
        return true;
    case Sign::TapeQueue:
        draw.queue();
        return true;
    case Sign::SlotFilling:
        draw.slot(words::callerHue(true, theme));
        return true;
    case Sign::SlotOther:
        draw.slot(words::callerHue(false, theme));
        return true;
    case Sign::Wall:
        draw.wall();
        return true;
    case Sign::Door:
        draw.door();
        return true;
    case Sign::TurnedAwayAtDoor:
        draw.turnedAway();
        return true;
    default:
        return false;
    }
}

} // namespace widgets
