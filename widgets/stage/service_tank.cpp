// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stage/service_tank.h"

#include "widgets/look/hatching.h"
#include "widgets/look/translation.h"

#include <QPainter>

#include <algorithm>

namespace widgets {

using namespace resilience;
using namespace resilience::sim;

namespace {

constexpr uint32_t kMostDrawnWorkers = 12; // that are drawn one by one

std::vector<const Request *> callsAt(const Snapshot &snapshot, uint32_t service, Leg leg)
{
    std::vector<const Request *> found;
    for (const Request &request : snapshot.requests)
        if (request.service == service && request.leg == leg)
            found.push_back(&request);
    std::stable_sort(found.begin(), found.end(),
                     [](const Request *a, const Request *b) { return a->legStart < b->legStart; });
    return found;
}

// The tank with what is in it.
void fillTank(ServiceTank &tank, const std::vector<const Request *> &queue, uint32_t room)
{
    const double unit = tank.walls.height() / std::max<double>(room, double(queue.size()));
    double top = tank.walls.bottom();
    for (const Request *request : queue) {
        ++(request->abandoned ? tank.forNobody : tank.wanted);
        top -= unit;
        if (!tank.layers.empty() && tank.layers.back().forNobody == request->abandoned)
            tank.layers.back().area.setTop(top);
        else
            tank.layers.push_back({{tank.walls.left(), top, tank.walls.width(), unit}, request->abandoned});
    }
}

void placeTankWorkers(ServiceTank &tank, const Snapshot &snapshot, uint32_t index, double side, double gap)
{
    const ServiceView &service = snapshot.services[index];
    const auto serving = callsAt(snapshot, index, Leg::Serving);
    const double top = tank.walls.bottom() + gap * 2;
    for (uint32_t i = 0; i < service.workers; ++i) {
        const QRectF square(tank.walls.left() + i * (side + gap), top, side, side);
        if (i < serving.size())
            tank.workers.push_back({square, serving[i]->abandoned});
        else
            tank.idle.push_back(square);
    }
    tank.area = QRectF(tank.walls.topLeft(), QPointF(tank.walls.right(), top + side));
}

// The words beside the layers: those whose caller waits at the top, where the newest are, the others at the bottom.
void addTankWords(ServiceTank &tank, const ServiceView &service, const QRectF &area, const Theme &theme)
{
    const QFont font = theme.font(TextSize::Label);
    const QFont strong = theme.font(TextSize::Label, QFont::DemiBold);
    const double line = lineHeight(font);
    const uint32_t waiting = tank.wanted + tank.forNobody;
    tank.labels.push_back(leftAt(fitLabel({StageTr::tr("queue %1 of %2").arg(waiting).arg(service.queueRoom),
                                           StageTr::tr("%1 of %2").arg(waiting).arg(service.queueRoom)},
                                          area.width(), strong, theme.ink),
                                 area.left(), area.top() + line / 2));
    const double left = tank.walls.right() + theme.px(10);
    const double width = area.right() - left;
    const auto beside = [&](const QStringList &words, const QColor &color, double middle) {
        tank.labels.push_back(leftAt(fitLabel(words, width, font, color), left, middle));
    };
    if (tank.wanted > 0) {
        const double top = tank.walls.top() + line / 2;
        beside({StageTr::tr("%1 still").arg(tank.wanted), QString::number(tank.wanted)}, theme.waiting.text, top);
        beside({StageTr::tr("wanted")}, theme.waiting.text, top + line);
    }
    if (tank.forNobody > 0) {
        const double bottom = tank.walls.bottom() - line / 2;
        beside({StageTr::tr("%1 for").arg(tank.forNobody), QString::number(tank.forNobody)}, theme.quietInk,
               bottom - line);
        beside({StageTr::tr("nobody")}, theme.quietInk, bottom);
    }
    if (!tank.workers.empty() || !tank.idle.empty()) {
        const QRectF last = tank.idle.empty() ? tank.workers.back().area : tank.idle.back();
        const double after = std::max(last.right(), tank.walls.right()) + theme.px(10);
        tank.labels.push_back(leftAt(fitLabel({StageTr::tr("workers")}, area.right() - after, font, theme.quietInk),
                                     after, last.center().y()));
    }
}

} // namespace

bool hasTank(const ServiceView &service) { return service.workers > 0 && service.queueRoom > 0; }

double serviceTankWidth(const Theme &theme) { return theme.px(132); }
double leastTankWidth(const Theme &theme) { return theme.px(106); }

uint32_t waitingAt(const Snapshot &snapshot, uint32_t service)
{
    return static_cast<uint32_t>(callsAt(snapshot, service, Leg::Queued).size());
}

Duration waitOfQueue(const ServiceView &service, uint32_t waiting)
{
    return service.workers == 0 ? Duration{0} : service.latency * int64_t(waiting) / int64_t(service.workers);
}

std::optional<ServiceTank> layoutServiceTank(const Snapshot &snapshot, uint32_t index, const QRectF &area,
                                             const Theme &theme)
{
    const ServiceView &service = snapshot.services[index];
    const double line = lineHeight(theme.font(TextSize::Label));
    const bool workers = service.workers <= kMostDrawnWorkers;
    const double gap = theme.px(3);
    const double width = std::min(theme.px(64), area.width() - theme.px(60));
    const double side = workers ? std::min(theme.px(14), (width + gap) / service.workers - gap) : 0;
    const double above = line + theme.px(6);
    const double below = workers ? side + 2 * gap + theme.px(2) : 0;
    if (!hasTank(service) || area.height() < above + below + 4 * line + theme.px(8)
        || area.width() < leastTankWidth(theme))
        return std::nullopt;
    ServiceTank tank;
    tank.walls = QRectF(area.left() + theme.px(2), area.top() + above, width, area.height() - above - below);
    fillTank(tank, callsAt(snapshot, index, Leg::Queued), service.queueRoom);
    tank.area = tank.walls;
    if (workers)
        placeTankWorkers(tank, snapshot, index, side, gap);
    addTankWords(tank, service, area, theme);
    return tank;
}

void paintServiceTank(QPainter &painter, const ServiceTank &tank, const Theme &theme)
{
    const auto paintLayer = [&](const ServiceTank::Layer &layer) {
        if (layer.forNobody)
            paintForNobody(painter, layer.area, theme);
        else
            painter.fillRect(layer.area, theme.waiting.fill);
    };
    for (const auto &layer : tank.layers)
        paintLayer(layer);
    painter.setBrush(Qt::NoBrush);
    for (const auto &worker : tank.workers) {
        if (worker.forNobody)
            paintForNobody(painter, worker.area, theme);
        else
            painter.fillRect(worker.area, theme.inFlight.fill);
        painter.setPen(QPen(worker.forNobody ? theme.quietLine : theme.inFlight.line, theme.px(1)));
        painter.drawRect(worker.area);
    }
    painter.setPen(QPen(theme.quietLine, theme.px(1)));
    for (const QRectF &square : tank.idle)
        painter.drawRect(square);
    painter.setPen(QPen(theme.ink, theme.px(2), Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin));
    const QRectF &walls = tank.walls;
    const QPointF outline[]{walls.topLeft(), walls.bottomLeft(), walls.bottomRight(), walls.topRight()};
    painter.drawPolyline(outline, 4);
    for (const StageLabel &label : tank.labels)
        paintLabel(painter, label);
}

} // namespace widgets
