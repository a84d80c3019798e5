// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/look/translation.h"
#include "widgets/stages/limiter/limiter_scene.h"

namespace widgets {

std::vector<LegendSign> LimiterScene::legend() const
{
    // clang-format off
    return {
        {Sign::PassedMark, LegendTr::tr("above the line: a call that the limiter let pass, when it left")},
        {Sign::ThrottledMark, LegendTr::tr("below the line: a call that was throttled. Numbers count those that stand close")},
        {Sign::Throttled, LegendTr::tr("at the vessel: a call that found no token")},
        {Sign::TapeFrame, LegendTr::tr("the frame: a window's length up to now. It slides along, and the number beside each row counts what passed in it")},
        {Sign::TapeCrowd, LegendTr::tr("more passed within a window's length than were meant to")},
        {Sign::TapeQueue, LegendTr::tr("how many calls wait for their turn")},
        {Sign::Token, LegendTr::tr("a token, which a call takes along; in a leaky bucket a permit that was given; in a queue a call that waits")},
        {Sign::EmptyPlace, LegendTr::tr("an empty place")},
        {Sign::WindowEdge, LegendTr::tr("the edge of a fixed window, where its count begins at zero. Edges stand; the frame moves")},
    };
    // clang-format on
}

} // namespace widgets
