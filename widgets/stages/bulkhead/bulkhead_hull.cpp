// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stages/bulkhead/bulkhead_hull.h"

#include "widgets/stages/bulkhead/bulkhead_words.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace widgets {

using namespace resilience;
using namespace resilience::sim;

namespace {

constexpr double kRim = 5; // px around the slots
constexpr double kLeastSlot = 16; // height, px
constexpr double kMostSlot = 130;
constexpr double kMostRatio = 1.7; // of a slot's height to its width
PileStyle pileStyle(const Theme &theme) { return {.pitch = theme.px(11), .rows = 1, .mostColumns = 8}; }

double titleHeight(const Theme &theme)
{
    return lineHeight(theme.font(TextSize::Label, QFont::DemiBold)) + theme.px(4);
}
double seatsHeight(const HullRoom &room, const Theme &theme) { return room.seats ? theme.px(20) : 0; }
double pilesHeight(const HullRoom &room, const Theme &theme)
{
    return room.piles ? stagePileHeight(theme, pileStyle(theme)) + theme.px(4) : 0;
}

void addTitles(BulkheadHull &hull, const Snapshot &snapshot, double middle, const Theme &theme)
{
    const QFont font = theme.font(TextSize::Label, QFont::DemiBold);
    const auto count = double(hull.pools.size());
    const double width = (hull.outline.width() - theme.px(14) * (count - 1)) / count;
    for (size_t i = 0; i < hull.pools.size(); ++i) {
        const uint32_t index = hull.pools[i].pipeline;
        const PipelineView &pipeline = snapshot.pipelines[index];
        const bool full = pipeline.inSlots.size() >= pipeline.config.bulkhead.maxConcurrent;
        const StageLabel title =
            fitLabel(words::poolTitle(snapshot, index), width, font, full ? theme.rejected.text : theme.ink);
        const double left = hull.outline.left() + (width + theme.px(14)) * double(i);
        hull.titles.push_back(i > 0 && i + 1 == hull.pools.size() ? rightAt(title, hull.outline.right(), middle)
                                                                  : leftAt(title, left, middle));
    }
}

void addPiles(BulkheadHull &hull, const Snapshot &snapshot, double bottom, const Theme &theme)
{
    double left = hull.outline.left();
    double right = hull.outline.right();
    for (const BulkheadPool &pool : hull.pools)
        for (const uint32_t client : words::clientsOf(snapshot, pool.pipeline)) {
            const bool good = snapshot.clients[client].target != 0;
            const uint64_t count = snapshot.clients[client].totals.of(RequestOutcome::Rejected);
            auto pile = layoutStagePile({.cause = RequestOutcome::Rejected,
                                         .words = words::rejectedLabel(snapshot, client),
                                         .hue = words::callerHue(good, theme)},
                                        count, left, std::min(right, left + hull.outline.width() / 2 - theme.px(6)),
                                        bottom, pileStyle(theme), theme);
            if (!pile)
                continue;
            const double width = pile->area().width();
            if (good) {
                left += width + theme.px(14);
            } else {
                const double away = right - width - pile->area().left();
                pile->first.rx() += away;
                pile->label.rect.translate(away, 0);
                right -= width + theme.px(14);
            }
            hull.piles.push_back({client, *pile});
        }
}

bool canMove(const Snapshot &snapshot, const std::vector<uint32_t> &pipelines)
{
    const auto shared = [&snapshot](uint32_t i) {
        return snapshot.pipelines[i].config.configured.has(PolicyKind::Bulkhead)
               && words::clientsOf(snapshot, i).size() > 1;
    };
    for (uint32_t i = 0; i < snapshot.pipelines.size(); ++i)
        if (shared(i))
            return pipelines.size() == 2;
    return false;
}

} // namespace

size_t BulkheadHull::slotCount() const
{
    size_t count = 0;
    for (const BulkheadPool &pool : pools)
        count += pool.places.size();
    return count;
}

uint32_t BulkheadHull::slotsLeftOf(double x) const
{
    const double first = pools.front().row.left();
    return static_cast<uint32_t>(
        std::clamp(std::round((x - first) / pitch), 1.0, std::max(1.0, double(slotCount()) - 1)));
}

QRectF BulkheadHull::wallAfter(uint32_t count) const
{
    const PoolSlot &slot = pools.front().places.front();
    const double gap = pitch - slot.rect.width();
    const double x = slot.rect.left() + pitch * double(count) - gap / 2;
    const double width = std::max(2.0, gap * 0.7);
    return {x - width / 2, outline.top() - 1, width, outline.height() + 2};
}

std::vector<StageLabel> BulkheadHull::labels() const
{
    std::vector<StageLabel> all = titles;
    for (const BulkheadPool &pool : pools)
        for (const StageLabel &label : pool.labels())
            all.push_back(label);
    for (const DoorPile &pile : piles)
        all.push_back(pile.pile.label);
    return all;
}

size_t slotsIn(const Snapshot &snapshot, const std::vector<uint32_t> &pipelines)
{
    size_t count = 0;
    for (const uint32_t pipeline : pipelines)
        count += slotsOf(snapshot.pipelines[pipeline]);
    return count;
}

double leastHullHeight(const HullRoom &room, const Theme &theme)
{
    return titleHeight(theme) + theme.px(2 * kRim + kLeastSlot) + seatsHeight(room, theme) + pilesHeight(room, theme);
}

BulkheadHull layoutHull(const Snapshot &snapshot, const std::vector<uint32_t> &pipelines, const QRectF &area,
                        double pitch, const HullRoom &room, const Theme &theme)
{
    BulkheadHull hull;
    hull.pitch = pitch;
    const double rim = theme.px(kRim);
    const double gap = slotGap(pitch, theme);
    const double others = titleHeight(theme) + 2 * rim + seatsHeight(room, theme) + pilesHeight(room, theme);
    const double slot = std::clamp(area.height() - others, theme.px(8),
                                   std::min(theme.px(kMostSlot), std::max(theme.px(24), (pitch - gap) * kMostRatio)));
    const double width = pitch * double(slotsIn(snapshot, pipelines)) - gap;
    hull.outline = QRectF(area.left(), area.top() + titleHeight(theme), width + 2 * rim, slot + 2 * rim);
    double left = area.left() + rim;
    const double seats = hull.outline.bottom() + seatsHeight(room, theme) / 2 + theme.px(1);
    for (const uint32_t pipeline : pipelines) {
        const double wide = pitch * double(slotsOf(snapshot.pipelines[pipeline]));
        const QRectF row(left, hull.outline.top() + rim, wide - gap, slot);
        if (!hull.pools.empty())
            hull.walls.push_back({});
        hull.pools.push_back(layoutPool(snapshot, pipeline, row, pitch, seats, theme));
        left += wide;
    }
    uint32_t before = 0;
    for (size_t i = 0; i < hull.walls.size(); ++i) {
        before += static_cast<uint32_t>(hull.pools[i].places.size());
        hull.walls[i] = hull.wallAfter(before);
    }
    hull.movable = canMove(snapshot, pipelines);
    addTitles(hull, snapshot, area.top() + lineHeight(theme.font(TextSize::Label, QFont::DemiBold)) / 2, theme);
    if (room.piles)
        addPiles(hull, snapshot, hull.outline.bottom() + seatsHeight(room, theme) + pilesHeight(room, theme), theme);
    return hull;
}

void paintWall(QPainter &painter, const QRectF &wall, bool movable, const Theme &theme)
{
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.ink);
    painter.drawRect(wall);
    if (!movable || theme.still)
        return;
    const double width = std::max(theme.px(9), wall.width());
    const QRectF grip(wall.center().x() - width / 2, wall.center().y() - theme.px(11), width, theme.px(22));
    painter.setPen(QPen(theme.card, theme.px(1.2)));
    painter.setBrush(theme.control.fill);
    painter.drawRoundedRect(grip, width / 2, width / 2);
}

void paintHull(QPainter &painter, const BulkheadHull &hull, const Theme &theme)
{
    painter.setPen(QPen(theme.ink, theme.px(2)));
    painter.setBrush(theme.inset);
    painter.drawRoundedRect(hull.outline, theme.px(7), theme.px(7));
    for (const BulkheadPool &pool : hull.pools)
        paintPool(painter, pool, theme);
    for (const QRectF &wall : hull.walls)
        paintWall(painter, wall, hull.movable, theme);
    for (const DoorPile &pile : hull.piles)
        paintStagePile(painter, pile.pile, theme);
    for (const StageLabel &title : hull.titles)
        paintLabel(painter, title);
}

} // namespace widgets
