// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/stages/breaker/breaker_bubbles.h"

// The arrows between the breaker's bubbles: a part of layoutBreakerBubbles().
namespace widgets {

// The room that arrows and their rules take above and below the bubbles.
double arrowsAboveBubbles(const StageContext &context, BubbleStyle style);
double arrowsBelowBubbles(const StageContext &context, BubbleStyle style);
// Adds the arrows of the transition table to a diagram whose bubbles are in their places.
void placeBreakerArrows(BreakerBubbles &bubbles, const StageContext &context, BubbleStyle style);

} // namespace widgets
