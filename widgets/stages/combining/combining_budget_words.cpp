// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stages/combining/combining_words.h"

#include "widgets/look/translation.h"
#include "widgets/stage/stage_words.h"

// How the attempts fit into the time there is.
namespace widgets::words {

QStringList budgetText(const AttemptBudget &budget)
{
    if (budget.attempts.empty()) {
        if (!budget.limit)
            return {CombiningTr::tr("no timeout at all: a call may wait for ever"), CombiningTr::tr("no timeout")};
        return {CombiningTr::tr("one attempt may use all %1").arg(duration(*budget.limit)), duration(*budget.limit)};
    }
    const QString longest = duration(budget.longest());
    const auto all = budget.attempts.size();
    if (!budget.limit)
        return {CombiningTr::tr("up to %1, and nothing ends it sooner").arg(longest),
                CombiningTr::tr("up to %1, no limit").arg(longest), longest};
    const QString limit = duration(*budget.limit);
    if (budget.fits())
        return {CombiningTr::tr("%1 of %2: all %3 attempts fit").arg(longest, limit).arg(all),
                CombiningTr::tr("%1 of %2: fits").arg(longest, limit)};
    return {CombiningTr::tr("%1 into %2: only %3 of %4 attempts fit").arg(longest, limit).arg(budget.fitting).arg(all),
            CombiningTr::tr("%1 of %2 attempts fit").arg(budget.fitting).arg(all),
            CombiningTr::tr("%1 of %2 fit").arg(budget.fitting).arg(all)};
}

} // namespace widgets::words
