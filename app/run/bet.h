// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/twin.h"
#include "core/sim/measure/run_figures.h"

#include <optional>

namespace app {

// Which of two runs will end with the better figure, said before the end has been seen.
struct Bet {
    enum class On : uint8_t { Ours, Other, Neither };

    const resilience::sim::RunFigure *figure = nullptr;
    On on = On::Neither;
    resilience::Time end; // when it is decided
    KeptRun ours; // the two runs as they were when it was made
    KeptRun other;
};

// What became of it.
struct BetVerdict {
    bool isRight = false;
    Bet::On truth = Bet::On::Neither;
    std::optional<double> ours; // the figure at the end
    std::optional<double> other;
};

// Whose figure is the better one; what a run has not counts as nothing.
Bet::On betterOf(const resilience::sim::RunFigure &figure, std::optional<double> ours, std::optional<double> other);

// The figure that is bet on where nothing else is the point: goodput, or stale writes where nobody calls.
const resilience::sim::RunFigure &usualBet(const resilience::sim::World &world);

} // namespace app
