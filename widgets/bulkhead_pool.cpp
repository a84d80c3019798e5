// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/bulkhead_pool.h"

#include "widgets/bulkhead_words.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace widgets {

using namespace resilience;
using namespace resilience::sim;

namespace {

constexpr double kSlot = 44; // px, as usual
constexpr double kLargestSlot = 92;
constexpr double kSlotGap = 6;
constexpr PileStyle kPile{.pitch = 13, .rows = 1, .mostColumns = 8};

size_t slotsOf(const PipelineView &pipeline)
{
    return std::min<size_t>(kMostSlots,
                            std::max<size_t>(pipeline.config.bulkhead.maxConcurrent, pipeline.inSlots.size()));
}

size_t seatsOf(const PipelineView &pipeline)
{
    return std::min<size_t>(kMostSeats, std::max<size_t>(pipeline.config.bulkhead.maxQueue, pipeline.inQueue.size()));
}

// Full rows: eight slots are two rows of four rather than seven and one.
size_t columnsFor(size_t count, double width, double slot, const Theme &theme)
{
    const auto most =
        static_cast<size_t>(std::max(1.0, std::floor((width + theme.px(kSlotGap)) / (slot + theme.px(kSlotGap)))));
    const size_t rows = std::max<size_t>(1, (count + most - 1) / most);
    return std::max<size_t>(1, (count + rows - 1) / rows);
}

size_t rowsFor(size_t count, double width, double slot, const Theme &theme)
{
    const size_t columns = columnsFor(count, width, slot, theme);
    return (count + columns - 1) / columns;
}

double poolHeadHeight(const Theme &theme)
{
    return lineHeight(theme.font(TextSize::Label, QFont::DemiBold)) + theme.px(6);
}
double seatsHeight(const PipelineView &pipeline, const Theme &theme)
{
    return seatsOf(pipeline) > 0 ? theme.px(26) : 0;
}

bool isGood(const Snapshot &snapshot, uint32_t client) { return snapshot.clients[client].target != 0; }

// The first letter of whose call it is, and its number where there is room.
QStringList guestNames(const Snapshot &snapshot, const BulkheadGuest &guest)
{
    const QString initial = QString::fromStdString(snapshot.clients[guest.client].name).left(1);
    return {QStringLiteral("%1 %2").arg(initial).arg(guest.request), initial};
}

} // namespace

std::vector<StageLabel> BulkheadPool::labels() const
{
    std::vector<StageLabel> all{title, queueName};
    for (const PoolSlot &slot : places)
        all.push_back(slot.name);
    if (pile)
        all.push_back(pile->label);
    return all;
}

double poolHeight(const PipelineView &pipeline, double width, const Theme &theme)
{
    const double rows = double(rowsFor(slotsOf(pipeline), width, theme.px(kSlot), theme));
    return poolHeadHeight(theme) + rows * (theme.px(kSlot) + theme.px(kSlotGap)) + seatsHeight(pipeline, theme)
           + stagePileHeight(theme, kPile) + theme.px(10);
}

double largestSlot(const PipelineView &pipeline, QSizeF size, const Theme &theme)
{
    const double height = std::max(theme.px(12), size.height() - poolHeadHeight(theme) - seatsHeight(pipeline, theme)
                                                     - stagePileHeight(theme, kPile) - theme.px(8));
    for (double slot = theme.px(kLargestSlot); slot > theme.px(10); slot -= theme.px(2)) {
        const double rows = double(rowsFor(slotsOf(pipeline), size.width(), slot, theme));
        if (rows * (slot + theme.px(kSlotGap)) <= height + theme.px(kSlotGap))
            return slot;
    }
    return theme.px(10);
}

BulkheadPool layoutPool(const Snapshot &snapshot, uint32_t index, const QRectF &area, double slot, const Theme &theme)
{
    const PipelineView &pipeline = snapshot.pipelines[index];
    BulkheadPool pool{
        .pipeline = index, .area = area, .title = {}, .places = {}, .queueName = {}, .seats = {}, .pile = {}};
    const QFont strong = theme.font(TextSize::Label, QFont::DemiBold);
    const double line = lineHeight(strong);
    const bool full = pipeline.inSlots.size() >= pipeline.config.bulkhead.maxConcurrent;
    pool.title = leftAt(
        fitLabel(words::poolTitle(snapshot, index), area.width(), strong, full ? theme.rejected.text : theme.ink),
        area.left(), area.top() + line / 2);

    const double seatsRoom = seatsHeight(pipeline, theme);
    const double pileHeight = stagePileHeight(theme, kPile);
    const double top = area.top() + poolHeadHeight(theme);
    const double pitch = slot + theme.px(kSlotGap);
    const size_t columns = columnsFor(slotsOf(pipeline), area.width(), slot, theme);
    double bottom = top;
    for (size_t i = 0; i < slotsOf(pipeline); ++i) {
        PoolSlot place{
            .rect = {area.left() + pitch * double(i % columns), top + pitch * double(i / columns), slot, slot},
            .name = {}};
        if (place.rect.bottom() > area.bottom())
            break;
        bottom = std::max(bottom, place.rect.bottom());
        if (i < pipeline.inSlots.size()) {
            const BulkheadGuest &guest = pipeline.inSlots[i];
            place.taken = true;
            place.request = guest.request;
            place.good = isGood(snapshot, guest.client);
            const double whole = guest.until ? toSeconds(*guest.until - guest.since) : 0;
            place.left = whole > 0 ? std::clamp(toSeconds(*guest.until - snapshot.now) / whole, 0.0, 1.0) : 1.0;
            if (slot >= theme.px(20))
                place.name = centredAt(fitLabel(guestNames(snapshot, guest), slot - theme.px(4), strong, theme.ink),
                                       place.rect.center());
        }
        pool.places.push_back(place);
    }

    double y = bottom + theme.px(4);
    if (seatsRoom > 0 && y + seatsRoom <= area.bottom()) {
        pool.queueName = leftAt(
            fitLabel(words::queueTitle(pipeline), area.width() * 0.45, theme.font(TextSize::Label), theme.quietInk),
            area.left(), y + seatsRoom / 2);
        double x = std::max(pool.queueName.rect.right() + theme.px(14), area.left());
        const double radius = theme.px(6.5);
        for (size_t i = 0; i < seatsOf(pipeline) && x + radius <= area.right(); ++i, x += radius * 2 + theme.px(4)) {
            PoolSeat seat{{x, y + seatsRoom / 2}, radius, i < pipeline.inQueue.size(), 0, false};
            if (seat.taken) {
                seat.request = pipeline.inQueue[i].request;
                seat.good = isGood(snapshot, pipeline.inQueue[i].client);
            }
            pool.seats.push_back(seat);
        }
        y += seatsRoom;
    }
    const uint64_t rejected = pipeline.counts.turnedAway[static_cast<size_t>(PolicyKind::Bulkhead)];
    if (y + pileHeight <= area.bottom() + theme.px(4))
        pool.pile = layoutStagePile(RequestOutcome::Rejected, rejected, area.left(), area.right(), y + pileHeight,
                                    kPile, theme);
    return pool;
}

void paintPool(QPainter &painter, const BulkheadPool &pool, const Theme &theme)
{
    for (const PoolSlot &slot : pool.places) {
        const double round = std::min(theme.px(5), slot.rect.width() / 5);
        painter.setPen(QPen(theme.quietLine, 1));
        painter.setBrush(theme.inset);
        painter.drawRoundedRect(slot.rect, round, round);
        if (!slot.taken)
            continue;
        // Whose call it is shows in the fill: the good service's like what succeeds, the slow one's like what waits.
        const Hue &hue = slot.good ? theme.succeeded : theme.waiting;
        QRectF fill = slot.rect.adjusted(1.5, 1.5, -1.5, -1.5);
        fill.setTop(fill.bottom() - fill.height() * std::max(0.06, slot.left));
        painter.setPen(Qt::NoPen);
        painter.setBrush(mixed(hue.fill, theme.card, 0.55));
        painter.drawRoundedRect(fill, round - 1, round - 1);
    }
    for (const PoolSeat &seat : pool.seats) {
        painter.setPen(QPen(seat.taken ? (seat.good ? theme.succeeded.line : theme.waiting.line) : theme.quietLine,
                            theme.px(1.2)));
        painter.setBrush(seat.taken
                             ? QBrush(mixed(seat.good ? theme.succeeded.fill : theme.waiting.fill, theme.card, 0.55))
                             : Qt::NoBrush);
        painter.drawEllipse(seat.at, seat.radius, seat.radius);
    }
    if (pool.pile)
        paintStagePile(painter, *pool.pile, theme);
    paintLabel(painter, pool.title);
    paintLabel(painter, pool.queueName);
    for (const PoolSlot &slot : pool.places)
        paintLabel(painter, slot.name);
}

} // namespace widgets
