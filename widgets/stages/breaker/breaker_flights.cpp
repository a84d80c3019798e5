// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stages/breaker/breaker_flights.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace widgets {

using resilience::toSeconds;
using resilience::sim::Leg;
using resilience::sim::RecentEnd;
using resilience::sim::Request;
using resilience::sim::RequestOutcome;

namespace {

constexpr double kApproachTime = 0.12; // seconds of screen time from the client to the switch, for the eye only
constexpr double kApproachShare = 0.25; // ... and at most this share of the flight
constexpr double kFallTime = 0.7; // from the switch to the heap
constexpr double kReturnTime = 0.25; // from the breaker to the client
constexpr size_t kMostIds = 6;

// Linear between the breaker and the service. Right after the decision the dot catches up from its client; where it
// belongs is never held back by more than that.
QPointF outboundAt(const Request &request, const StageContext &context, const BreakerWire &wire)
{
    const QPointF due = legPlace(request, context.snapshot.now, wire.rightContact, wire.servicePort);
    const double flight = toSeconds(request.legEnd - request.legStart) / std::max(1e-9, context.snapshot.speed);
    const double catchUp = std::min(kApproachTime, kApproachShare * flight);
    const double age = context.screenAge(request.legStart);
    // Once the breaker has moved on, nothing may be seen crossing its switch.
    if (catchUp <= 0 || age >= catchUp || request.permit.generation != context.breaker().generation)
        return due;
    return wire.clientPort + (due - wire.clientPort) * (age / catchUp);
}

class Flights {
public:
    Flights(const StageContext &context, BreakerWire &wire) : m_context(context), m_wire(wire)
    {
        m_flights.radius = wire.dotRadius;
    }

    BreakerFlights make()
    {
        const bool dots = !tooFastForDots(m_context.snapshot);
        for (const Request &request : m_context.snapshot.requests)
            if (request.client == m_context.clientIndex)
                addRequest(request, dots);
        placeServing();
        if (dots) {
            addIds();
            addEnds();
        }
        return std::move(m_flights);
    }

private:
    void addRequest(const Request &request, bool dots)
    {
        StageDot dot = stageDot(request, m_context.snapshot, m_wire.dotRadius);
        const bool inside = dot.serving || request.leg == Leg::Queued; // one that waits for a worker, too
        if (!inside && !dots)
            return;
        if (request.leg == Leg::Outbound)
            dot.at = outboundAt(request, m_context, m_wire);
        if (request.leg == Leg::Inbound)
            dot.at = legPlace(request, m_context.snapshot.now, {m_wire.rightContact.x(), m_wire.laneY},
                              {m_wire.servicePort.x(), m_wire.laneY});
        (inside ? m_served : m_flights.dots).push_back(dot);
    }

    void placeServing()
    {
        m_flights.hidden =
            placeServed(m_served, m_wire.service.row, m_context.px(5.5), m_context.px(4), m_context.theme);
        m_flights.dots.insert(m_flights.dots.end(), m_served.begin(), m_served.end());
    }

    void addIds()
    {
        if (m_flights.dots.size() > kMostIds)
            return;
        std::vector<QRectF> taken;
        for (const StageLabel &rate : m_wire.rates)
            taken.push_back(rate.rect);
        for (const StagePile &heap : m_wire.heaps)
            taken.push_back(heap.area());
        for (StageDot &dot : m_flights.dots) {
            if (dot.serving)
                continue;
            StageLabel id =
                makeLabel(QString::number(dot.request), m_context.theme.font(TextSize::Axis), m_context.theme.quietInk);
            const bool back = dot.at.y() > m_wire.clientPort.y() + 1;
            const double away = dot.radius * (dot.trial ? 1.6 : 1.15) + (dot.next ? m_context.theme.px(5) : 0);
            id = back ? leftAt(id, dot.at.x() + away + m_context.px(2), dot.at.y())
                      : centredAt(id, dot.at - QPointF(0, away + m_context.px(1) + id.rect.height() / 2));
            const bool clear =
                std::none_of(taken.begin(), taken.end(), [&id](const QRectF &rect) { return rect.intersects(id.rect); })
                && !id.rect.intersects(m_wire.service.rect) && !id.rect.intersects(m_wire.client.rect)
                && !id.rect.intersects(m_wire.switchArea);
            if (!clear)
                continue;
            taken.push_back(id.rect);
            dot.id = id;
            dot.idOnLine = id.rect.top() < m_wire.laneY && m_wire.laneY < id.rect.bottom();
        }
    }

    void addEnds()
    {
        uint64_t later = 0; // rejections after the one looked at: the heap's last piece is the newest
        const auto &recent = m_context.snapshot.recent;
        for (auto end = recent.rbegin(); end != recent.rend(); ++end) {
            const double age = m_context.screenAge(end->at);
            if (age > kFallTime)
                break;
            if (end->outcome == RequestOutcome::ShortCircuited)
                ++later;
            if (end->client != m_context.clientIndex || age < 0)
                continue;
            if (end->outcome == RequestOutcome::ShortCircuited)
                addBounce(*end, age, later);
            else if (age < kReturnTime)
                addReturn(*end, age / kReturnTime);
        }
    }

    // Up and back from the contact, then down onto the heap: one parabola.
    void addBounce(const RecentEnd &end, double age, uint64_t fromLast)
    {
        StagePile *heap = nullptr;
        for (StagePile &candidate : m_wire.heaps)
            if (candidate.cause == end.outcome)
                heap = &candidate;
        if (!heap || heap->count < fromLast)
            return;
        const double t = age / kFallTime;
        const double radius = m_wire.dotRadius;
        const QPointF start = m_wire.leftContact - QPointF(radius + m_context.px(7), 0);
        const QPointF rest = heap->place(heap->count - fromLast);
        const QPointF control((start.x() + rest.x()) / 2 - radius, start.y() - m_context.px(44));
        const QPointF at = start * (1 - t) * (1 - t) + control * 2 * t * (1 - t) + rest * t * t;
        m_flights.bounces.push_back({end.request, end.outcome, at, rest, 1 - t});
        ++heap->falling;
    }

    void addReturn(const RecentEnd &end, double t)
    {
        // A time-out has not come from anywhere: the client has stopped waiting.
        const double y = m_wire.laneY;
        const double from = end.outcome == RequestOutcome::TimedOut ? m_wire.clientPort.x() + m_wire.dotRadius
                                                                    : m_wire.rightContact.x();
        const double to = m_wire.clientPort.x() + m_wire.dotRadius;
        m_flights.returns.push_back({end.outcome, {from + (to - from) * t, y}, 1 - t});
    }

    const StageContext &m_context;
    BreakerWire &m_wire;
    BreakerFlights m_flights;
    std::vector<StageDot> m_served;
};

void paintBounce(QPainter &painter, const BreakerFlights::Bounce &bounce, const BreakerFlights &flights,
                 const BreakerWire &wire, const StageContext &context, bool reducedMotion)
{
    const Theme &theme = context.theme;
    if (reducedMotion) {
        paintOutcome(painter, bounce.outcome, bounce.rest, wire.heaps.front().radius, theme);
        return;
    }
    // Where it came from, fading.
    QColor trail = theme.outcome(bounce.outcome).line;
    trail.setAlphaF(std::clamp(bounce.fresh * 2 - 1, 0.0, 1.0));
    painter.setPen(QPen(trail, context.px(4), Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(wire.clientPort + QPointF(context.px(4), 0), wire.leftContact - QPointF(context.px(9), 0));
    const double shrink = wire.heaps.empty() ? 1.0 : wire.heaps.front().radius / flights.radius;
    const double radius = flights.radius * (bounce.fresh + (1 - bounce.fresh) * shrink);
    paintOutcome(painter, bounce.outcome, bounce.at, radius, theme);
}

} // namespace

BreakerFlights layoutBreakerFlights(const StageContext &context, BreakerWire &wire)
{
    return Flights(context, wire).make();
}

void paintBreakerFlights(QPainter &painter, const BreakerFlights &flights, const BreakerWire &wire,
                         const StageContext &context, const StagePhase &phase)
{
    const Theme &theme = context.theme;
    if (!phase.reducedMotion)
        for (const BreakerFlights::Return &home : flights.returns) {
            painter.setOpacity(std::clamp(home.fresh * 2, 0.0, 1.0));
            paintOutcome(painter, home.outcome, home.at, flights.radius, theme);
        }
    painter.setOpacity(1);
    for (const StageDot &dot : flights.dots)
        paintStageDot(painter, dot, theme);
    paintLabel(painter, flights.hidden);
    for (const BreakerFlights::Bounce &bounce : flights.bounces)
        paintBounce(painter, bounce, flights, wire, context, phase.reducedMotion);
}

} // namespace widgets
