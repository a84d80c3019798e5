// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stages/bulkhead/bulkhead_pool.h"

#include "widgets/stages/bulkhead/bulkhead_words.h"

#include <QPainter>

#include <algorithm>

namespace widgets {

using namespace resilience;
using namespace resilience::sim;

namespace {

bool isGood(const Snapshot &snapshot, uint32_t client) { return snapshot.clients[client].target != 0; }

// The first letter of whose call it is, and its number where there is room.
QStringList guestNames(const Snapshot &snapshot, const BulkheadOccupant &occupant)
{
    const QString initial = QString::fromStdString(snapshot.clients[occupant.client].name).left(1);
    return {QStringLiteral("%1 %2").arg(initial).arg(occupant.callNumber),
            QStringLiteral("%1%2").arg(initial).arg(occupant.callNumber),
            initial,
            {}};
}

void take(PoolSlot &slot, const BulkheadOccupant &occupant, const Snapshot &snapshot, const Theme &theme)
{
    slot.taken = true;
    slot.request = occupant.request;
    slot.good = isGood(snapshot, occupant.client);
    const double whole = occupant.until ? toSeconds(*occupant.until - occupant.since) : 0;
    slot.left = whole > 0 ? std::clamp(toSeconds(*occupant.until - snapshot.now) / whole, 0.0, 1.0) : 1.0;
    const QFont font = theme.font(TextSize::Label, QFont::DemiBold);
    if (slot.rect.height() >= lineHeight(font))
        slot.name =
            centredAt(fitLabel(guestNames(snapshot, occupant), slot.rect.width() - theme.px(3), font, theme.ink),
                      slot.rect.center());
}

void layoutSeats(BulkheadPool &pool, const Snapshot &snapshot, double middle, const Theme &theme)
{
    const PipelineView &pipeline = snapshot.pipelines[pool.pipeline];
    pool.queueName = leftAt(
        fitLabel(words::queueTitle(pipeline), pool.row.width() * 0.6, theme.font(TextSize::Label), theme.quietInk),
        pool.row.left(), middle);
    const double radius = theme.px(6);
    double x = pool.queueName.rect.right() + theme.px(8) + radius;
    for (size_t i = 0; i < seatsOf(pipeline) && x + radius <= pool.row.right(); ++i, x += radius * 2 + theme.px(3)) {
        PoolSeat seat{.at = {x, middle}, .radius = radius, .taken = i < pipeline.inQueue.size()};
        if (seat.taken) {
            seat.request = pipeline.inQueue[i].request;
            seat.good = isGood(snapshot, pipeline.inQueue[i].client);
        }
        pool.seats.push_back(seat);
    }
}

} // namespace

size_t slotsOf(const PipelineView &pipeline)
{
    return std::min<size_t>(kMostSlots,
                            std::max<size_t>(pipeline.config.bulkhead.maxConcurrent, pipeline.inSlots.size()));
}

size_t seatsOf(const PipelineView &pipeline)
{
    return std::min<size_t>(kMostSeats, std::max<size_t>(pipeline.config.bulkhead.maxQueue, pipeline.inQueue.size()));
}

double slotGap(double pitch, const Theme &theme) { return std::min(theme.px(6), pitch * 0.2); }

std::vector<StageLabel> BulkheadPool::labels() const
{
    std::vector<StageLabel> all{queueName};
    for (const PoolSlot &slot : places)
        all.push_back(slot.name);
    return all;
}

BulkheadPool layoutPool(const Snapshot &snapshot, uint32_t index, const QRectF &row, double pitch, double seatsMiddle,
                        const Theme &theme)
{
    const PipelineView &pipeline = snapshot.pipelines[index];
    BulkheadPool pool{.pipeline = index, .row = row, .places = {}, .queueName = {}, .seats = {}};
    const double gap = slotGap(pitch, theme);
    for (size_t i = 0; i < slotsOf(pipeline); ++i)
        pool.places.push_back({.rect = {row.left() + pitch * double(i), row.top(), pitch - gap, row.height()}});
    size_t fromLeft = 0;
    size_t fromRight = pool.places.size();
    for (const BulkheadOccupant &occupant : pipeline.inSlots) {
        if (fromLeft == fromRight)
            break;
        take(pool.places[isGood(snapshot, occupant.client) ? fromLeft++ : --fromRight], occupant, snapshot, theme);
    }
    if (seatsOf(pipeline) > 0)
        layoutSeats(pool, snapshot, seatsMiddle, theme);
    return pool;
}

void paintPool(QPainter &painter, const BulkheadPool &pool, const Theme &theme)
{
    for (const PoolSlot &slot : pool.places) {
        const double round = std::min(theme.px(4), slot.rect.width() / 5);
        painter.setPen(QPen(theme.quietLine, 1));
        painter.setBrush(theme.card);
        painter.drawRoundedRect(slot.rect, round, round);
        if (!slot.taken)
            continue;
        const Hue &hue = words::callerHue(slot.good, theme);
        painter.setPen(QPen(hue.line, theme.px(1.4)));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(slot.rect, round, round);
        const double rim = std::min(1.5, slot.rect.width() / 6);
        QRectF fill = slot.rect.adjusted(rim, rim, -rim, -rim);
        fill.setTop(fill.bottom() - fill.height() * std::max(0.06, slot.left));
        painter.setPen(Qt::NoPen);
        painter.setBrush(mixed(hue.fill, theme.card, 0.5));
        painter.drawRoundedRect(fill, std::max(0.0, round - 1), std::max(0.0, round - 1));
    }
    for (const PoolSeat &seat : pool.seats) {
        const Hue &hue = words::callerHue(seat.good, theme);
        painter.setPen(QPen(seat.taken ? hue.line : theme.quietLine, theme.px(1.2)));
        painter.setBrush(seat.taken ? QBrush(mixed(hue.fill, theme.card, 0.5)) : QBrush(Qt::NoBrush));
        painter.drawEllipse(seat.at, seat.radius, seat.radius);
    }
    for (const StageLabel &label : pool.labels())
        paintLabel(painter, label);
}

} // namespace widgets
