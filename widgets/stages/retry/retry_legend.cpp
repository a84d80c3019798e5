// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/look/translation.h"
#include "widgets/stages/retry/retry_scene.h"

namespace widgets {

std::vector<LegendSign> RetryScene::legend() const
{
    // clang-format off
    return {
        {Sign::Succeeded}, {Sign::Failed}, {Sign::TimedOut},
        {Sign::InFlightLine, LegendTr::tr("an attempt under way; the number above its end tells which one")},
        {Sign::WaitBar, LegendTr::tr("the wait before the next attempt; it drains as it passes")},
        {Sign::JitterBand, LegendTr::tr("jitter: where that wait could have ended")},
        {Sign::ArrivalBar, LegendTr::tr("attempts that arrived at the service, in each tenth of a second")},
        {Sign::Rope, LegendTr::tr("above 4 attempts a second: a lane as thick as the attempts that ended in each second, with those that succeeded as its core")},
        {Sign::AnswerBars, LegendTr::tr("then also: first attempts and repetitions that arrived in each second; below the line answers in time, and hatched those that came too late. Dashed: what the workers can do")},
        {Sign::TankLayers, LegendTr::tr("the service's queue, the next call at the bottom; below it the workers")},
        {Sign::ForNobody, LegendTr::tr("hatched: work for nobody, its caller has given up")},
        {Sign::Coin, LegendTr::tr("a payment that the service has carried out")},
        {Sign::CoinAgain, LegendTr::tr("the same payment carried out once more: paid twice")},
        {Sign::CoinStored, LegendTr::tr("answered from memory, because the id was known: nothing was paid")},
        {Sign::FaultBand, LegendTr::tr("the service did not answer")},
    };
    // clang-format on
}

} // namespace widgets
