// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stages/breaker/breaker_arrows.h"

#include "widgets/stages/breaker/breaker_words.h"

#include <algorithm>
#include <cmath>

namespace widgets {

using resilience::BreakerState;
using resilience::BreakerTransition;
using resilience::BreakerView;
using resilience::kBreakerArrows;
using Shape = BubbleStyle::Shape;

namespace {

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

// Between an arrow and its rule: the token passes there.
double ruleGap(const StageContext &context, Shape shape) { return context.px(shape == Shape::Circles ? 8.5 : 5); }
double apexRise(const StageContext &context) { return context.px(5); } // of the arrows above, over the bubbles
double returnDrop(const StageContext &context, BubbleStyle style) // of the long arrow below, under the bubbles
{
    return context.px(style.returnRules ? 22 : 13) + (style.returnRules ? ruleHeight(context) / 2 : 0);
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

} // namespace

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

const BreakerBubbles::Arrow *BreakerBubbles::arrow(BreakerState from, BreakerState to) const
{
    for (const Arrow &arrow : arrows)
        if (arrow.from == from && arrow.to == to)
            return &arrow;
    return nullptr;
}

double arrowsAboveBubbles(const StageContext &context, BubbleStyle style)
{
    const double lines = hasSecondRule(context) ? 2 : 1;
    return apexRise(context) + (style.rules ? lines * ruleHeight(context) + ruleGap(context, style.shape) : 0);
}

double arrowsBelowBubbles(const StageContext &context, BubbleStyle style)
{
    return returnDrop(context, style) + (style.returnRules ? ruleHeight(context) / 2 : context.theme.px(2));
}

void placeBreakerArrows(BreakerBubbles &result, const StageContext &context, BubbleStyle style)
{
    const BreakerView &breaker = context.breaker();
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
            bend(arrow, longWay ? bottom + returnDrop(context, style) : bottom + from.height() * 0.03,
                 longWay ? 0.12 : 0.3);
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

} // namespace widgets
