// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/look/translation.h"
#include "widgets/stages/combining/combining_scene.h"

namespace widgets {

std::vector<LegendSign> CombiningScene::legend() const
{
    // clang-format off
    return {
        {Sign::Succeeded}, {Sign::Failed}, {Sign::TimedOut}, {Sign::ShortCircuited}, {Sign::Rejected},
        {Sign::Throttled}, {Sign::CallOut}, {Sign::AnswerBack}, {Sign::ErrorBack}, {Sign::GivenUp}, {Sign::Serving},
        {Sign::Lever, LegendTr::tr("an open breaker: nothing passes")},
        {Sign::Shell, LegendTr::tr("a policy around what lies inside; the number at its right: how often it stepped in")},
        {Sign::WaitingDot, LegendTr::tr("a call that waits at this policy")},
        {Sign::AttemptsBar, LegendTr::tr("a call of your order at worst: attempts thick, waits thin, the line is the total timeout")},
    };
    // clang-format on
}

} // namespace widgets
