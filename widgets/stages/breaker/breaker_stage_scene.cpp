// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stages/breaker/breaker_stage_scene.h"

#include <QPainter>

#include <algorithm>
#include <array>

namespace widgets {

using resilience::BreakerState;
using resilience::sim::RequestOutcome;
using resilience::sim::Snapshot;
using resilience::sim::Upcoming;

namespace {

// What the stage can do without, step by step; the first that fits is taken.
struct BreakerPlan {
    bool notice; // a second row in the header
    bool roomyWire;
    std::optional<BubbleStyle> bubbles;
    bool row;
    bool beside = true; // the correct run, where there is one
};
using Shape = BubbleStyle::Shape;
const std::array<BreakerPlan, 11> kBreakerPlans{{
    {true, true, BubbleStyle{Shape::Circles, true, true}, true},
    {true, true, BubbleStyle{Shape::TallCapsules, true, true}, true},
    {true, false, BubbleStyle{Shape::TallCapsules, true, true}, true},
    {true, false, BubbleStyle{Shape::FlatCapsules, true, true}, true},
    {true, false, BubbleStyle{Shape::FlatCapsules, true, false}, true},
    {true, false, BubbleStyle{Shape::FlatCapsules, false, false}, true},
    {false, false, BubbleStyle{Shape::FlatCapsules, false, false}, true},
    {false, false, BubbleStyle{Shape::FlatCapsules, false, false}, true, false},
    {false, false, BubbleStyle{Shape::FlatCapsules, false, false}, false, false},
    {false, false, std::nullopt, true, false},
    {false, false, std::nullopt, false, false},
}};
// How much larger shapes are drawn, on cards with room for it.
constexpr std::array kFigures{1.6, 1.45, 1.3, 1.15, 1.0};
constexpr QSizeF kBreakerDrawnFor{500, 345}; // at figure 1

double leastStageGap(const StageContext &context) { return context.theme.px(6); }

double besideRoom(const StageContext &context) { return 2 * leastStageGap(context) + besideStripHeight(context.theme); }

double heightOf(const StageContext &context, const BreakerPlan &plan)
{
    double height = stageHeaderHeight(context.theme, plan.notice) + leastStageGap(context)
                    + breakerWireHeight(context, plan.roomyWire);
    if (plan.bubbles)
        height += leastStageGap(context) + breakerBubblesHeight(context, *plan.bubbles);
    if (plan.row)
        height += leastStageGap(context) + breakerOutcomeRowHeight(context);
    if (plan.beside && hasBeside(context))
        height += besideRoom(context);
    return height;
}

bool breakerFits(const StageContext &context, const BreakerPlan &plan, QSizeF room)
{
    return heightOf(context, plan) <= room.height()
           && (!plan.bubbles || breakerBubblesWidth(context, *plan.bubbles) <= room.width());
}

// The richest plan there is room for, and how large its shapes may be.
std::pair<BreakerPlan, double> choose(const Snapshot &snapshot, const Theme &theme, uint32_t client, QSizeF room)
{
    for (double figure : kFigures)
        if (room.width() >= theme.px(kBreakerDrawnFor.width()) * figure
            && room.height() >= theme.px(kBreakerDrawnFor.height()) * figure
            && breakerFits({snapshot, theme, client, figure}, kBreakerPlans.front(), room))
            return {kBreakerPlans.front(), figure};
    for (const BreakerPlan &plan : kBreakerPlans)
        if (breakerFits({snapshot, theme, client}, plan, room))
            return {plan, 1.0};
    return {kBreakerPlans.back(), 1.0};
}

// The wire and the bubbles share what is left between the header at the top and the row at the bottom.
void place(BreakerStageLayout &layout, const StageContext &context, const BreakerPlan &plan)
{
    QRectF inner = layout.inner;
    if (plan.beside && hasBeside(context)) {
        const double height = besideStripHeight(context.theme);
        layout.beside =
            layoutBesideStrip(context, QRectF(inner.left(), inner.bottom() - height, inner.width(), height));
        inner.setBottom(inner.bottom() - besideRoom(context));
    }
    const double headerHeight = stageHeaderHeight(context.theme, plan.notice);
    const double rowHeight = plan.row ? breakerOutcomeRowHeight(context) : 0;
    const double gap = leastStageGap(context);
    const double wireHeight = breakerWireHeight(context, plan.roomyWire);
    const double bubblesHeight = plan.bubbles ? breakerBubblesHeight(context, *plan.bubbles) : 0;
    const double top = inner.top() + headerHeight + gap;
    const double bottom = inner.bottom() - (plan.row ? rowHeight + gap : 0);
    const double spare = std::max(0.0, bottom - top - wireHeight - bubblesHeight - (plan.bubbles ? gap : 0));
    const double third = spare / (plan.bubbles ? 3 : 2);

    layout.header = layoutStageHeader(breakerHeaderWords(context), context.theme,
                                      QRectF(inner.left(), inner.top(), inner.width(), headerHeight), plan.notice);
    layout.wire =
        layoutBreakerWire(context, QRectF(inner.left(), top + third, inner.width(), wireHeight), plan.roomyWire);
    if (plan.bubbles)
        layout.bubbles = layoutBreakerBubbles(
            context, QRectF(inner.left(), bottom - third - bubblesHeight, inner.width(), bubblesHeight), *plan.bubbles);
    if (plan.row)
        layout.row = layoutBreakerOutcomeRow(
            context, QRectF(inner.left(), inner.bottom() - rowHeight, inner.width(), rowHeight));
}

void markNextOfBreaker(BreakerStageLayout &layout, const StageContext &context)
{
    if (!showsNext(context.snapshot))
        return;
    const double away = context.theme.px(4);
    const auto around = [away](const QRectF &rect) { return rect.adjusted(-away, -away, away, away); };
    switch (context.snapshot.next->where) {
    case Upcoming::Where::Service:
        layout.next = around(layout.wire.service.rect);
        break;
    case Upcoming::Where::Client:
    case Upcoming::Where::Policy:
        layout.next = around(layout.wire.client.rect);
        break;
    case Upcoming::Where::Breaker:
        layout.next = layout.wire.switchArea;
        break;
    default:
        break;
    }
}

void addHits(BreakerStageLayout &layout, const StageContext &context)
{
    auto &hits = layout.hits;
    const BreakerWire &wire = layout.wire;
    hits.push_back({targets::Client{context.clientIndex}, wire.client.rect, {}});
    hits.push_back({targets::BreakerSwitch{context.clientIndex}, wire.switchArea, {}});
    hits.push_back({targets::Service{context.client().target}, wire.service.rect, {}});
    for (const StagePile &heap : wire.heaps)
        hits.push_back({targets::RejectionPile{heap.cause}, heap.area(), {}});
    if (layout.bubbles) {
        for (const auto &arrow : layout.bubbles->arrows) {
            const StageTarget target = targets::Arrow{arrow.from, arrow.to};
            hits.push_back({target, arrow.path().boundingRect().united(arrow.rule.rect), arrow.path()});
            if (!arrow.rule.text.isEmpty())
                hits.push_back({target, arrow.rule.rect.united(arrow.second.rect), {}, false});
        }
        for (const auto &bubble : layout.bubbles->bubbles)
            hits.push_back({targets::StateBubble{bubble.state}, bubble.rect, {}, true, true});
    }
    if (layout.row)
        for (const auto &piece : layout.row->pieces)
            hits.push_back({.target = targets::RecentOutcome{piece.end.event},
                            .area = areaAround(piece.at, context.theme.px(10)),
                            .primary = &piece == &layout.row->pieces.back(),
                            .round = true});
    for (const StageDot &dot : layout.flights.dots)
        hits.push_back(dot.hit(context.theme));
}

} // namespace

std::vector<StageLabel> BreakerStageLayout::labels() const
{
    std::vector<StageLabel> all = header.labels();
    all.push_back(wire.laneName);
    all.insert(all.end(), {wire.client.name, wire.client.detail, wire.service.name, wire.service.detail});
    all.insert(all.end(), wire.rates.begin(), wire.rates.end());
    for (const StagePile &heap : wire.heaps)
        all.push_back(heap.label);
    for (const auto &dot : flights.dots)
        all.push_back(dot.id);
    all.push_back(flights.hidden);
    if (bubbles) {
        for (const auto &bubble : bubbles->bubbles)
            all.insert(all.end(), {bubble.name, bubble.detail});
        for (const auto &arrow : bubbles->arrows)
            all.insert(all.end(), {arrow.rule, arrow.second});
        all.push_back(bubbles->override);
    }
    if (row)
        all.insert(all.end(), {row->heading, row->verdict});
    if (beside) {
        all.insert(all.end(), beside->names.begin(), beside->names.end());
        all.insert(all.end(), beside->numbers.begin(), beside->numbers.end());
    }
    std::erase_if(all, [](const StageLabel &label) { return label.text.isEmpty(); });
    return all;
}

std::vector<StageShape> BreakerStageLayout::shapes() const
{
    std::vector<StageShape> all{{QStringLiteral("client"), wire.client.rect},
                                {QStringLiteral("service"), wire.service.rect},
                                {QStringLiteral("switch"), wire.switchArea}};
    for (const StagePile &heap : wire.heaps)
        all.push_back({QStringLiteral("heap"), heap.pieces()});
    if (!header.pillShape.isEmpty())
        all.push_back({QStringLiteral("pill"), header.pillShape});
    if (!header.brokenShape.isEmpty())
        all.push_back({QStringLiteral("tag"), header.brokenShape});
    if (beside)
        all.push_back({QStringLiteral("runs beside"), beside->lanes});
    if (bubbles)
        for (const auto &bubble : bubbles->bubbles)
            all.push_back({QStringLiteral("bubble"), bubble.rect});
    if (row)
        for (const auto &piece : row->pieces)
            all.push_back({QStringLiteral("last call"), areaAround(piece.at, piece.radius)});
    return all;
}

BreakerStageLayout layoutBreakerStage(const Snapshot &snapshot, QSizeF size, const Theme &theme, uint32_t client)
{
    BreakerStageLayout layout;
    layout.size = size;
    layout.client = client;
    layout.inner = stageInner(size, theme);
    const auto [plan, figure] = choose(snapshot, theme, client, layout.inner.size());
    layout.figure = figure;
    const StageContext context{snapshot, theme, client, figure};
    place(layout, context, plan);
    layout.flights = layoutBreakerFlights(context, layout.wire);
    markNextOfBreaker(layout, context);
    addHits(layout, context);
    return layout;
}

void paintBreakerStage(QPainter &painter, const BreakerStageLayout &layout, const Snapshot &snapshot,
                       const Theme &theme, const StagePhase &phase)
{
    const StageContext context{snapshot, theme, layout.client, layout.figure};
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    paintStageHeader(painter, layout.header, theme);
    paintBreakerWire(painter, layout.wire, context, phase);
    paintStageNext(painter, layout.next, theme);
    paintBreakerFlights(painter, layout.flights, layout.wire, context, phase);
    if (layout.bubbles)
        paintBreakerBubbles(painter, *layout.bubbles, context, phase);
    if (layout.row)
        paintBreakerOutcomeRow(painter, *layout.row, context, phase);
    if (layout.beside)
        paintBesideStrip(painter, *layout.beside, theme);
}

} // namespace widgets
