// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/look/translation.h"
#include "widgets/stages/breaker/breaker_scene.h"

namespace widgets {

std::vector<LegendSign> BreakerScene::legend() const
{
    // clang-format off
    return {
        {Sign::Succeeded}, {Sign::Failed}, {Sign::TimedOut}, {Sign::ShortCircuited}, {Sign::CallOut},
        {Sign::AnswerBack}, {Sign::ErrorBack}, {Sign::GivenUp}, {Sign::Serving},
        {Sign::TrialRing, LegendTr::tr("a trial call of half-open")},
        {Sign::Lever, LegendTr::tr("the switch: down passes, up blocks, ajar lets trials through")},
        {Sign::Pip, LegendTr::tr("under half-open: a dot for each trial, filled when it succeeded")},
        {Sign::Arc, LegendTr::tr("a rim that runs off: how much of the wait is left")},
        {Sign::Counted},
        {Sign::BesideLanes, LegendTr::tr("with something broken on purpose: this run, and in grey the same run without it")},
    };
    // clang-format on
}

} // namespace widgets
