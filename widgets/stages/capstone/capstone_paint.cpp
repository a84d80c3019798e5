// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stages/capstone/capstone_layout.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace widgets {

namespace {

constexpr double kThinnest = 1.6; // of a line, px at scale 1
constexpr double kThickness = 0.11; // for each attempt a second

// Work for nobody.
void hatch(QPainter &painter, const QRectF &area, const Theme &theme)
{
    painter.setPen(QPen(theme.failed.line, theme.px(1)));
    painter.setBrush(theme.failed.soft);
    painter.drawRect(area);
    painter.setBrush(QBrush(theme.failed.line, Qt::BDiagPattern));
    painter.drawRect(area);
}

// As thick as attempts are many; of them, what succeeds above and what fails, dashed, below.
void paintLine(QPainter &painter, const ShopLineShape &shape, const Theme &theme)
{
    const ShopLine &line = shape.line;
    const double head = theme.px(6);
    const QPointF to = shape.to - QPointF(theme.px(1), 0);
    const auto stroke = [&](double y, double width, const QColor &color, Qt::PenStyle style) {
        painter.setPen(QPen(color, width, style, Qt::FlatCap));
        painter.drawLine(QPointF(shape.from.x(), y), QPointF(to.x() - head * 0.6, y));
    };
    const double thickness = theme.px(std::clamp(line.sent * kThickness, kThinnest, kThickestShopLine));
    const double y = shape.from.y();
    QColor ahead = theme.quietLine;
    if (line.succeeded + line.failed <= 0) {
        stroke(y, theme.px(kThinnest), theme.quietLine, line.optional ? Qt::DashLine : Qt::SolidLine);
    } else {
        const double failing = thickness * line.failing();
        const double good = thickness - failing;
        // What goes well for nobody is hatched, beside what somebody has of it.
        const double nobody = good * line.wasted();
        if (good - nobody > 0)
            stroke(y - thickness / 2 + (good - nobody) / 2, good - nobody, theme.succeeded.line, Qt::SolidLine);
        if (nobody > 0)
            hatch(painter,
                  QRectF(QPointF(shape.from.x(), y - thickness / 2 + good - nobody),
                         QPointF(to.x() - head * 0.6, y - thickness / 2 + good)),
                  theme);
        if (failing > 0) {
            painter.setPen(QPen(theme.failed.line, std::max(failing, theme.px(1)), Qt::CustomDashLine, Qt::FlatCap));
            QPen pen = painter.pen();
            pen.setDashPattern({theme.px(6) / pen.widthF(), theme.px(3) / pen.widthF()});
            painter.setPen(pen);
            const double at = y + thickness / 2 - failing / 2;
            painter.drawLine(QPointF(shape.from.x(), at), QPointF(to.x() - head * 0.6, at));
        }
        ahead = line.isFailing() || line.isWasted() ? theme.failed.line : theme.succeeded.line;
    }
    const double half = std::max(head * 0.6, thickness / 2 + theme.px(2));
    QPainterPath arrow(to);
    arrow.lineTo(to + QPointF(-head, -half));
    arrow.lineTo(to + QPointF(-head, half));
    arrow.closeSubpath();
    painter.setPen(Qt::NoPen);
    painter.setBrush(ahead);
    painter.drawPath(arrow);
    paintLabel(painter, shape.rate);
    for (const PolicyChip &chip : shape.chips)
        paintChip(painter, chip, theme);
}

void paintService(QPainter &painter, const ShopBox &service, const Theme &theme)
{
    paintStageBox(painter, service.box, theme);
    for (size_t i = 0; i < service.workers.size(); ++i) {
        const bool busy = i < service.busy;
        const QRectF &place = service.workers[i];
        const double stroke = theme.px(1);
        if (i < service.wasted) {
            hatch(painter, place.adjusted(stroke / 2, stroke / 2, -stroke / 2, -stroke / 2), theme);
            continue;
        }
        painter.setPen(QPen(busy ? theme.inFlight.line : theme.quietLine, stroke));
        painter.setBrush(busy ? theme.inFlight.fill : theme.card);
        const double radius = std::min(theme.px(3), place.width() / 4);
        painter.drawRoundedRect(place.adjusted(stroke / 2, stroke / 2, -stroke / 2, -stroke / 2), radius, radius);
    }
    if (service.queue.isEmpty())
        return;
    const double radius = service.queue.height() / 2;
    QPainterPath track;
    track.addRoundedRect(service.queue, radius, radius);
    painter.setPen(QPen(theme.hairline, theme.px(1)));
    painter.setBrush(theme.card);
    painter.drawPath(track);
    if (service.queueShare > 0) {
        QPainterPath filled;
        filled.addRect(QRectF(service.queue.topLeft(),
                              QSizeF(service.queue.width() * service.queueShare, service.queue.height())));
        painter.setPen(QPen(theme.waiting.line, theme.px(1)));
        painter.setBrush(theme.waiting.fill);
        painter.drawPath(track.intersected(filled));
    }
    if (service.queueWasted > 0) {
        const QRectF wasted(service.queue.topLeft(),
                            QSizeF(service.queue.width() * service.queueWasted, service.queue.height()));
        painter.save();
        painter.setClipPath(track);
        hatch(painter, wasted, theme);
        painter.restore();
    }
    paintLabel(painter, service.queueText);
}

} // namespace

void paintShop(QPainter &painter, const ShopLayout &layout, const Theme &theme)
{
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    paintStageHeader(painter, layout.header, theme);
    if (!layout.services.empty()) {
        for (const ShopLineShape &shape : layout.lines)
            paintLine(painter, shape, theme);
        paintStageBox(painter, layout.client, theme);
        for (const ShopBox &service : layout.services)
            paintService(painter, service, theme);
        for (const StageLabel &label : layout.key)
            paintLabel(painter, label);
        painter.setPen(QPen(theme.hairline, 1));
        if (layout.rule > 0)
            painter.drawLine(QPointF(layout.inner.left(), layout.rule), QPointF(layout.inner.right(), layout.rule));
        for (const StageDot &dot : layout.dots)
            paintStageDot(painter, dot, theme);
        paintStageNext(painter, layout.next, theme);
    }
    paintStageFigure(painter, layout.goodput);
    for (const ShopNumber &number : layout.numbers) {
        paintLabel(painter, number.caption);
        paintLabel(painter, number.number);
    }
}

} // namespace widgets
