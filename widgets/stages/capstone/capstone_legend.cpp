// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/look/translation.h"
#include "widgets/stages/capstone/capstone_scene.h"

namespace widgets {

std::vector<LegendSign> CapstoneScene::legend() const
{
    // clang-format off
    return {
        {Sign::Succeeded}, {Sign::Failed}, {Sign::TimedOut}, {Sign::ShortCircuited}, {Sign::Rejected},
        {Sign::Throttled}, {Sign::CallOut}, {Sign::AnswerBack}, {Sign::ErrorBack}, {Sign::GivenUp},
        {Sign::ChipOn, LegendTr::tr("a policy in use; click to switch it off")},
        {Sign::ChipBusy, LegendTr::tr("... that is doing something just now")},
        {Sign::ChipOff, LegendTr::tr("a policy that is off. Short names: F fallback, TT total timeout, R retry, L limiter, CB circuit breaker, B bulkhead, T attempt timeout")},
        {Sign::FailingLine, LegendTr::tr("a line whose calls fail; the thicker, the more calls a second")},
        {Sign::WastedWork, LegendTr::tr("work for nobody: whoever asked for it has given up")},
        {Sign::Workers, LegendTr::tr("workers, busy and free, and below them the queue for them")},
    };
    // clang-format on
}

} // namespace widgets
