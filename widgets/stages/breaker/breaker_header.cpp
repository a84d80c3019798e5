// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stages/breaker/breaker_header.h"

#include "widgets/look/translation.h"
#include "widgets/stages/breaker/breaker_words.h"

namespace widgets {

StageHeaderWords breakerHeaderWords(const StageContext &context)
{
    const auto *service = context.service();
    const QString name = service ? QString::fromStdString(service->name) : BreakerTr::tr("the service");
    StageHeaderWords words{.title = words::stateTitle(context.client()),
                           .titleColor = context.theme.state(context.breaker().state).text,
                           .detail = words::stateDetail(context.client(), context.snapshot.now)};
    addStageNotice(words, context.snapshot,
                   {BreakerTr::tr("Press Space to start. Then inject an outage on %1.").arg(name),
                    BreakerTr::tr("Space starts. Then inject an outage."), BreakerTr::tr("Press Space to start."),
                    BreakerTr::tr("Space starts.")});
    return words;
}

} // namespace widgets
