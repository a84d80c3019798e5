// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stages/breaker/breaker_target_text.h"

#include "widgets/look/translation.h"
#include "widgets/stage/stage_words.h"
#include "widgets/stages/breaker/breaker_words.h"

namespace widgets {

using resilience::BreakerState;
using resilience::sim::ClientView;
using resilience::sim::Leg;
using resilience::sim::RecentEnd;
using resilience::sim::Request;
using resilience::sim::RequestOutcome;
using resilience::sim::ServiceView;
using resilience::sim::Snapshot;

namespace {

QString breakerServiceText(const ServiceView &service)
{
    const QString name = QString::fromStdString(service.name);
    const QStringList faults = words::serviceFaults(service);
    if (faults.isEmpty())
        return BreakerTr::tr("%1: %2. Click to inject an outage.").arg(name, words::serviceDetail(service).front());
    return BreakerTr::tr("%1: %2. Click to clear the faults.").arg(name, faults.join(QStringLiteral(", ")));
}

QString breakerRequestText(const Snapshot &snapshot, uint64_t id)
{
    for (const Request &request : snapshot.requests) {
        if (request.id != id)
            continue;
        const QString call =
            request.permit.trial ? BreakerTr::tr("Trial call %1").arg(id) : BreakerTr::tr("Call %1").arg(id);
        if (request.abandoned)
            return BreakerTr::tr("%1: its client has given up on it; the answer will be late").arg(call);
        switch (request.leg) {
        case Leg::Outbound:
            return BreakerTr::tr("%1: on its way to the service").arg(call);
        case Leg::Queued:
            return BreakerTr::tr("%1: waiting for a worker of the service").arg(call);
        case Leg::Serving:
            return BreakerTr::tr("%1: being served").arg(call);
        case Leg::Lost:
            return BreakerTr::tr("%1: the service will never answer it").arg(call);
        case Leg::Inbound:
            return request.failed ? BreakerTr::tr("%1: an error is on its way back").arg(call)
                                  : BreakerTr::tr("%1: its answer is on its way back").arg(call);
        }
    }
    return {};
}

QString endText(const Snapshot &snapshot, uint64_t event)
{
    for (const RecentEnd &end : snapshot.recent) {
        if (end.event != event)
            continue;
        QString text = words::endText(snapshot, end);
        if (end.trial)
            text += BreakerTr::tr(", a trial");
        if (end.slow)
            text += BreakerTr::tr(", slow");
        if (end.recorded == resilience::Recorded::Late)
            text += BreakerTr::tr(", too late to count");
        return text;
    }
    return {};
}

QString bubbleText(const ClientView &client, BreakerState state, resilience::Time now)
{
    const bool here = client.breaker.state == state;
    QString text;
    switch (state) {
    case BreakerState::Closed:
        text = BreakerTr::tr("Closed: calls pass");
        break;
    case BreakerState::Open:
        text = BreakerTr::tr("Open: calls are turned away at once");
        break;
    default:
        text = BreakerTr::tr("Half-open: a few trial calls pass");
        break;
    }
    return here ? BreakerTr::tr("%1. The breaker is here; %2.").arg(text, words::stateDetail(client, now).front())
                : text;
}

QString arrowText(const ClientView &client, const targets::Arrow &arrow, resilience::Time now)
{
    QString rule = words::arrowRule(client, arrow.from, arrow.to, now).front();
    const QStringList second = words::arrowSecondRule(client, arrow.from, arrow.to, now);
    if (!second.isEmpty())
        rule += QStringLiteral(", ") + second.front();
    return BreakerTr::tr("From %1 to %2: %3")
        .arg(words::bubbleName(arrow.from).toLower(), words::bubbleName(arrow.to).toLower(), rule);
}

} // namespace

QString targetText(const Snapshot &snapshot, uint32_t client, const StageTarget &target)
{
    const ClientView &view = snapshot.clients[client];
    if (target.is<targets::Client>())
        return BreakerTr::tr("%1: %2, gives up after %3")
            .arg(QString::fromStdString(view.name), words::clientDetail(view), words::duration(view.timeout));
    if (const auto *service = target.as<targets::Service>())
        return service->service < snapshot.services.size() ? breakerServiceText(snapshot.services[service->service])
                                                           : QString();
    if (target.is<targets::BreakerSwitch>())
        return BreakerTr::tr("Circuit breaker of %1: %2")
            .arg(QString::fromStdString(view.name), words::stateTitle(view).front());
    if (const auto *pile = target.as<targets::RejectionPile>())
        return BreakerTr::tr("Turned away: %1")
            .arg(words::pileLabel(pile->cause, snapshot.totals.of(pile->cause)).front());
    if (const auto *bubble = target.as<targets::StateBubble>())
        return bubbleText(view, bubble->state, snapshot.now);
    if (const auto *arrow = target.as<targets::Arrow>())
        return arrowText(view, *arrow, snapshot.now);
    if (const auto *outcome = target.as<targets::RecentOutcome>())
        return endText(snapshot, outcome->event);
    if (const auto *request = target.as<targets::Request>())
        return breakerRequestText(snapshot, request->request);
    return {}; // nothing that is drawn here
}

QString stageText(const Snapshot &snapshot, uint32_t client)
{
    const ClientView &view = snapshot.clients[client];
    QString text = BreakerTr::tr("%1 calls through a circuit breaker. %2.")
                       .arg(QString::fromStdString(view.name), words::stateTitle(view).front());
    if (view.target < snapshot.services.size()) {
        const ServiceView &service = snapshot.services[view.target];
        const QStringList faults = words::serviceFaults(service);
        text += QLatin1Char(' ')
                + BreakerTr::tr("%1: %2.").arg(QString::fromStdString(service.name),
                                               faults.isEmpty() ? BreakerTr::tr("no faults")
                                                                : faults.join(QStringLiteral(", ")));
    }
    return text;
}

} // namespace widgets
