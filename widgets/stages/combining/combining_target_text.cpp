// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/look/translation.h"
#include "widgets/stage/stage_words.h"
#include "widgets/stages/combining/combining_order.h"
#include "widgets/stages/combining/combining_targets.h"
#include "widgets/stages/combining/combining_words.h"

namespace widgets::words {

using resilience::PolicyKind;
using resilience::sim::Leg;
using resilience::sim::PipelineView;
using resilience::sim::Request;
using resilience::sim::Snapshot;
using resilience::sim::WaitingCall;

namespace {

QString orderText(const PipelineView &pipeline)
{
    QStringList names;
    for (const PolicyKind kind : pipeline.config.order)
        names << policyName(kind).front();
    return names.isEmpty() ? CombiningTr::tr("no policy") : names.join(QStringLiteral(", "));
}

QString shellText(const Snapshot &snapshot, const targets::Policy &shell)
{
    const PipelineView &pipeline = snapshot.pipelineOf(shell.client);
    const auto level = pipeline.config.order.levelOf(shell.kind);
    QString text = CombiningTr::tr("%1 of %2: %3")
                       .arg(policyName(shell.kind).front(), clientTitle(snapshot.clients[shell.client]),
                            policyValue(snapshot, shell.client, shell.kind).front());
    if (const QStringList recentActions = policyActions(pipeline, shell.kind); !recentActions.isEmpty())
        text += CombiningTr::tr(", %1").arg(recentActions.front());
    if (level)
        text += CombiningTr::tr(". Shell %1 of %2 from the outside.").arg(*level + 1).arg(pipeline.config.order.size());
    else
        text += CombiningTr::tr(". It is switched off.");
    if (shell.client == changedClient(snapshot) && level)
        text += QLatin1Char(' ') + CombiningTr::tr("Drag it, or press Alt with an arrow key, to move it.");
    return text;
}

QString switchText(const Snapshot &snapshot, const targets::Policy &shell)
{
    const bool on = snapshot.pipelineOf(shell.client).config.order.has(shell.kind);
    const QString name = policyName(shell.kind).front();
    return on ? CombiningTr::tr("%1 is on. Click to switch it off.").arg(name)
              : CombiningTr::tr("%1 is off. Click to switch it on.").arg(name);
}

QString stackServiceText(const Snapshot &snapshot, uint64_t index)
{
    if (index >= snapshot.services.size())
        return {};
    const auto &service = snapshot.services[index];
    const QString name = QString::fromStdString(service.name);
    const QStringList faults = serviceFaults(service);
    if (faults.isEmpty())
        return CombiningTr::tr("%1, the same for every client: %2. Click to inject an outage.")
            .arg(name, serviceDetail(service).front());
    return CombiningTr::tr("%1: %2. Click to clear the faults.").arg(name, faults.join(QStringLiteral(", ")));
}

QString legText(const Request &request)
{
    if (request.beaten)
        return CombiningTr::tr("not needed any more, another attempt has answered");
    if (request.abandoned)
        return CombiningTr::tr("given up by its client; the answer will be late");
    switch (request.leg) {
    case Leg::Outbound:
        return CombiningTr::tr("on its way to the service");
    case Leg::Queued:
        return CombiningTr::tr("waiting for a worker of the service");
    case Leg::Serving:
        return CombiningTr::tr("being served");
    case Leg::Lost:
        return CombiningTr::tr("never to be answered");
    case Leg::Inbound:
        return request.failed ? CombiningTr::tr("an error is on its way back")
                              : CombiningTr::tr("its answer is on its way back");
    }
    return {};
}

QString stackRequestText(const Snapshot &snapshot, uint64_t id)
{
    QStringList attempts;
    for (const Request &request : snapshot.requests)
        if (request.id == id && !request.caller)
            attempts << CombiningTr::tr("attempt %1: %2").arg(request.attempt).arg(legText(request));
    if (!attempts.isEmpty())
        return CombiningTr::tr("Call %1, %2").arg(id).arg(attempts.join(QStringLiteral("; ")));
    for (const WaitingCall &call : snapshot.waiting)
        if (call.request == id)
            return call.at == PolicyKind::Retry
                       ? CombiningTr::tr("Call %1: waiting before attempt %2").arg(id).arg(call.attemptsSent + 1)
                       : CombiningTr::tr("Call %1: waiting at the %2").arg(id).arg(policyName(call.at).front());
    return {};
}

QString combiningEventText(const Snapshot &snapshot, uint64_t number)
{
    for (const auto &event : snapshot.events)
        if (event.number == number)
            return CombiningTr::tr("Call %1 at %2. Click to see why.")
                .arg(callName(snapshot, event.actor.index, event.callNumber), moment(event.at));
    return {};
}

QString clientText(const Snapshot &snapshot, uint64_t index)
{
    if (index >= snapshot.clients.size())
        return {};
    const auto &client = snapshot.clients[index];
    return CombiningTr::tr("%1: %2, through %3")
        .arg(clientTitle(client), clientDetail(client), orderText(snapshot.pipelineOf(static_cast<uint32_t>(index))));
}

} // namespace

QString combiningTargetText(const Snapshot &snapshot, const StageTarget &target)
{
    if (const auto part = target.part<CombiningPart>())
        return part->which == CombiningPart::ResetOrder
                   ? CombiningTr::tr("Put the shells of %1 back into the usual order.")
                         .arg(clientTitle(snapshot.clients[changedClient(snapshot)]))
                   : CombiningTr::tr("The longest a call can take: %1.")
                         .arg(budgetText(attemptBudget(snapshot.pipelineOf(changedClient(snapshot)).config)).front());
    if (const auto shell = policyOf(snapshot, target))
        return shellText(snapshot, *shell);
    if (const auto shell = switchOf(snapshot, target))
        return switchText(snapshot, *shell);
    if (const auto *client = target.as<targets::Client>())
        return clientText(snapshot, client->client);
    if (const auto *service = target.as<targets::Service>())
        return stackServiceText(snapshot, service->service);
    if (const auto *outcome = target.as<targets::RecentOutcome>())
        return endText(snapshot, outcome->event);
    if (const auto *request = target.as<targets::Request>())
        return stackRequestText(snapshot, request->request);
    if (const auto *event = target.as<targets::Event>())
        return combiningEventText(snapshot, event->event);
    return {};
}

QString combiningStageText(const Snapshot &snapshot)
{
    const uint32_t changed = changedClient(snapshot);
    QString text = CombiningTr::tr("Calls pass nested policies. %1, from the outside: %2.")
                       .arg(clientTitle(snapshot.clients[changed]), orderText(snapshot.pipelineOf(changed)));
    for (uint32_t i = 0; i < snapshot.clients.size(); ++i)
        if (snapshot.pipelineOf(i).config.order.has(PolicyKind::CircuitBreaker))
            text += QLatin1Char(' ')
                    + CombiningTr::tr("Breaker of %1: %2.")
                          .arg(clientTitle(snapshot.clients[i]),
                               QString::fromLatin1(resilience::name(snapshot.clients[i].breaker.state)));
    return text;
}

} // namespace widgets::words
