// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stages/breaker/breaker_state_key.h"
#include "widgets/stages/breaker/breaker_wire.h"

#include <QPainter>

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

void paintLever(QPainter &painter, const BreakerWire &wire, const StageContext &context, const StagePhase &phase)
{
    const Theme &theme = context.theme;
    const BreakerState state = context.breaker().state;
    const double part = phase.eased();
    const double degrees = leverDegrees(breakerStateOf(phase.from)) * (1 - part) + leverDegrees(state) * part;
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
void paintWireLane(QPainter &painter, const BreakerWire &wire, const StageContext &context)
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

} // namespace

void paintBreakerWire(QPainter &painter, const BreakerWire &wire, const StageContext &context, const StagePhase &phase)
{
    const Theme &theme = context.theme;
    paintWireLane(painter, wire, context);
    painter.setPen(QPen(theme.ink, context.px(2.6), Qt::SolidLine, Qt::FlatCap));
    painter.drawLine(wire.clientPort, wire.leftContact);
    painter.drawLine(wire.rightContact, wire.servicePort);

    paintStageBox(painter, wire.client, theme);
    paintStageBox(painter, wire.service, theme);
    paintLever(painter, wire, context, phase);
    for (const StageLabel &label : wire.rates)
        paintLabel(painter, label);
    for (const StagePile &heap : wire.heaps)
        paintStagePile(painter, heap, theme);
}

} // namespace widgets
