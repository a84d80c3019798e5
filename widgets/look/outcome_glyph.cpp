// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/look/outcome_glyph.h"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace widgets {

using resilience::sim::RequestOutcome;

namespace {

constexpr int kSpikes = 8;
constexpr double kHollowStroke = 0.3; // of the radius

QPainterPath star(QPointF centre, double radius)
{
    QPainterPath path;
    for (int i = 0; i < 2 * kSpikes; ++i) {
        const double angle = i * std::numbers::pi / kSpikes - std::numbers::pi / 2;
        const double r = i % 2 == 0 ? radius : radius * 0.6;
        const QPointF point = centre + QPointF(std::cos(angle), std::sin(angle)) * r;
        i == 0 ? path.moveTo(point) : path.lineTo(point);
    }
    path.closeSubpath();
    return path;
}

QPainterPath polygon(QPointF centre, std::initializer_list<QPointF> corners, double radius)
{
    QPainterPath path;
    for (const QPointF &corner : corners) {
        const QPointF point = centre + corner * radius;
        path.elementCount() == 0 ? path.moveTo(point) : path.lineTo(point);
    }
    path.closeSubpath();
    return path;
}

QPainterPath disc(QPointF centre, double radius)
{
    QPainterPath path;
    path.addEllipse(centre, radius, radius);
    return path;
}

// A ring that stays inside `radius`.
void paintHollow(QPainter &painter, QPointF centre, double radius, const QColor &line, const QColor &inside)
{
    const double stroke = std::max(1.5, radius * kHollowStroke);
    painter.setPen(QPen(line, stroke));
    painter.setBrush(inside);
    painter.drawEllipse(centre, radius - stroke / 2, radius - stroke / 2);
}

// Filled with its hue; rimmed where the hue alone would be too faint on the card.
void paintSolid(QPainter &painter, const QPainterPath &shape, const Hue &hue)
{
    painter.setPen(hue.line == hue.fill ? QPen(Qt::NoPen) : QPen(hue.line, 1));
    painter.setBrush(hue.fill);
    painter.drawPath(shape);
}

} // namespace

QPainterPath outcomeShape(RequestOutcome outcome, QPointF centre, double radius)
{
    switch (outcome) {
    case RequestOutcome::Succeeded:
        return disc(centre, radius * 0.9);
    case RequestOutcome::Failed:
        return star(centre, radius * 1.08);
    case RequestOutcome::TimedOut:
        return disc(centre, radius * 0.9);
    case RequestOutcome::ShortCircuited:
        return polygon(centre, {{0, -1}, {0.85, 0}, {0, 1}, {-0.85, 0}}, radius);
    case RequestOutcome::Rejected:
        return polygon(centre, {{-0.8, -0.8}, {0.8, -0.8}, {0.8, 0.8}, {-0.8, 0.8}}, radius);
    case RequestOutcome::Throttled:
        return polygon(centre, {{-0.95, -0.7}, {0.95, -0.7}, {0, 0.95}}, radius);
    }
    return {};
}

void paintOutcome(QPainter &painter, RequestOutcome outcome, QPointF centre, double radius, const Theme &theme)
{
    if (outcome == RequestOutcome::TimedOut) {
        paintHollow(painter, centre, radius * 0.9, theme.timedOut.line, theme.card);
        return;
    }
    paintSolid(painter, outcomeShape(outcome, centre, radius), theme.outcome(outcome));
}

void paintFlight(QPainter &painter, FlightLook look, QPointF centre, double radius, const Theme &theme)
{
    switch (look) {
    case FlightLook::Out:
        paintSolid(painter, disc(centre, radius), theme.inFlight);
        break;
    case FlightLook::Back:
        paintHollow(painter, centre, radius, theme.inFlight.line, theme.card);
        break;
    case FlightLook::BackFailed:
        paintSolid(painter, star(centre, radius * 1.15), theme.failed);
        break;
    case FlightLook::Abandoned:
        paintHollow(painter, centre, radius, theme.quietLine, theme.card);
        break;
    }
}

void paintServing(QPainter &painter, QPointF centre, double radius, double done, bool abandoned, const Theme &theme)
{
    const QColor color = abandoned ? theme.quietLine : theme.inFlight.line;
    const QRectF box(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.card);
    painter.drawEllipse(box);
    painter.setBrush(color);
    // What is left of it, running out clockwise like a clock.
    const int left = static_cast<int>(std::lround(360 * 16 * (1.0 - std::clamp(done, 0.0, 1.0))));
    if (!abandoned && left > 0)
        painter.drawPie(box, 90 * 16, left);
    painter.setPen(QPen(color, std::max(1.2, radius * 0.22)));
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(box);
}

void paintTrialRing(QPainter &painter, QPointF centre, double radius, const Theme &theme)
{
    const double stroke = std::max(1.5, radius * 0.28);
    painter.setPen(QPen(theme.trial.line, stroke));
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(centre, radius + stroke, radius + stroke);
}

} // namespace widgets
