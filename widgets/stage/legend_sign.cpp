// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stage/legend_sign.h"

#include "widgets/look/translation.h"

#include <stdexcept>

namespace widgets {

QString commonWords(Sign sign)
{
    switch (sign) {
    case Sign::Succeeded:
        return LegendTr::tr("a call, or an attempt of one, that succeeded");
    case Sign::Failed:
        return LegendTr::tr("failed: an error, a refusal or a broken connection");
    case Sign::TimedOut:
        return LegendTr::tr("timed out: no answer in time");
    case Sign::ShortCircuited:
        return LegendTr::tr("short-circuited: turned away by the breaker");
    case Sign::Rejected:
        return LegendTr::tr("rejected: no slot in the bulkhead, and no seat");
    case Sign::Throttled:
        return LegendTr::tr("throttled: the rate limiter had no permit left");
    case Sign::CallOut:
        return LegendTr::tr("a call on its way; the number is its name, or that of its attempt");
    case Sign::AnswerBack:
        return LegendTr::tr("a good answer on its way back");
    case Sign::ErrorBack:
        return LegendTr::tr("an error on its way back");
    case Sign::GivenUp:
        return LegendTr::tr("its caller has given up: work for nobody");
    case Sign::Serving:
        return LegendTr::tr("being worked on; the clock shows how far. +3: three more than there is room for");
    case Sign::Counted:
        return LegendTr::tr("boxed: the results that count now");
    case Sign::Next:
        return LegendTr::tr("while paused: what happens next");
    case Sign::Lit:
        return LegendTr::tr("under Why?: what counted for the decision");
    default:
        break;
    }
    throw std::logic_error("a sign that means something else on each stage");
}

} // namespace widgets
