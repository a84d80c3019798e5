// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/bet.h"

namespace app {

using namespace resilience::sim;

Bet::On betterOf(const RunFigure &figure, std::optional<double> ours, std::optional<double> other)
{
    const double difference = ours.value_or(0) - other.value_or(0);
    if (difference == 0)
        return Bet::On::Neither;
    return (difference > 0) == figure.moreIsBetter ? Bet::On::Ours : Bet::On::Other;
}

const RunFigure &usualBet(const World &world)
{
    return *runFigureNamed(world.clients().empty() ? "stale_accepted" : "goodput");
}

} // namespace app
