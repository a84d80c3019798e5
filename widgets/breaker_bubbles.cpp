// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/breaker_bubbles.h"

#include "widgets/breaker_words.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace widgets {

using resilience::BreakerState;
using resilience::BreakerTransition;
using resilience::BreakerView;
using resilience::Duration;
using resilience::kBreakerArrows;
using resilience::toSeconds;
using Shape = BubbleStyle::Shape;

namespace {

constexpr std::array kShown{BreakerState::Closed, BreakerState::Open, BreakerState::HalfOpen};
constexpr uint32_t kMostPips = 6;

bool isLarge(const StageContext &context) { return context.figure >= 1.15; }
QFont nameFont(const StageContext &context)
{
    return context.theme.font(isLarge(context) ? TextSize::Body : TextSize::Label, QFont::Bold);
}
QFont detailFont(const StageContext &context)
{
    return context.theme.font(isLarge(context) ? TextSize::Label : TextSize::Axis);
}
QFont ruleFont(const Theme &theme, bool strong)
{
    return theme.font(TextSize::Label, strong ? QFont::DemiBold : QFont::Normal);
}

double ruleHeight(const StageContext &context) { return lineHeight(ruleFont(context.theme, true)); }
bool hasSecondRule(const StageContext &context)
{
    return !words::arrowSecondRule(context.client(), BreakerState::Closed, BreakerState::Open, context.snapshot.now)
                .isEmpty();
}

double nameWidth(const StageContext &context, BreakerState state)
{
    return makeLabel(words::bubbleName(state), nameFont(context), {}).rect.width();
}

// Half the height of a bubble.
double halfHeight(const StageContext &context, Shape shape)
{
    const double name = lineHeight(nameFont(context));
    const double detail = lineHeight(detailFont(context));
    switch (shape) {
    case Shape::Circles: {
        // The widest name must fit between the rims, somewhat above the middle.
        const double half = nameWidth(context, BreakerState::HalfOpen) / 2 + context.theme.px(5);
        return std::max(context.px(44), std::hypot(half, name + context.theme.px(2)));
    }
    case Shape::TallCapsules:
        return (name + detail) / 2 + context.theme.px(5);
    case Shape::FlatCapsules:
        return name / 2 + context.theme.px(6);
    }
    return 0;
}

double bubbleWidth(const StageContext &context, Shape shape, BreakerState state)
{
    const double half = halfHeight(context, shape);
    if (shape == Shape::Circles)
        return 2 * half;
    if (shape == Shape::FlatCapsules)
        return nameWidth(context, state) + half + context.theme.px(6);
    const auto wide = [&context](const QString &text) {
        return makeLabel(text, context.theme.font(TextSize::Axis, QFont::Bold), {}).rect.width();
    };
    double text = std::max(nameWidth(context, state), wide(words::bubbleDetail(context.client(), state)));
    if (bubbleFor(context.breaker().state) == state)
        text = std::max(text, wide(words::overrideName(context.breaker().state)));
    return text + half + context.theme.px(10);
}

double leastGap(const StageContext &context, Shape shape)
{
    return context.theme.px(shape == Shape::Circles ? 60 : 22);
}

// Between an arrow and its rule: the token passes there.
double ruleGap(const StageContext &context, Shape shape) { return context.px(shape == Shape::Circles ? 8.5 : 5); }
double apexRise(const StageContext &context) { return context.px(5); } // of the arrows above, over the bubbles
double returnDrop(const StageContext &context, BubbleStyle style) // of the long arrow below, under the bubbles
{
    return context.px(style.returnRules ? 22 : 13) + (style.returnRules ? ruleHeight(context) / 2 : 0);
}

double above(const StageContext &context, BubbleStyle style)
{
    const double rules =
        style.rules ? (hasSecondRule(context) ? 2 : 1) * ruleHeight(context) + ruleGap(context, style.shape) : 0;
    return halfHeight(context, style.shape) + apexRise(context) + rules + context.theme.px(2);
}

double below(const StageContext &context, BubbleStyle style)
{
    return halfHeight(context, style.shape) + returnDrop(context, style)
           + (style.returnRules ? ruleHeight(context) / 2 : context.theme.px(2));
}

// The point on the rim `across` (-1..1) of the way to the side, above (up = -1) or below (1) the middle.
QPointF onRim(const QRectF &rect, double across, int up)
{
    const double round = rect.height() / 2;
    const double dx = across * rect.width() / 2;
    const double intoCurve = std::max(0.0, std::abs(dx) - (rect.width() / 2 - round));
    return rect.center() + QPointF(dx, up * std::sqrt(std::max(0.0, round * round - intoCurve * intoCurve)));
}

// A symmetrical curve whose top (or bottom) lies at `apexY`; it leaves the more steeply, the smaller `reach` (0..0.5).
void bend(BreakerBubbles::Arrow &arrow, double apexY, double reach)
{
    const double dx = (arrow.end.x() - arrow.start.x()) * reach;
    const double dy = (apexY - (arrow.start.y() + arrow.end.y()) / 2) * 4 / 3;
    arrow.leaving = arrow.start + QPointF(dx, dy);
    arrow.arriving = arrow.end + QPointF(-dx, dy);
}

void placeBubbles(BreakerBubbles &result, const StageContext &context, const QRectF &area, double middle,
                  BubbleStyle style)
{
    const Theme &theme = context.theme;
    double widths = 0;
    for (BreakerState state : kShown)
        widths += bubbleWidth(context, style.shape, state);
    // Two gaps between, and on wide cards some of the room at both ends as well.
    const double spare = area.width() - widths;
    const double gap = std::min(spare / 2, context.px(190));
    double x = area.center().x() - (widths + 2 * gap) / 2;
    const double half = halfHeight(context, style.shape);
    for (BreakerState state : kShown) {
        const double width = bubbleWidth(context, style.shape, state);
        BreakerBubbles::Bubble bubble{.state = state, .rect = QRectF(x, middle - half, width, 2 * half)};
        bubble.here = bubbleFor(context.breaker().state) == state;
        const bool flat = style.shape == Shape::FlatCapsules;
        const double up = flat ? 0 : lineHeight(detailFont(context)) / 2;
        bubble.name = centredAt(makeLabel(words::bubbleName(state), nameFont(context), theme.ink),
                                bubble.rect.center() - QPointF(0, up));
        if (!flat) {
            const StageLabel detail = fitLabel({words::bubbleDetail(context.client(), state), QString()},
                                               width - theme.px(10), detailFont(context), theme.quietInk);
            bubble.detail = centredAt(detail, bubble.rect.center() + QPointF(0, bubble.name.rect.height() / 2));
        }
        result.bubbles.push_back(bubble);
        x += width + gap;
    }
}

void placePips(BreakerBubbles &result, const StageContext &context, BubbleStyle style)
{
    const BreakerView &breaker = context.breaker();
    const uint32_t n = context.client().rule.halfOpenMaxCalls;
    if (style.shape != Shape::Circles || breaker.state != BreakerState::HalfOpen || n > kMostPips)
        return;
    const QRectF &rect = result.bubble(BreakerState::HalfOpen)->rect;
    result.pipRadius = context.px(3.6);
    const double pitch = context.px(10);
    // Above the name, where the bubble is still wide enough.
    const double y = (rect.top() + result.bubble(BreakerState::HalfOpen)->name.rect.top()) / 2 + context.px(2);
    for (uint32_t i = 0; i < n; ++i)
        result.pips.emplace_back(rect.center().x() + (i - (n - 1) / 2.0) * pitch, y);
}

void labelTop(BreakerBubbles::Arrow &arrow, const StageContext &context, double bottom, double room)
{
    const Theme &theme = context.theme;
    const bool strong = arrow.live || arrow.taken;
    const QColor color = arrow.taken ? theme.state(arrow.to).text : arrow.live ? theme.ink : theme.quietInk;
    const QPointF middle = (arrow.start + arrow.end) / 2;
    const auto line = [&](const QStringList &variants, double y) {
        return centredAt(fitLabel(variants, room, ruleFont(theme, strong), color), {middle.x(), y});
    };
    const double height = ruleHeight(context);
    const QStringList second = words::arrowSecondRule(context.client(), arrow.from, arrow.to, context.snapshot.now);
    if (!second.isEmpty()) {
        arrow.second = line(second, bottom - height / 2);
        bottom -= height;
    }
    arrow.rule =
        line(words::arrowRule(context.client(), arrow.from, arrow.to, context.snapshot.now), bottom - height / 2);
}

// Where a label `width` wide must end to stand clear above the lower side of the curve.
double clearAbove(const BreakerBubbles::Arrow &arrow, double width, double gap)
{
    double bottom = arrow.at(0.5).y();
    for (double t = 0; t <= 1.0; t += 1.0 / 64)
        if (const QPointF point = arrow.at(t); std::abs(point.x() - arrow.at(0.5).x()) <= width / 2)
            bottom = std::min(bottom, point.y());
    return bottom - gap;
}

// Between the two bubbles, on the arrow's inner side.
void labelReopen(BreakerBubbles::Arrow &arrow, const StageContext &context, const BreakerBubbles &result,
                 BubbleStyle style)
{
    if (style.shape == Shape::FlatCapsules)
        return;
    const Theme &theme = context.theme;
    const double room = result.bubble(BreakerState::HalfOpen)->rect.left()
                        - result.bubble(BreakerState::Open)->rect.right() - theme.px(4);
    const QColor color = arrow.taken ? theme.state(arrow.to).text : arrow.live ? theme.ink : theme.quietInk;
    const QFont font = ruleFont(theme, arrow.live || arrow.taken);
    const auto fitted = [&](QStringList variants) { return fitLabel(variants << QString(), room, font, color); };
    arrow.rule = fitted(words::arrowRule(context.client(), arrow.from, arrow.to, context.snapshot.now));
    if (style.shape == Shape::Circles)
        arrow.second = fitted(words::arrowSecondRule(context.client(), arrow.from, arrow.to, context.snapshot.now));
    const double height = ruleHeight(context);
    double bottom = clearAbove(arrow, std::max(arrow.rule.rect.width(), arrow.second.rect.width()), theme.px(4));
    if (!arrow.second.text.isEmpty()) {
        arrow.second = centredAt(arrow.second, {arrow.at(0.5).x(), bottom - height / 2});
        bottom -= height;
    }
    arrow.rule = centredAt(arrow.rule, {arrow.at(0.5).x(), bottom - height / 2});
}

void labelClose(BreakerBubbles::Arrow &arrow, const StageContext &context)
{
    const Theme &theme = context.theme;
    const QColor color = arrow.taken ? theme.state(arrow.to).text : arrow.live ? theme.ink : theme.quietInk;
    const double room = std::abs(arrow.end.x() - arrow.start.x()) * 0.6;
    const QStringList rule = words::arrowRule(context.client(), arrow.from, arrow.to, context.snapshot.now);
    arrow.rule = centredAt(fitLabel(rule, room, ruleFont(theme, arrow.live || arrow.taken), color), arrow.at(0.5));
    arrow.breaksLine = true;
}

void placeArrows(BreakerBubbles &result, const StageContext &context, BubbleStyle style)
{
    const BreakerView &breaker = context.breaker();
    const double half = halfHeight(context, style.shape);
    const double top = result.bubbles.front().rect.top();
    const double bottom = result.bubbles.front().rect.bottom();
    for (const BreakerTransition &move : kBreakerArrows) {
        // Two triggers lead from half-open to open: one arrow, with two rules.
        if (result.arrow(move.from, move.to))
            continue;
        const QRectF &from = result.bubble(move.from)->rect;
        const QRectF &to = result.bubble(move.to)->rect;
        BreakerBubbles::Arrow arrow{.from = move.from, .to = move.to};
        arrow.live = breaker.state == move.from;
        arrow.taken = false;
        for (const BreakerTransition &other : kBreakerArrows)
            if (other.from == move.from && other.to == move.to && breaker.state == other.to
                && breaker.lastTrigger == other.trigger)
                arrow.taken = true;
        const bool forward = from.center().x() < to.center().x();
        const bool longWay = move.from == BreakerState::HalfOpen && move.to == BreakerState::Closed;
        if (forward) {
            arrow.start = onRim(from, 0.78, -1);
            arrow.end = onRim(to, -0.78, -1);
            bend(arrow, std::min(top, arrow.start.y()) - apexRise(context), 0.3);
        } else {
            const double across = longWay ? 0.45 : 0.84;
            arrow.start = onRim(from, -across, 1);
            arrow.end = onRim(to, across, 1);
            bend(arrow, longWay ? bottom + returnDrop(context, style) : bottom + half * 0.06, longWay ? 0.12 : 0.3);
        }
        result.arrows.push_back(arrow);
    }
    const double spacing = result.bubbles[1].rect.center().x() - result.bubbles[0].rect.center().x();
    for (BreakerBubbles::Arrow &arrow : result.arrows) {
        if (arrow.from == BreakerState::HalfOpen && arrow.to == BreakerState::Closed) {
            if (style.returnRules)
                labelClose(arrow, context);
        } else if (arrow.from == BreakerState::HalfOpen) {
            if (style.returnRules)
                labelReopen(arrow, context, result, style);
        } else if (style.rules) {
            labelTop(arrow, context, top - apexRise(context) - ruleGap(context, style.shape),
                     std::min(spacing, result.bubbles[2].rect.center().x() - result.bubbles[1].rect.center().x())
                         - context.theme.px(14));
        }
    }
}

// In the place of the bubble's second line. Flat bubbles have none; there the title has to say it.
void placeOverride(BreakerBubbles &result, const StageContext &context)
{
    const QString name = words::overrideName(context.breaker().state);
    if (name.isEmpty())
        return;
    const Theme &theme = context.theme;
    for (BreakerBubbles::Bubble &bubble : result.bubbles) {
        if (!bubble.here || bubble.detail.text.isEmpty())
            continue;
        result.override = centredAt(makeLabel(name, theme.font(TextSize::Axis, QFont::Bold), theme.card),
                                    bubble.detail.rect.center() + QPointF(0, theme.px(2)));
        result.overrideShape = result.override.rect.adjusted(-theme.px(6), -theme.px(1.5), theme.px(6), theme.px(1.5));
        bubble.detail.text.clear();
    }
}

double shareLeft(resilience::Time since, resilience::Time until, resilience::Time now)
{
    const double whole = toSeconds(until - since);
    return whole > 0 ? std::clamp(toSeconds(until - now) / whole, 0.0, 1.0) : 0.0;
}

} // namespace

BreakerState bubbleFor(BreakerState state)
{
    switch (state) {
    case BreakerState::Open:
    case BreakerState::ForcedOpen:
        return BreakerState::Open;
    case BreakerState::HalfOpen:
        return BreakerState::HalfOpen;
    default:
        return BreakerState::Closed;
    }
}

QPainterPath BreakerBubbles::Arrow::path() const
{
    QPainterPath path(start);
    path.cubicTo(leaving, arriving, end);
    return path;
}

QPointF BreakerBubbles::Arrow::at(double t) const
{
    const double u = 1 - t;
    return start * u * u * u + leaving * 3 * u * u * t + arriving * 3 * u * t * t + end * t * t * t;
}

const BreakerBubbles::Bubble *BreakerBubbles::bubble(BreakerState state) const
{
    for (const Bubble &bubble : bubbles)
        if (bubble.state == state)
            return &bubble;
    return nullptr;
}

const BreakerBubbles::Arrow *BreakerBubbles::arrow(BreakerState from, BreakerState to) const
{
    for (const Arrow &arrow : arrows)
        if (arrow.from == from && arrow.to == to)
            return &arrow;
    return nullptr;
}

QPointF BreakerBubbles::restingPlace(BreakerState state) const
{
    const QRectF &rect = bubble(bubbleFor(state))->rect;
    return {rect.center().x(), rect.bottom() + tokenDrop};
}

double breakerBubblesHeight(const StageContext &context, BubbleStyle style)
{
    return above(context, style) + below(context, style);
}

double breakerBubblesWidth(const StageContext &context, BubbleStyle style)
{
    double width = 2 * leastGap(context, style.shape);
    for (BreakerState state : kShown)
        width += bubbleWidth(context, style.shape, state);
    return width;
}

BreakerBubbles layoutBreakerBubbles(const StageContext &context, const QRectF &area, BubbleStyle style)
{
    const BreakerView &breaker = context.breaker();
    const double spare = std::max(0.0, area.height() - breakerBubblesHeight(context, style));
    BreakerBubbles result;
    result.tokenRadius = context.px(style.shape == Shape::Circles ? 6.5 : 4.5);
    result.tokenDrop = style.shape == Shape::Circles ? 0 : context.px(3.5); // clear of the text
    placeBubbles(result, context, area, area.top() + spare / 2 + above(context, style), style);
    placePips(result, context, style);
    placeArrows(result, context, style);
    placeOverride(result, context);
    if (breaker.openUntil)
        result.waitLeft = shareLeft(breaker.since, *breaker.openUntil, context.snapshot.now);
    if (breaker.halfOpenDeadline)
        result.patienceLeft = shareLeft(breaker.since, *breaker.halfOpenDeadline, context.snapshot.now);
    return result;
}

} // namespace widgets
