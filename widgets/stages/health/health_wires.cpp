// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stages/health/health_wires.h"

#include <QLineF>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>
#include <utility>

namespace widgets {

using resilience::Probe;
using resilience::Time;
using resilience::toSeconds;
using resilience::sim::Event;
using resilience::sim::Leg;
using resilience::sim::ProbeFlight;
using resilience::sim::ReachedService;
using resilience::sim::Snapshot;
using words::HealthTarget;

namespace {

constexpr double kShareWindow = 6.0; // simulated seconds
constexpr double kGateHeight = 22;

double shareOf(const ProbeFlight &flight, Time now)
{
    const auto whole = flight.legEnd - flight.legStart;
    if (whole <= resilience::Duration::zero() || flight.leg == Leg::Lost)
        return 0;
    return std::clamp(toSeconds(now - flight.legStart) / toSeconds(whole), 0.0, 1.0);
}

// Liveness probes: a plus, so that shape tells them from the round ones for readiness.
QPainterPath plus(QPointF centre, double radius)
{
    const double arm = radius * 0.42;
    QPainterPath path;
    path.addRect(QRectF(centre.x() - radius, centre.y() - arm, 2 * radius, 2 * arm));
    QPainterPath upright;
    upright.addRect(QRectF(centre.x() - arm, centre.y() - radius, 2 * arm, 2 * radius));
    return path.united(upright);
}

} // namespace

StageHit HealthProbeDot::hit(const Theme &theme) const
{
    return {
        .target = targets::Event{event}, .area = areaAround(at, radius + theme.px(4)), .primary = false, .round = true};
}

QPointF alongLine(const QPolygonF &line, double share)
{
    double length = 0;
    for (qsizetype i = 1; i < line.size(); ++i)
        length += QLineF(line[i - 1], line[i]).length();
    double left = length * std::clamp(share, 0.0, 1.0);
    for (qsizetype i = 1; i < line.size(); ++i) {
        const QLineF part(line[i - 1], line[i]);
        if (left <= part.length() && part.length() > 0)
            return part.pointAt(left / part.length());
        left -= part.length();
    }
    return line.isEmpty() ? QPointF() : line.back();
}

std::vector<double> recentShares(const Snapshot &snapshot, uint32_t client)
{
    std::vector<double> counts(snapshot.services.size(), 0.0);
    double all = 0;
    for (const Event &event : snapshot.events) {
        if (!event.as<ReachedService>() || event.actor != resilience::sim::Subject::client(client) || event.caller
            || toSeconds(snapshot.now - event.at) > kShareWindow || event.target.index >= counts.size())
            continue;
        counts[event.target.index] += 1;
        all += 1;
    }
    if (all == 0)
        return counts;
    // Whole per cents that add up to 100: what rounding down leaves over goes to those that it took most from.
    std::vector<std::pair<double, size_t>> lost;
    double left = 100;
    for (size_t i = 0; i < counts.size(); ++i) {
        const double exact = counts[i] * 100 / all;
        counts[i] = std::floor(exact);
        left -= counts[i];
        lost.emplace_back(counts[i] - exact, i);
    }
    std::sort(lost.begin(), lost.end());
    for (size_t i = 0; i < static_cast<size_t>(left); ++i)
        counts[lost[i].second] += 1;
    for (double &count : counts)
        count /= 100;
    return counts;
}

HealthWire layoutHealthWire(const HealthTarget &target, uint32_t place, double share, const QPointF &from,
                            const HealthNode &node, const QRectF &gateColumn, const Theme &theme, double figure)
{
    HealthWire wire{.place = place,
                    .routed = target.routed,
                    .unhealthy = target.health.status == resilience::Health::Unhealthy,
                    .share = share};
    const double callsAt = node.rect.center().y() - theme.px(9) * figure;
    const double probesAt = node.rect.center().y() + theme.px(12) * figure;
    const double bend =
        gateColumn.isEmpty() ? from.x() + (node.rect.left() - from.x()) * 0.6 : gateColumn.left() - theme.px(6);
    const double apart = theme.px(4) * figure;
    wire.calls << from - QPointF(0, apart) << QPointF(bend, callsAt) << QPointF(node.rect.left(), callsAt);
    wire.probes << from + QPointF(0, apart) << QPointF(bend, probesAt) << QPointF(node.rect.left(), probesAt);
    if (gateColumn.isEmpty())
        return wire;
    const double height = theme.px(kGateHeight);
    wire.gate = QRectF(gateColumn.left(), callsAt - height / 2, gateColumn.width(), height);
    const QColor color = wire.routed ? theme.ink : wire.unhealthy ? theme.failed.text : theme.quietInk;
    wire.route = centredAt(fitLabel({words::routeText(target, share), QString()}, wire.gate.width() - theme.px(6),
                                    theme.font(TextSize::Label, QFont::DemiBold), color),
                           wire.gate.center());
    return wire;
}

void paintHealthWire(QPainter &painter, const HealthWire &wire, const Theme &theme)
{
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(mixed(theme.trial.line, theme.card, 0.7), theme.px(1.2), Qt::DotLine));
    painter.drawPolyline(wire.probes);
    // To the gate it is whole; behind it only for those in rotation.
    const QPen whole(theme.quietLine, theme.px(2));
    painter.setPen(whole);
    painter.drawPolyline(QPolygonF{{wire.calls[0], wire.calls[1]}});
    painter.setPen(wire.routed ? whole : QPen(theme.hairline, theme.px(1.6), Qt::DashLine));
    painter.drawPolyline(QPolygonF{{wire.calls[1], wire.calls[2]}});
}

void paintHealthGate(QPainter &painter, const HealthWire &wire, const Theme &theme)
{
    if (wire.gate.isEmpty())
        return;
    painter.setPen(QPen(wire.routed      ? theme.quietLine
                        : wire.unhealthy ? theme.failed.line
                                         : theme.quietLine,
                        theme.px(1.4), wire.routed || wire.unhealthy ? Qt::SolidLine : Qt::DashLine));
    painter.setBrush(wire.routed ? theme.card : wire.unhealthy ? theme.failed.soft : theme.inset);
    painter.drawRoundedRect(wire.gate, theme.px(6), theme.px(6));
    if (wire.routed && wire.share > 0) { // how much of the traffic, as a level at its foot
        QPainterPath frame;
        frame.addRoundedRect(wire.gate.adjusted(1, 1, -1, -1), theme.px(5), theme.px(5));
        QPainterPath level;
        level.addRect(
            QRectF(wire.gate.left(), wire.gate.bottom() - theme.px(4), wire.gate.width() * wire.share, theme.px(4)));
        painter.fillPath(frame.intersected(level), theme.inFlight.line);
    }
    paintLabel(painter, wire.route);
}

std::vector<HealthProbeDot> layoutProbeDots(const Snapshot &snapshot, const HealthTarget &target,
                                            const HealthWire &wire, double radius)
{
    std::vector<HealthProbeDot> dots;
    for (const ProbeFlight &flight : target.flights) {
        HealthProbeDot dot{.event = flight.event,
                           .process = flight.kind != Probe::Readiness,
                           .radius = radius,
                           .back = flight.leg == Leg::Inbound,
                           .failed = flight.leg == Leg::Inbound && flight.failed,
                           .lost = flight.leg == Leg::Lost};
        const double share = flight.leg == Leg::Outbound  ? shareOf(flight, snapshot.now)
                             : flight.leg == Leg::Inbound ? 1 - shareOf(flight, snapshot.now)
                                                          : 1.0;
        dot.at = alongLine(wire.probes, share);
        // At the node they wait in front of it, one beside the other.
        if (flight.leg == Leg::Serving || flight.leg == Leg::Lost)
            dot.at -= QPointF(radius * (dot.process ? 4.2 : 1.6), 0);
        dots.push_back(dot);
    }
    return dots;
}

void paintProbeDot(QPainter &painter, const HealthProbeDot &dot, const Theme &theme)
{
    if (dot.failed) {
        paintFlight(painter, FlightLook::BackFailed, dot.at, dot.radius, theme);
        return;
    }
    const QColor color = dot.lost ? theme.quietLine : theme.trial.line;
    const bool hollow = dot.back || dot.lost;
    painter.setPen(QPen(color, theme.px(1.6)));
    painter.setBrush(hollow ? theme.card : theme.trial.fill);
    if (dot.process) {
        painter.drawPath(plus(dot.at, dot.radius * 1.15));
        return;
    }
    painter.drawEllipse(dot.at, dot.radius * 0.62, dot.radius * 0.62);
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(dot.at, dot.radius * 1.2, dot.radius * 1.2);
}

} // namespace widgets
