// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/breaker_header.h"

#include "widgets/breaker_words.h"

#include <QCoreApplication>

namespace widgets {

namespace {

struct Header {
    Q_DECLARE_TR_FUNCTIONS(BreakerStage)
};

} // namespace

StageHeaderWords breakerHeaderWords(const StageContext &context)
{
    const auto *service = context.service();
    const QString name = service ? QString::fromStdString(service->name) : Header::tr("the service");
    StageHeaderWords words{.title = words::stateTitle(context.client()),
                           .titleColor = context.theme.state(context.breaker().state).text,
                           .detail = words::stateDetail(context.client(), context.snapshot.now)};
    addStageNotice(words, context.snapshot,
                   {Header::tr("Press Space to start. Then inject an outage on %1.").arg(name),
                    Header::tr("Space starts. Then inject an outage."), Header::tr("Press Space to start."),
                    Header::tr("Space starts.")});
    return words;
}

} // namespace widgets
