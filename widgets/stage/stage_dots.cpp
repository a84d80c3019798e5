// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stage/stage_dots.h"

#include "widgets/stage/stage_context.h"

#include <QPainter>

#include <algorithm>

namespace widgets {

using resilience::Duration;
using resilience::Time;
using resilience::toSeconds;
using resilience::sim::Leg;
using resilience::sim::Request;
using resilience::sim::RequestOutcome;
using resilience::sim::Snapshot;

StageHit StageDot::hit(const Theme &theme) const
{
    return {.target = targets::Request{request},
            .area = areaAround(at, radius + theme.px(3)),
            .primary = false,
            .round = true};
}

double legShare(const Request &request, Time now)
{
    const Duration whole = request.legEnd - request.legStart;
    if (request.leg == Leg::Lost || whole <= Duration::zero())
        return 0;
    return std::clamp(toSeconds(now - request.legStart) / toSeconds(whole), 0.0, 1.0);
}

QPointF legPlace(const Request &request, Time now, QPointF client, QPointF service)
{
    switch (request.leg) {
    case Leg::Outbound:
        return client + (service - client) * legShare(request, now);
    case Leg::Inbound:
        return service + (client - service) * legShare(request, now);
    default:
        return service;
    }
}

FlightLook flightLook(const Request &request)
{
    if (request.abandoned)
        return FlightLook::Abandoned;
    if (request.leg == Leg::Inbound)
        return request.failed ? FlightLook::BackFailed : FlightLook::Back;
    return FlightLook::Out;
}

StageDot stageDot(const Request &request, const Snapshot &snapshot, double radius)
{
    return {.request = request.id,
            .attempt = request.attempt,
            .radius = radius,
            .look = flightLook(request),
            .trial = request.permit.trial,
            .serving = request.leg == Leg::Serving || request.leg == Leg::Lost,
            .abandoned = request.abandoned,
            .done = legShare(request, snapshot.now),
            .next = isNext(snapshot, request.id)};
}

void paintStageDot(QPainter &painter, const StageDot &dot, const Theme &theme)
{
    if (dot.serving)
        paintServing(painter, dot.at, dot.radius, dot.done, dot.abandoned, theme);
    else
        paintFlight(painter, dot.look, dot.at, dot.radius, theme);
    if (dot.trial)
        paintTrialRing(painter, dot.at, dot.radius, theme);
    if (dot.next) {
        painter.setPen(QPen(theme.control.line, theme.px(1.6), Qt::DashLine));
        painter.setBrush(Qt::NoBrush);
        const double around = dot.radius + theme.px(dot.trial ? 7 : 5);
        painter.drawEllipse(dot.at, around, around);
    }
    if (dot.idOnLine && !dot.id.text.isEmpty())
        painter.fillRect(dot.id.rect.adjusted(-1, 0, 1, 0), theme.card);
    paintLabel(painter, dot.id);
}

StageLabel placeServed(std::vector<StageDot> &served, const QRectF &row, double radius, double gap, const Theme &theme)
{
    radius = std::min(row.height() / 2 - 1, radius);
    if (served.empty() || radius <= 1) {
        served.clear();
        return {};
    }
    StageLabel hidden;
    const double pitch = radius * 2 + gap;
    size_t fit = std::min(served.size(), static_cast<size_t>(std::max(0.0, row.width() / pitch)));
    double width = static_cast<double>(fit) * pitch;
    if (fit < served.size()) {
        const QString text = QStringLiteral("+%1").arg(served.size() - fit + 2);
        hidden = makeLabel(text, theme.font(TextSize::Axis), theme.quietInk);
        while (fit > 0 && static_cast<double>(fit) * pitch + hidden.rect.width() > row.width())
            --fit;
        if (hidden.rect.width() > row.width()) { // half a number is none
            served.clear();
            return {};
        }
        hidden.text = QStringLiteral("+%1").arg(served.size() - fit);
        width = static_cast<double>(fit) * pitch + hidden.rect.width();
    }
    served.resize(fit);
    double x = row.center().x() - width / 2 + pitch / 2;
    for (StageDot &dot : served) {
        dot.at = {x, row.center().y()};
        dot.radius = radius;
        x += pitch;
    }
    return hidden.text.isEmpty() ? hidden : leftAt(hidden, x - pitch / 2, row.center().y());
}

StageHit StageGlyph::hit(const Theme &theme) const
{
    return {
        .target = targets::Event{event}, .area = areaAround(at, radius + theme.px(3)), .primary = false, .round = true};
}

StageGlyph stageGlyph(RequestOutcome outcome, QPointF at, double radius, uint64_t event, uint32_t attempt,
                      const Theme &theme)
{
    StageGlyph glyph{.outcome = outcome, .at = at, .radius = radius, .event = event};
    if (attempt > 0) {
        const StageLabel badge = makeLabel(QString::number(attempt), theme.font(TextSize::Axis), theme.quietInk);
        glyph.badge = centredAt(badge, at - QPointF(0, radius * 1.15 + badge.rect.height() / 2));
    }
    return glyph;
}

void paintStageGlyph(QPainter &painter, const StageGlyph &glyph, const Theme &theme)
{
    paintOutcome(painter, glyph.outcome, glyph.at, glyph.radius * (glyph.trial ? 0.75 : 1.0), theme);
    if (glyph.trial)
        paintTrialRing(painter, glyph.at, glyph.radius * 0.78, theme);
    else if (glyph.slow) {
        painter.setPen(QPen(theme.waiting.line, theme.px(1.6)));
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(glyph.at, glyph.radius + theme.px(2), glyph.radius + theme.px(2));
    }
    paintLabel(painter, glyph.badge);
}

} // namespace widgets
