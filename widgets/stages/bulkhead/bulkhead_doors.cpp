// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stages/bulkhead/bulkhead_doors.h"

#include "widgets/look/outcome_glyph.h"
#include "widgets/stage/stage_context.h"
#include "widgets/stages/bulkhead/bulkhead_words.h"

#include <QLineF>
#include <QPainter>

#include <algorithm>

namespace widgets {

using namespace resilience;
using namespace resilience::sim;

namespace {

constexpr size_t kMostArrivals = 16;

size_t hullOf(const std::vector<BulkheadHull> &hulls, uint32_t pipeline)
{
    for (size_t i = 0; i < hulls.size(); ++i)
        for (const BulkheadPool &pool : hulls[i].pools)
            if (pool.pipeline == pipeline)
                return i;
    return hulls.size();
}

double heightOfHulls(const std::vector<BulkheadHull> &hulls)
{
    double sum = 0;
    for (const BulkheadHull &hull : hulls)
        sum += hull.outline.center().y();
    return sum / double(hulls.size());
}

// Down or up halfway between the box and the hull.
QPolygonF pipeTo(const BulkheadHull &hull, const QRectF &box, bool fromLeft)
{
    const QPointF from(fromLeft ? box.right() : box.left(), box.center().y());
    const QPointF to(fromLeft ? hull.outline.left() : hull.outline.right(), hull.outline.center().y());
    const double bend = (from.x() + to.x()) / 2;
    return QPolygonF({from, QPointF(bend, from.y()), QPointF(bend, to.y()), to});
}

QPointF along(const QPolygonF &way, double share)
{
    double length = 0;
    for (int i = 1; i < way.size(); ++i)
        length += QLineF(way[i - 1], way[i]).length();
    double rest = length * share;
    for (int i = 1; i < way.size(); ++i) {
        const QLineF leg(way[i - 1], way[i]);
        if (rest <= leg.length() && leg.length() > 0)
            return leg.pointAt(rest / leg.length());
        rest -= leg.length();
    }
    return way.last();
}

// The end of a call's way in, if it is still to be seen there.
std::optional<QPointF> endAtHull(const Event &event, const BulkheadHull &hull)
{
    if (event.as<Rejected>()) {
        for (const DoorPile &pile : hull.piles)
            if (pile.client == event.actor.index)
                return pile.pile.place(pile.pile.count - 1);
        return std::nullopt;
    }
    for (const BulkheadPool &pool : hull.pools)
        for (const PoolSlot &slot : pool.places)
            if (slot.taken && slot.request == event.request)
                return slot.rect.center();
    return std::nullopt;
}

bool comesIn(const Event &event)
{
    const auto *away = event.as<Rejected>();
    return !event.caller && (event.as<Sent>() || (away && away->by == PolicyKind::Bulkhead));
}

} // namespace

std::vector<BulkheadDoor> layoutDoors(const Snapshot &snapshot, const std::vector<BulkheadHull> &hulls,
                                      const QRectF &left, const QRectF &right, const Theme &theme)
{
    std::vector<BulkheadDoor> doors;
    for (const bool good : {true, false}) {
        BulkheadDoor door{.clients = {}, .good = good, .box = {}, .pipes = {}, .hulls = {}};
        for (uint32_t i = 0; i < snapshot.clients.size(); ++i)
            if ((snapshot.clients[i].target != 0) == good && hullOf(hulls, snapshot.clients[i].pipeline) < hulls.size())
                door.clients.push_back(i);
        const QRectF &column = good ? left : right;
        if (door.clients.empty() || column.isEmpty())
            continue;
        const double height = std::min(column.height(), stageBoxHeight(theme, 0, theme.px(14)));
        const double top = std::clamp(heightOfHulls(hulls) - height / 2, column.top(), column.bottom() - height);
        StageBoxWords words = words::doorWords(snapshot, door.clients.front());
        words.role = good ? BoxRole::InFlight : BoxRole::Waiting;
        door.box = layoutStageBox(words, theme, {column.left(), top, column.width(), height});
        for (const uint32_t client : door.clients) {
            const size_t hull = hullOf(hulls, snapshot.clients[client].pipeline);
            if (std::find(door.hulls.begin(), door.hulls.end(), hull) != door.hulls.end())
                continue;
            door.hulls.push_back(hull);
            door.pipes.push_back(pipeTo(hulls[hull], door.box.rect, good));
        }
        doors.push_back(std::move(door));
    }
    return doors;
}

std::vector<BulkheadArrival> layoutArrivals(const Snapshot &snapshot, const std::vector<BulkheadHull> &hulls,
                                            const std::vector<BulkheadDoor> &doors, const Theme &theme)
{
    std::vector<BulkheadArrival> arrivals;
    const StageContext context{snapshot, theme};
    for (auto event = snapshot.events.rbegin(); event != snapshot.events.rend() && arrivals.size() < kMostArrivals;
         ++event) {
        const double share = context.screenAge(event->at) / kArrivalTime;
        if (share >= 1)
            break;
        if (!comesIn(*event))
            continue;
        const size_t hull = hullOf(hulls, *event->pipeline);
        const auto end = hull < hulls.size() ? endAtHull(*event, hulls[hull]) : std::nullopt;
        if (!end)
            continue;
        const bool good = snapshot.clients[event->actor.index].target != 0;
        const QRectF &outline = hulls[hull].outline;
        QPolygonF way{QPointF(good ? outline.left() : outline.right(), outline.center().y())};
        for (const BulkheadDoor &door : doors)
            for (size_t i = 0; i < door.hulls.size(); ++i)
                if (door.good == good && door.hulls[i] == hull)
                    way = door.pipes[i];
        way << *end;
        arrivals.push_back({event->request, good, event->as<Rejected>() != nullptr, along(way, share)});
    }
    return arrivals;
}

void paintDoors(QPainter &painter, const std::vector<BulkheadDoor> &doors, const Theme &theme)
{
    for (const BulkheadDoor &door : doors) {
        const QColor color = words::callerHue(door.good, theme).line;
        painter.setBrush(Qt::NoBrush);
        for (const QPolygonF &pipe : door.pipes) {
            painter.setPen(QPen(color, theme.px(2), Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin));
            painter.drawPolyline(pipe);
            const QPointF tip = pipe.last();
            const double back = theme.px(door.good ? -6 : 6);
            painter.drawPolyline(QPolygonF({tip + QPointF(back, -theme.px(4)), tip, tip + QPointF(back, theme.px(4))}));
        }
        paintStageBox(painter, door.box, theme);
    }
}

void paintArrivals(QPainter &painter, const std::vector<BulkheadArrival> &arrivals, const Theme &theme)
{
    for (const BulkheadArrival &arrival : arrivals) {
        const Hue &hue = words::callerHue(arrival.good, theme);
        painter.setPen(QPen(hue.line, theme.px(1)));
        painter.setBrush(hue.fill);
        if (arrival.turnedAway)
            painter.drawPath(outcomeShape(RequestOutcome::Rejected, arrival.at, theme.px(5)));
        else
            painter.drawEllipse(arrival.at, theme.px(4.5), theme.px(4.5));
    }
}

} // namespace widgets
