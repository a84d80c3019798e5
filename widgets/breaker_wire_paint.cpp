// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/breaker_wire.h"
#include "widgets/outcome_glyph.h"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace widgets {

using resilience::BreakerState;

namespace {

double leverDegrees(BreakerState state)
{
    switch (state) {
    case BreakerState::Open:
    case BreakerState::ForcedOpen:
        return 36;
    case BreakerState::HalfOpen:
        return 12; // ajar
    default:
        return 0;
    }
}

// Slow at both ends.
double eased(double t) { return t * t * (3 - 2 * t); }

void paintBox(QPainter &painter, const QRectF &box, const QColor &fill, const QColor &line, const Theme &theme)
{
    const double stroke = theme.px(1.6);
    painter.setPen(QPen(line, stroke));
    painter.setBrush(fill);
    painter.drawRoundedRect(box.adjusted(stroke / 2, stroke / 2, -stroke / 2, -stroke / 2), theme.px(10), theme.px(10));
}

void paintLever(QPainter &painter, const BreakerWire &wire, const StageContext &context, const StagePhase &phase)
{
    const Theme &theme = context.theme;
    const BreakerState state = context.breaker().state;
    const double part = phase.reducedMotion ? 1.0 : eased(phase.transition);
    const double degrees = leverDegrees(phase.from) * (1 - part) + leverDegrees(state) * part;
    const double angle = degrees * std::numbers::pi / 180;
    const double radius = context.px(5.5);
    // Closed it reaches the other contact; lifted, it keeps its length.
    const double length = wire.rightContact.x() - wire.leftContact.x();
    const QPointF tip = wire.leftContact + QPointF(std::cos(angle), -std::sin(angle)) * length;
    painter.setPen(QPen(theme.state(state).line, context.px(5.5), Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(wire.leftContact, tip);
    painter.setPen(QPen(theme.ink, context.px(2.6)));
    painter.setBrush(theme.card);
    painter.drawEllipse(wire.leftContact, radius, radius);
    painter.drawEllipse(wire.rightContact, radius, radius);
}

// The lane of the answers: thin, with a head pointing home.
void paintLane(QPainter &painter, const BreakerWire &wire, const StageContext &context)
{
    const Theme &theme = context.theme;
    const QPointF from(wire.servicePort.x(), wire.laneY);
    const QPointF to(wire.rightContact.x(), wire.laneY);
    painter.setPen(QPen(theme.hairline, context.px(1.5), Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(from, to);
    const double head = context.px(4);
    painter.drawLine(to, to + QPointF(head, -head));
    painter.drawLine(to, to + QPointF(head, head));
    paintLabel(painter, wire.laneName);
}

void paintHeap(QPainter &painter, const RejectionHeap &heap, uint64_t settled, const Theme &theme)
{
    const uint64_t shown = std::min(settled, heap.columns * heap.rows);
    for (uint64_t n = 0; n < shown; ++n)
        paintOutcome(painter, heap.cause, heap.place(n), heap.radius, theme);
    paintLabel(painter, heap.label);
}

} // namespace

void paintBreakerWire(QPainter &painter, const BreakerWire &wire, const StageContext &context, const StagePhase &phase)
{
    const Theme &theme = context.theme;
    paintLane(painter, wire, context);
    painter.setPen(QPen(theme.ink, context.px(2.6), Qt::SolidLine, Qt::FlatCap));
    painter.drawLine(wire.clientPort, wire.leftContact);
    painter.drawLine(wire.rightContact, wire.servicePort);

    paintBox(painter, wire.client, theme.inset, theme.ink, theme);
    const auto *service = context.service();
    bool faulty = false;
    if (service)
        for (const auto &fault : service->faults)
            faulty = faulty || fault.has_value();
    paintBox(painter, wire.service, faulty ? theme.failed.soft : theme.inset, faulty ? theme.failed.line : theme.ink,
             theme);
    for (const StageLabel &label : wire.labels)
        paintLabel(painter, label);
    paintLever(painter, wire, context, phase);
    for (const StageLabel &label : wire.rates)
        paintLabel(painter, label);
    for (const RejectionHeap &heap : wire.heaps)
        paintHeap(painter, heap, heap.count - std::min(heap.count, heap.falling), theme);
}

} // namespace widgets
