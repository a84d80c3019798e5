// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stage/fault_words.h"

#include "widgets/look/translation.h"
#include "widgets/stage/stage_words.h"

namespace widgets::words {

using resilience::sim::FaultKind;
using resilience::sim::FaultSpec;

FaultWords faultWords(FaultKind kind, double value)
{
    const FaultSpec &fault = spec(kind);
    const QString shown = fault.isShownInPercent() ? percent(value) : shortest(value);
    const QString changed = value >= 0 ? QStringLiteral("+") + shown : shown;
    const auto filled = [&](const char *text) {
        return StageTr::tr(text).replace(QLatin1String("%1"), shown).replace(QLatin1String("%2"), changed);
    };
    return {filled(fault.sign), filled(fault.words), filled(fault.brief)};
}

} // namespace widgets::words
