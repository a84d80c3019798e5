// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/stage/stage_context.h"
#include "widgets/stage/stage_label.h"
#include "widgets/stage/stage_phase.h"

#include <QPainterPath>
#include <QRectF>

#include <optional>
#include <vector>

class QPainter;

namespace widgets {

// How much of the state diagram there is room for.
struct BubbleStyle {
    enum class Shape : uint8_t { Circles, TallCapsules, FlatCapsules } shape = Shape::Circles;
    bool rules = true; // the labels above the arrows
    bool returnRules = true; // the labels of the arrows below
    bool operator==(const BubbleStyle &) const = default;
};

// The three states as bubbles with a token in one of them, and the arrows of the transition table between them, each
// labelled with its rule and the numbers it looks at now. Around OPEN runs the countdown.
struct BreakerBubbles {
    struct Bubble {
        resilience::BreakerState state = resilience::BreakerState::Closed;
        QRectF rect{}; // a circle or a capsule
        StageLabel name{};
        StageLabel detail{};
        bool here = false; // the token is in it
    };
    struct Arrow {
        resilience::BreakerState from = resilience::BreakerState::Closed;
        resilience::BreakerState to = resilience::BreakerState::Closed;
        QPointF start{};
        QPointF leaving{}; // the two controls of the curve
        QPointF arriving{};
        QPointF end{};
        StageLabel rule{};
        StageLabel second{};
        bool breaksLine = false; // the label stands on the arrow
        bool taken = false; // it led to the present state
        bool live = false; // it leads away from the present state

        QPainterPath path() const;
        QPointF at(double t) const;
    };
    std::vector<Bubble> bubbles;
    std::vector<Arrow> arrows;
    StageLabel override{}; // "FORCED OPEN", in the bubble that acts the same
    QRectF overrideShape;
    double waitLeft = 0; // open: share of the wait that is left
    double patienceLeft = 0; // half-open: likewise of its patience
    std::vector<QPointF> pips; // one per trial call, in half-open's bubble; none when there are too many
    double pipRadius = 0;
    double tokenRadius = 0;
    double tokenDrop = 0; // how far below the rim it rests

    const Bubble *bubble(resilience::BreakerState state) const;
    const Arrow *arrow(resilience::BreakerState from, resilience::BreakerState to) const;
    // Where the token lies in a bubble.
    QPointF restingPlace(resilience::BreakerState state) const;
};

// The bubble that stands for `state`: an override acts like closed or open.
resilience::BreakerState bubbleFor(resilience::BreakerState state);

double breakerBubblesHeight(const StageContext &context, BubbleStyle style);
double breakerBubblesWidth(const StageContext &context, BubbleStyle style); // at least
BreakerBubbles layoutBreakerBubbles(const StageContext &context, const QRectF &area, BubbleStyle style);
void paintBreakerBubbles(QPainter &painter, const BreakerBubbles &bubbles, const StageContext &context,
                         const StagePhase &phase);

} // namespace widgets
