// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/look/outcome_glyph.h"
#include "widgets/stages/breaker/breaker_bubbles.h"
#include "widgets/stages/breaker/breaker_state_key.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace widgets {

using resilience::BreakerState;
using resilience::BreakerView;
using resilience::sim::RequestOutcome;

namespace {

using Bubble = BreakerBubbles::Bubble;
using Arrow = BreakerBubbles::Arrow;

// Clockwise from the top, so that a part of it is a countdown.
QPainterPath rim(const QRectF &rect)
{
    const double r = rect.height() / 2;
    QPainterPath path(QPointF(rect.center().x(), rect.top()));
    path.lineTo(rect.right() - r, rect.top());
    path.arcTo(QRectF(rect.right() - 2 * r, rect.top(), 2 * r, 2 * r), 90, -180);
    path.lineTo(rect.left() + r, rect.bottom());
    path.arcTo(QRectF(rect.left(), rect.top(), 2 * r, 2 * r), 270, -180);
    path.closeSubpath();
    return path;
}

void strokePart(QPainter &painter, const QPainterPath &path, double share, const QColor &color, double width)
{
    if (share <= 0)
        return;
    QPen pen(color, width, Qt::SolidLine, Qt::FlatCap);
    if (share < 1) {
        const double length = path.length() / width;
        pen.setDashPattern({std::max(0.01, length * share), length * 2});
    }
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(path);
}

// How much the token is in this bubble: 0..1, during a change of state in between.
double presence(const Bubble &bubble, const StagePhase &phase)
{
    const double part = phase.reducedMotion ? 1.0 : phase.transition;
    const bool was = bubbleFor(breakerStateOf(phase.from)) == bubble.state;
    return (bubble.here ? part : 0.0) + (was ? 1 - part : 0.0);
}

void paintBubble(QPainter &painter, const Bubble &bubble, const BreakerBubbles &all, const StageContext &context,
                 const StagePhase &phase)
{
    const Theme &theme = context.theme;
    const Hue &hue = theme.state(bubble.state);
    const double here = std::min(1.0, presence(bubble, phase));
    const double thin = theme.px(1.8);
    const double thick = context.px(4);
    const double stroke = thin + (thick - thin) * here;
    const QRectF rect = bubble.rect.adjusted(stroke / 2, stroke / 2, -stroke / 2, -stroke / 2);
    const QPainterPath path = rim(rect);
    painter.setPen(Qt::NoPen);
    painter.setBrush(mixed(hue.soft, theme.card, here));
    painter.drawPath(path);

    const BreakerState state = context.breaker().state;
    double left = 1.0;
    if (bubble.here && state == BreakerState::Open)
        left = all.waitLeft;
    else if (bubble.here && state == BreakerState::HalfOpen && context.breaker().halfOpenDeadline)
        left = all.patienceLeft;
    if (left < 1)
        strokePart(painter, path, 1, mixed(hue.line, theme.card, 0.3), thin);
    strokePart(painter, path, left, hue.line, stroke);
    paintLabel(painter, bubble.name);
    paintLabel(painter, bubble.detail);
}

void paintBubbleHead(QPainter &painter, const Arrow &arrow, double size)
{
    const QPointF back = arrow.end - arrow.arriving;
    const double length = std::hypot(back.x(), back.y());
    if (length <= 0)
        return;
    const QPointF along = back / length;
    const QPointF side(-along.y(), along.x());
    const QPointF tip = arrow.end;
    painter.drawPolyline(
        QPolygonF({tip - along * size + side * size * 0.62, tip, tip - along * size - side * size * 0.62}));
}

void paintArrow(QPainter &painter, const Arrow &arrow, const StageContext &context, const StagePhase &phase)
{
    const Theme &theme = context.theme;
    QColor color = theme.quietLine;
    double width = theme.px(1.6);
    if (arrow.taken) {
        // Thick while the token is on it, and still marked afterwards: this is how we got here.
        const double fresh = phase.reducedMotion ? 0.0 : 1 - phase.transition;
        color = theme.state(arrow.to).line;
        width = theme.px(2.4) + context.px(2) * fresh;
    } else if (arrow.live) {
        color = theme.ink;
    }
    painter.setPen(QPen(color, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(arrow.path());
    paintBubbleHead(painter, arrow, context.px(8));
    if (arrow.breaksLine && !arrow.rule.text.isEmpty()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.card);
        painter.drawRect(arrow.rule.rect.adjusted(-theme.px(6), 0, theme.px(6), 0));
    }
    paintLabel(painter, arrow.rule);
    paintLabel(painter, arrow.second);
}

void paintPips(QPainter &painter, const BreakerBubbles &all, const StageContext &context)
{
    const Theme &theme = context.theme;
    const BreakerView &breaker = context.breaker();
    for (size_t i = 0; i < all.pips.size(); ++i) {
        const QPointF at = all.pips[i];
        if (i < breaker.trialsSucceeded) {
            paintOutcome(painter, RequestOutcome::Succeeded, at, all.pipRadius * 1.15, theme);
        } else if (i < breaker.trialsSucceeded + breaker.trialsFailed) {
            paintOutcome(painter, RequestOutcome::Failed, at, all.pipRadius * 1.25, theme);
        } else {
            const bool given = i < breaker.trialsGiven;
            painter.setPen(QPen(given ? theme.inFlight.line : theme.quietLine, theme.px(1.2)));
            painter.setBrush(given ? theme.inFlight.fill : theme.card);
            painter.drawEllipse(at, all.pipRadius * 0.9, all.pipRadius * 0.9);
        }
    }
}

// Along the arrow during a change of state, else at rest.
QPointF tokenAt(const BreakerBubbles &all, BreakerState state, const StagePhase &phase)
{
    const QPointF rest = all.restingPlace(state);
    if (phase.reducedMotion || phase.transition >= 1)
        return rest;
    const QPointF origin = all.restingPlace(breakerStateOf(phase.from));
    const Arrow *arrow = all.arrow(bubbleFor(breakerStateOf(phase.from)), bubbleFor(state));
    const double t = phase.eased();
    if (!arrow)
        return origin + (rest - origin) * t;
    constexpr double kLeave = 0.15; // to the arrow's start, and at its end to the place of rest
    if (t < kLeave)
        return origin + (arrow->start - origin) * (t / kLeave);
    if (t > 1 - kLeave)
        return arrow->end + (rest - arrow->end) * ((t - (1 - kLeave)) / kLeave);
    return arrow->at((t - kLeave) / (1 - 2 * kLeave));
}

void paintToken(QPainter &painter, QPointF at, const BreakerBubbles &all, const StageContext &context)
{
    const Theme &theme = context.theme;
    painter.setPen(QPen(theme.card, theme.px(2)));
    painter.setBrush(theme.state(context.breaker().state).line);
    painter.drawEllipse(at, all.tokenRadius + theme.px(1), all.tokenRadius + theme.px(1));
}

} // namespace

void paintBreakerBubbles(QPainter &painter, const BreakerBubbles &bubbles, const StageContext &context,
                         const StagePhase &phase)
{
    const Theme &theme = context.theme;
    for (const Bubble &bubble : bubbles.bubbles)
        paintBubble(painter, bubble, bubbles, context, phase);
    paintPips(painter, bubbles, context);
    for (const Arrow &arrow : bubbles.arrows)
        paintArrow(painter, arrow, context, phase);
    if (!bubbles.override.text.isEmpty()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.ink);
        painter.drawRoundedRect(bubbles.overrideShape, bubbles.overrideShape.height() / 2,
                                bubbles.overrideShape.height() / 2);
        paintLabel(painter, bubbles.override);
    }
    paintToken(painter, tokenAt(bubbles, context.breaker().state, phase), bubbles, context);
}

} // namespace widgets
