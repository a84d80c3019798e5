// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stages/breaker/breaker_bubbles.h"

#include "widgets/stages/breaker/breaker_arrows.h"
#include "widgets/stages/breaker/breaker_words.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace widgets {

using resilience::BreakerState;
using resilience::BreakerView;
using resilience::toSeconds;
using Shape = BubbleStyle::Shape;

namespace {

constexpr std::array kShown{BreakerState::Closed, BreakerState::Open, BreakerState::HalfOpen};
constexpr uint32_t kMostPips = 6;

bool isLarge(const StageContext &context) { return context.figure >= 1.15; }
QFont bubbleNameFont(const StageContext &context)
{
    return context.theme.font(isLarge(context) ? TextSize::Body : TextSize::Label, QFont::Bold);
}
QFont bubbleDetailFont(const StageContext &context)
{
    return context.theme.font(isLarge(context) ? TextSize::Label : TextSize::Axis);
}
double bubbleNameWidth(const StageContext &context, BreakerState state)
{
    return makeLabel(words::bubbleName(state), bubbleNameFont(context), {}).rect.width();
}

// Half the height of a bubble.
double halfHeight(const StageContext &context, Shape shape)
{
    const double name = lineHeight(bubbleNameFont(context));
    const double detail = lineHeight(bubbleDetailFont(context));
    switch (shape) {
    case Shape::Circles: {
        // The widest name must fit between the rims, somewhat above the middle.
        const double half = bubbleNameWidth(context, BreakerState::HalfOpen) / 2 + context.theme.px(5);
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
        return bubbleNameWidth(context, state) + half + context.theme.px(6);
    const auto wide = [&context](const QString &text) {
        return makeLabel(text, context.theme.font(TextSize::Axis, QFont::Bold), {}).rect.width();
    };
    double text = std::max(bubbleNameWidth(context, state), wide(words::bubbleDetail(context.client(), state)));
    if (bubbleFor(context.breaker().state) == state)
        text = std::max(text, wide(words::overrideName(context.breaker().state)));
    return text + half + context.theme.px(10);
}

double leastBubbleGap(const StageContext &context, Shape shape)
{
    return context.theme.px(shape == Shape::Circles ? 60 : 22);
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
        const double up = flat ? 0 : lineHeight(bubbleDetailFont(context)) / 2;
        bubble.name = centredAt(makeLabel(words::bubbleName(state), bubbleNameFont(context), theme.ink),
                                bubble.rect.center() - QPointF(0, up));
        if (!flat) {
            const StageLabel detail = fitLabel({words::bubbleDetail(context.client(), state), QString()},
                                               width - theme.px(10), bubbleDetailFont(context), theme.quietInk);
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

const BreakerBubbles::Bubble *BreakerBubbles::bubble(BreakerState state) const
{
    for (const Bubble &bubble : bubbles)
        if (bubble.state == state)
            return &bubble;
    return nullptr;
}

QPointF BreakerBubbles::restingPlace(BreakerState state) const
{
    const QRectF &rect = bubble(bubbleFor(state))->rect;
    return {rect.center().x(), rect.bottom() + tokenDrop};
}

double breakerBubblesHeight(const StageContext &context, BubbleStyle style)
{
    return context.theme.px(2) + arrowsAboveBubbles(context, style) + 2 * halfHeight(context, style.shape)
           + arrowsBelowBubbles(context, style);
}

double breakerBubblesWidth(const StageContext &context, BubbleStyle style)
{
    double width = 2 * leastBubbleGap(context, style.shape);
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
    const double middle = area.top() + spare / 2 + context.theme.px(2) + arrowsAboveBubbles(context, style)
                          + halfHeight(context, style.shape);
    placeBubbles(result, context, area, middle, style);
    placePips(result, context, style);
    placeBreakerArrows(result, context, style);
    placeOverride(result, context);
    if (breaker.openUntil)
        result.waitLeft = shareLeft(breaker.since, *breaker.openUntil, context.snapshot.now);
    if (breaker.halfOpenDeadline)
        result.patienceLeft = shareLeft(*breaker.halfOpenDeadline - context.client().rule.halfOpenPatience(),
                                        *breaker.halfOpenDeadline, context.snapshot.now);
    return result;
}

} // namespace widgets
