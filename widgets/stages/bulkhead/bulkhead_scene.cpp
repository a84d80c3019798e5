// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stages/bulkhead/bulkhead_scene.h"

#include "core/sim/world/knobs.h"
#include "widgets/look/translation.h"
#include "widgets/stage/stage_box.h"
#include "widgets/stage/stage_figure.h"
#include "widgets/stage/stage_header.h"
#include "widgets/stage/stage_words.h"
#include "widgets/stages/bulkhead/bulkhead_doors.h"
#include "widgets/stages/bulkhead/bulkhead_hull.h"
#include "widgets/stages/bulkhead/bulkhead_words.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace widgets {

using namespace resilience;
using resilience::sim::Snapshot;

namespace {

constexpr double kRims = 10; // px, of a hull, left and right together

bool isWall(const StageTarget &target)
{
    const auto part = target.part<BulkheadPart>();
    return part && part->which == BulkheadPart::Wall;
}

class BulkheadPicture : public StagePicture {
public:
    BulkheadPicture(const resilience::sim::SharedSnapshot &shared, QSizeF size, const Theme &theme)
        : StagePicture(shared, size, theme)
    {
        const Snapshot &snapshot = *shared;
        const QRectF inner = stageInner(size, theme);
        const bool tall = inner.height() >= theme.px(260);
        const double header = stageHeaderHeight(theme, tall);
        m_header = layoutStageHeader(words::bulkheadHeader(snapshot, theme), theme,
                                     {inner.topLeft(), QSizeF(inner.width(), header)}, tall);
        const double box = inner.height() >= theme.px(330) ? stageBoxHeight(theme, 0, theme.px(14)) : 0;
        QRectF body(inner.left(), inner.top() + header + theme.px(10), inner.width(), 0);
        body.setBottom(inner.bottom() - box - (box > 0 ? theme.px(10) : 0));
        layoutColumns(body);
        layoutHulls();
        m_doors = layoutDoors(snapshot, m_hulls, m_leftDoor, m_rightDoor, theme);
        m_arrivals = layoutArrivals(snapshot, m_hulls, m_doors, theme);
        if (box > 0)
            layoutServices(QRectF(inner.left(), inner.bottom() - box, inner.width(), box));
        addHits();
    }

    void paint(QPainter &painter, const StagePhase &phase) const override
    {
        painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
        paintStageHeader(painter, m_header, theme());
        paintDoors(painter, m_doors, theme());
        for (const BulkheadHull &hull : m_hulls)
            paintHull(painter, hull, theme());
        if (!phase.reducedMotion)
            paintArrivals(painter, m_arrivals, theme());
        for (const Figure &figure : m_figures)
            paintStageFigure(painter, figure.figure);
        for (const StageBox &box : m_services)
            paintStageBox(painter, box, theme());
        paintStageNext(painter, m_next, theme());
    }
    // The wall where it would be, with the slots on either side.
    void paintDragged(QPainter &painter, const StageHit &hit, QPointF by) const override
    {
        const BulkheadHull *hull = hullWithWall();
        if (!hull || !isWall(hit.target))
            return StagePicture::paintDragged(painter, hit, by);
        const uint32_t left = wallAt(hit.area.center().x() + by.x()).value_or(1);
        const QRectF wall = hull->wallAfter(left);
        painter.setRenderHint(QPainter::Antialiasing);
        paintWall(painter, wall, true, theme());
        const StageLabel label = centredAt(makeLabel(BulkheadTr::tr("%1 | %2").arg(left).arg(hull->slotCount() - left),
                                                     theme().font(TextSize::Body, QFont::Bold), theme().control.text),
                                           {wall.center().x(), wall.top() - theme().px(10)});
        painter.fillRect(label.rect.adjusted(-4, 0, 4, 0), theme().card);
        paintLabel(painter, label);
    }
    const StageHits &hits() const override { return m_hits; }
    std::vector<StageLabel> labels() const override
    {
        std::vector<StageLabel> all = m_header.labels();
        for (const BulkheadHull &hull : m_hulls)
            for (const StageLabel &label : hull.labels())
                all.push_back(label);
        for (const Figure &figure : m_figures)
            for (const StageLabel &label : figure.figure.labels())
                all.push_back(label);
        for (const BulkheadDoor &door : m_doors)
            all.insert(all.end(), {door.box.name, door.box.detail});
        for (const StageBox &box : m_services)
            all.insert(all.end(), {box.name, box.detail});
        return all;
    }
    std::vector<StageShape> shapes() const override
    {
        std::vector<StageShape> all;
        for (const BulkheadHull &hull : m_hulls)
            for (const BulkheadPool &pool : hull.pools)
                for (size_t i = 0; i < pool.places.size(); ++i)
                    all.push_back(
                        {QStringLiteral("slot %1 of pool %2").arg(i).arg(pool.pipeline), pool.places[i].rect});
        for (const BulkheadDoor &door : m_doors)
            all.push_back({door.good ? QStringLiteral("left door") : QStringLiteral("right door"), door.box.rect});
        for (size_t i = 0; i < m_services.size(); ++i)
            all.push_back({QStringLiteral("service %1").arg(i), m_services[i].rect});
        return all;
    }
    std::vector<StageShape> parts() const override
    {
        std::vector<StageShape> all;
        for (const Figure &figure : m_figures)
            all.push_back({QStringLiteral("succeeded"), figure.figure.rect()});
        return all;
    }
    QRectF next() const override { return m_next; }

    const std::vector<BulkheadHull> &hulls() const { return m_hulls; }
    const std::vector<BulkheadArrival> &arrivals() const { return m_arrivals; }
    const BulkheadHull *hullWithWall() const
    {
        const auto found = std::find_if(m_hulls.begin(), m_hulls.end(), [](const auto &hull) { return hull.movable; });
        return found == m_hulls.end() ? nullptr : &*found;
    }
    // How many slots lie left of a wall that is dropped there; none without a wall.
    std::optional<uint32_t> wallAt(double x) const
    {
        const BulkheadHull *hull = hullWithWall();
        return hull ? std::optional{hull->slotsLeftOf(x)} : std::nullopt;
    }

private:
    struct Figure {
        uint32_t client = 0;
        StageFigure figure;
    };

    // Door, hull, door, figure; doors and figure only where that leaves room for the hull.
    void layoutColumns(const QRectF &body)
    {
        const double figure = std::min(theme().px(140), body.width() * 0.24);
        const bool doors = body.width() >= theme().px(560);
        const double door = doors ? std::clamp(body.width() * 0.12, theme().px(78), theme().px(120)) : 0;
        const double pipe = doors ? theme().px(20) : 0;
        m_band = body.adjusted(door + pipe, 0, -figure - theme().px(10) - door - pipe, 0);
        if (doors) {
            m_leftDoor = QRectF(body.left(), body.top(), door, body.height());
            m_rightDoor = QRectF(m_band.right() + pipe, body.top(), door, body.height());
        }
        m_figureWidth = figure;
        m_figureLeft = body.right() - figure;
    }

    // Shared pools each in a hull, and below those the pools of one client, all in one.
    void layoutHulls()
    {
        std::vector<std::vector<uint32_t>> hulls;
        std::vector<uint32_t> own;
        for (uint32_t i = 0; i < snapshot().pipelines.size(); ++i)
            if (snapshot().pipelines[i].config.configured.has(PolicyKind::Bulkhead)) {
                if (words::clientsOf(snapshot(), i).size() > 1)
                    hulls.push_back({i});
                else
                    own.push_back(i);
            }
        if (!own.empty())
            hulls.push_back(own);
        size_t most = 1; // a slot is a slot: all have one size, and lie above each other
        HullRoom room;
        for (const auto &hull : hulls) {
            most = std::max(most, slotsIn(snapshot(), hull));
            for (const uint32_t pipeline : hull)
                room.seats |= seatsOf(snapshot().pipelines[pipeline]) > 0;
        }
        const double gap = theme().px(14);
        const double height = (m_band.height() - gap * double(hulls.size() - 1)) / double(hulls.size());
        room.piles = true;
        room.piles = height >= leastHullHeight(room, theme());
        room.seats &= height >= leastHullHeight(room, theme());
        const double pitch = std::min(theme().px(110), (m_band.width() - theme().px(kRims)) / double(most));
        double top = m_band.top();
        for (const auto &pipelines : hulls) {
            m_hulls.push_back(
                layoutHull(snapshot(), pipelines, {m_band.left(), top, m_band.width(), height}, pitch, room, theme()));
            addFigure(pipelines, m_hulls.back().outline.center().y(), {top, top + height});
            top += height + gap;
        }
    }

    // Of the good service's callers in a hull.
    void addFigure(const std::vector<uint32_t> &pipelines, double middle, std::pair<double, double> range)
    {
        const double height = stageFigureHeight(theme());
        for (const uint32_t pipeline : pipelines)
            for (const uint32_t index : words::clientsOf(snapshot(), pipeline)) {
                const auto &client = snapshot().clients[index];
                if (client.target == 0 || range.second - range.first < height)
                    continue;
                const auto success = words::successOf(client);
                const QString service = QString::fromStdString(snapshot().services[client.target].name);
                const double top = std::clamp(middle - height / 2, range.first, range.second - height);
                m_figures.push_back(
                    {index, layoutStageFigure({BulkheadTr::tr("%1 that succeeded").arg(service),
                                               BulkheadTr::tr("%1: succeeded").arg(service), service},
                                              {success ? words::percent(*success) : QStringLiteral("–")},
                                              !success           ? theme().quietInk
                                              : *success >= 0.95 ? theme().succeeded.text
                                                                 : theme().failed.text,
                                              theme(), {m_figureLeft, top}, m_figureWidth)});
                return;
            }
    }

    // Each below the door of its callers: the slow one's at the right.
    void layoutServices(const QRectF &area)
    {
        const auto count = double(snapshot().services.size());
        const double gap = theme().px(16);
        const double width = std::min(theme().px(220), (area.width() - gap * (count - 1)) / count);
        const double right = std::max(m_rightDoor.right(), m_band.right());
        for (size_t i = 0; i < snapshot().services.size(); ++i) {
            const double left = i == 0 ? std::max(area.left() + (width + gap) * (count - 1), right - width)
                                       : area.left() + (width + gap) * double(i - 1);
            m_services.push_back(
                layoutStageBox(boxWords(snapshot().services[i]), theme(),
                               {std::min(left, area.right() - width), area.top(), width, area.height()}));
        }
        if (showsNext(snapshot()) && snapshot().next->target.isService()
            && snapshot().next->target.index < m_services.size()) {
            const double away = theme().px(4);
            m_next = m_services[snapshot().next->target.index].rect.adjusted(-away, -away, away, away);
        }
    }

    void addPoolHits(const BulkheadPool &pool)
    {
        for (const PoolSlot &slot : pool.places)
            if (slot.taken)
                m_hits.push_back({.target = targets::Request{slot.request}, .area = slot.rect, .primary = false});
        for (const PoolSeat &seat : pool.seats)
            if (seat.taken)
                m_hits.push_back({.target = targets::Request{seat.request},
                                  .area = areaAround(seat.at, seat.radius),
                                  .primary = false,
                                  .round = true});
    }

    void addHits()
    {
        for (uint32_t i = 0; i < m_services.size(); ++i)
            m_hits.push_back({.target = targets::Service{i}, .area = m_services[i].rect});
        for (const BulkheadDoor &door : m_doors)
            m_hits.push_back(
                {.target = targets::part(BulkheadPart::Callers, door.clients.front()), .area = door.box.rect});
        for (const BulkheadHull &hull : m_hulls) {
            for (size_t i = 0; i < hull.pools.size(); ++i) {
                m_hits.push_back(
                    {.target = targets::part(BulkheadPart::Pool, hull.pools[i].pipeline), .area = hull.titles[i].rect});
                addPoolHits(hull.pools[i]);
            }
            for (const DoorPile &pile : hull.piles)
                m_hits.push_back({.target = targets::part(BulkheadPart::Pile, pile.client), .area = pile.pile.area()});
            if (hull.movable) {
                const double slack = std::max(0.0, theme().px(10) - hull.walls.front().width()) / 2;
                m_hits.push_back({.target = targets::part(BulkheadPart::Wall, hull.pools.front().pipeline),
                                  .area = hull.walls.front().adjusted(-slack, 0, slack, 0)});
            }
        }
        for (const Figure &figure : m_figures)
            m_hits.push_back({.target = targets::Client{figure.client}, .area = figure.figure.rect()});
    }

    StageHeader m_header;
    QRectF m_band; // of the hulls
    QRectF m_leftDoor;
    QRectF m_rightDoor;
    double m_figureLeft = 0;
    double m_figureWidth = 0;
    std::vector<BulkheadHull> m_hulls;
    std::vector<BulkheadDoor> m_doors;
    std::vector<BulkheadArrival> m_arrivals;
    std::vector<Figure> m_figures;
    std::vector<StageBox> m_services;
    QRectF m_next;
    StageHits m_hits;
};

std::optional<sim::Intervention> turnWall(uint32_t left)
{
    const auto knob = sim::knobNamed("wall");
    return knob ? std::optional<sim::Intervention>{sim::TurnKnob{*knob, double(left)}} : std::nullopt;
}

} // namespace

QString BulkheadScene::name() const { return BulkheadTr::tr("Bulkhead stage"); }

std::unique_ptr<StagePicture> BulkheadScene::layout(const SharedSnapshot &shared, QSizeF size, const Theme &theme) const
{
    const Snapshot &snapshot = *shared;
    const bool any = std::any_of(snapshot.pipelines.begin(), snapshot.pipelines.end(), [](const auto &pipeline) {
        return pipeline.config.configured.has(PolicyKind::Bulkhead);
    });
    if (!any || snapshot.services.empty())
        return nullptr;
    return std::make_unique<BulkheadPicture>(shared, size, theme);
}

QString BulkheadScene::stageText(const Snapshot &snapshot) const { return words::bulkheadStageText(snapshot); }

QString BulkheadScene::targetText(const Snapshot &snapshot, const StageTarget &target) const
{
    return words::bulkheadTargetText(snapshot, target);
}

// A pile tells of the latest call that fell on it, a figure of the latest of its client's that did not succeed.
std::optional<uint64_t> BulkheadScene::eventBehind(const Snapshot &snapshot, const StageTarget &target) const
{
    const auto part = target.part<BulkheadPart>();
    if (target.is<targets::Service>() || (part && part->which != BulkheadPart::Pile))
        return 0;
    const auto *figure = target.as<targets::Client>();
    if (!part && !figure)
        return std::nullopt;
    for (auto event = snapshot.events.rbegin(); event != snapshot.events.rend(); ++event) {
        const auto *away = event->as<sim::Rejected>();
        if (part && away && away->by == PolicyKind::Bulkhead
            && event->actor == sim::Subject::client(uint32_t(part->of)))
            return event->number;
        if (figure && event->actor == sim::Subject::client(figure->client) && event->ends
            && event->ends->outcome != sim::RequestOutcome::Succeeded)
            return event->number;
    }
    return 0;
}

bool BulkheadScene::draggable(const StageTarget &target) const { return isWall(target); }

std::optional<StageScene::Intervention> BulkheadScene::dropped(const Snapshot &snapshot, const StageTarget &target,
                                                               QPointF from, QPointF to,
                                                               const StagePicture &picture) const
{
    const auto &stage = static_cast<const BulkheadPicture &>(picture);
    const BulkheadHull *hull = stage.hullWithWall();
    if (!hull || !draggable(target))
        return std::nullopt;
    const auto left = stage.wallAt(hull->walls.front().center().x() + to.x() - from.x());
    const auto &pool = snapshot.pipelines[hull->pools.front().pipeline].config.bulkhead;
    return left && *left != pool.maxConcurrent ? turnWall(*left) : std::nullopt;
}

std::optional<StageScene::Intervention> BulkheadScene::moved(const Snapshot &snapshot, const StageTarget &target,
                                                             int steps) const
{
    const auto picture = layout(snapshot, kUsualStage, Theme::light());
    const BulkheadHull *hull = picture ? static_cast<const BulkheadPicture &>(*picture).hullWithWall() : nullptr;
    if (!hull || !draggable(target))
        return std::nullopt;
    const auto &left = snapshot.pipelines[hull->pools.front().pipeline].config.bulkhead;
    const auto &right = snapshot.pipelines[hull->pools.back().pipeline].config.bulkhead;
    const double wanted = double(left.maxConcurrent) + steps;
    if (wanted < 1 || wanted >= double(left.maxConcurrent) + double(right.maxConcurrent))
        return std::nullopt;
    return turnWall(uint32_t(wanted));
}

} // namespace widgets
