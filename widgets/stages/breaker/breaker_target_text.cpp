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

QString arrowText(const ClientView &client, const StageTarget &target, resilience::Time now)
{
    QString rule = words::arrowRule(client, target.from, target.to, now).front();
    const QStringList second = words::arrowSecondRule(client, target.from, target.to, now);
    if (!second.isEmpty())
        rule += QStringLiteral(", ") + second.front();
    return BreakerTr::tr("From %1 to %2: %3")
        .arg(words::bubbleName(target.from).toLower(), words::bubbleName(target.to).toLower(), rule);
}

} // namespace

QString targetText(const Snapshot &snapshot, uint32_t client, const StageTarget &target)
{
    using Kind = StageTarget::Kind;
    const ClientView &view = snapshot.clients[client];
    switch (target.kind) {
    case Kind::None:
        return {};
    case Kind::Client:
        return BreakerTr::tr("%1: %2, gives up after %3")
            .arg(QString::fromStdString(view.name), words::clientDetail(view), words::duration(view.timeout));
    case Kind::Service:
        return target.id < snapshot.services.size() ? breakerServiceText(snapshot.services[target.id]) : QString();
    case Kind::Switch:
        return BreakerTr::tr("Circuit breaker of %1: %2")
            .arg(QString::fromStdString(view.name), words::stateTitle(view).front());
    case Kind::RejectionPile: {
        const auto cause = static_cast<RequestOutcome>(target.id);
        return BreakerTr::tr("Turned away: %1").arg(words::pileLabel(cause, snapshot.totals.of(cause)).front());
    }
    case Kind::StateBubble:
        return bubbleText(view, target.from, snapshot.now);
    case Kind::Arrow:
        return arrowText(view, target, snapshot.now);
    case Kind::RecentOutcome:
        return endText(snapshot, target.id);
    case Kind::Request:
        return breakerRequestText(snapshot, target.id);
    default:
        return {}; // nothing that is drawn here
    }
    return {};
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
