// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stages/capstone/capstone_words.h"

#include "widgets/look/translation.h"
#include "widgets/stage/policy_words.h"
#include "widgets/stage/stage_words.h"

#include <QLocale>

#include <cmath>

namespace widgets {

using resilience::BreakerState;
using resilience::PolicyKind;
using resilience::sim::Leg;
using resilience::sim::PipelineView;
using resilience::sim::Request;
using resilience::sim::ServiceView;
using resilience::sim::Snapshot;

namespace {

QString whole(double value) { return QLocale().toString(value, 'f', 0); }
QString oneDecimal(double value) { return QLocale().toString(value, 'f', 1); }
QString share(double value) { return words::percent(std::round(value * 100) / 100); }

// What is wrong, by service: "payment +2 s".
QStringList faultsOf(const Snapshot &snapshot)
{
    QStringList all;
    for (const ServiceView &service : snapshot.services)
        for (const QString &fault : words::serviceFaults(service))
            all << QStringLiteral("%1 %2").arg(QString::fromStdString(service.name), fault);
    return all;
}

QString policySetting(const PipelineView &pipeline, PolicyKind kind)
{
    const auto &config = pipeline.config;
    switch (kind) {
    case PolicyKind::TotalTimeout:
        return words::duration(config.totalTimeout);
    case PolicyKind::AttemptTimeout:
        return words::duration(config.attemptTimeout);
    case PolicyKind::Retry:
        return config.retryBudget ? CapstoneTr::tr("%1 attempts, with a budget").arg(config.retry.maxAttempts)
                                  : CapstoneTr::tr("%1 attempts, without a budget").arg(config.retry.maxAttempts);
    case PolicyKind::RateLimiter:
        return CapstoneTr::tr("%1 a second")
            .arg(QLocale().toString(resilience::perSecondOf(config.rateLimiter), 'g', 3));
    case PolicyKind::Bulkhead:
        return CapstoneTr::tr("%1 of %2 slots taken").arg(pipeline.bulkhead.inUse).arg(config.bulkhead.maxConcurrent);
    case PolicyKind::CircuitBreaker:
        return isHeldByHand(pipeline.breaker.state) ? CapstoneTr::tr("held by hand")
                                                    : words::stateName(pipeline.breaker.state);
    case PolicyKind::Hedging:
        return CapstoneTr::tr("up to %1 attempts side by side").arg(config.hedging.maxAttempts);
    case PolicyKind::Fallback:
        return {};
    default:
        return words::policySettings(config, kind).value(0);
    }
}

QString chipText(const Snapshot &snapshot, const targets::PipelinePolicy &chip)
{
    const PipelineView &pipeline = snapshot.pipelines[chip.pipeline];
    const QString setting = policySetting(pipeline, chip.kind);
    const QString what = CapstoneTr::tr("%1 of %2: %3")
                             .arg(words::policyWord(chip.kind), QString::fromStdString(pipeline.owner.name),
                                  words::policyEffect(chip.kind));
    const QString full = setting.isEmpty() ? what : QStringLiteral("%1 (%2)").arg(what, setting);
    return pipeline.config.order.has(chip.kind) ? CapstoneTr::tr("%1. In use; click to switch it off.").arg(full)
                                                : CapstoneTr::tr("%1. Not in use; click to switch it on.").arg(full);
}

QString shopServiceText(const ServiceView &service)
{
    const QString name = QString::fromStdString(service.name);
    const QStringList faults = words::serviceFaults(service);
    QString text = CapstoneTr::tr("%1: %2").arg(name, words::serviceDetail(service).front());
    if (service.workers > 0)
        text += CapstoneTr::tr(", %1 of %2 workers busy, %3 of %4 waiting")
                    .arg(service.busy)
                    .arg(service.workers)
                    .arg(service.queued)
                    .arg(service.queueRoom);
    if (faults.isEmpty())
        return CapstoneTr::tr("%1. Click to make it slow.").arg(text);
    return CapstoneTr::tr("%1. %2. Click to clear the faults.").arg(text, faults.join(QStringLiteral(", ")));
}

QString lineText(const Snapshot &snapshot, uint64_t pipeline)
{
    const auto shop = shopOf(snapshot);
    for (const ShopLine &line : shop->lines)
        if (line.pipeline == pipeline)
            return CapstoneTr::tr("%1: %2 attempts a second lately, of which %3 failed; %4 a second turned away by its "
                                  "policies. Of the answers %5 are for nobody: whoever asked has given up. Click for "
                                  "the latest failure.")
                .arg(QString::fromStdString(snapshot.pipelines[pipeline].owner.name), whole(line.sent),
                     share(line.failing()), whole(line.turnedAway), share(line.wasted()));
    return {};
}

QString figureText(const Snapshot &snapshot, ShopFigure figure)
{
    const auto &goodput = snapshot.goodput;
    switch (figure) {
    case ShopFigure::Goodput:
        if (!goodput.known())
            return CapstoneTr::tr("Goodput: known once requests have had time to end");
        return CapstoneTr::tr(
                   "Goodput: of %1 requests a second, %2 succeed; over the last %3. Click for the latest one lost.")
            .arg(oneDecimal(goodput.offeredPerSecond()), oneDecimal(goodput.succeededPerSecond()),
                 words::duration(goodput.span));
    case ShopFigure::Offered:
        return CapstoneTr::tr("Offered: %1 new requests a second; usually %2")
            .arg(oneDecimal(goodput.offeredPerSecond()), oneDecimal(goodput.usual));
    case ShopFigure::Attempts:
        return CapstoneTr::tr("Amplification: %1 attempts for each request").arg(oneDecimal(goodput.amplification()));
    case ShopFigure::Median:
        return CapstoneTr::tr("p50: half of the requests ended within %1")
            .arg(words::latencyText(snapshot.medianLatency));
    case ShopFigure::P99:
        return CapstoneTr::tr("p99: 99 of 100 requests ended within %1").arg(words::latencyText(snapshot.p99Latency));
    }
    return {};
}

QString shopRequestText(const Snapshot &snapshot, uint64_t id)
{
    for (const Request &request : snapshot.requests) {
        if (request.id != id || (request.leg != Leg::Outbound && request.leg != Leg::Inbound))
            continue;
        const QString to = QString::fromStdString(snapshot.services[request.service].name);
        if (request.leg == Leg::Outbound)
            return CapstoneTr::tr("Request %1: attempt %2 on its way to %3").arg(id).arg(request.attempt).arg(to);
        return request.failed ? CapstoneTr::tr("Request %1: an error of %2 on its way back").arg(id).arg(to)
                              : CapstoneTr::tr("Request %1: the answer of %2 on its way back").arg(id).arg(to);
    }
    return {};
}

} // namespace

std::optional<targets::PipelinePolicy> chipOf(const Snapshot &snapshot, const StageTarget &target)
{
    const auto *chip = target.as<targets::PipelinePolicy>();
    if (!chip || chip->pipeline >= snapshot.pipelines.size())
        return std::nullopt;
    return snapshot.pipelines[chip->pipeline].config.configured.has(chip->kind) ? std::optional{*chip} : std::nullopt;
}

namespace words {

QStringList standingTitle(Standing standing)
{
    switch (standing) {
    case Standing::NotStarted:
        return {CapstoneTr::tr("A shop of four services"), CapstoneTr::tr("A shop")};
    case Standing::Early:
        return {CapstoneTr::tr("Starting")};
    case Standing::Up:
        return {CapstoneTr::tr("UP · shoppers are served"), CapstoneTr::tr("UP")};
    case Standing::Struggling:
        return {CapstoneTr::tr("STRUGGLING · some are served"), CapstoneTr::tr("STRUGGLING")};
    case Standing::Down:
        return {CapstoneTr::tr("DOWN · hardly anybody is served"), CapstoneTr::tr("DOWN")};
    case Standing::Metastable:
        return {CapstoneTr::tr("The load is gone. The system is still down."), CapstoneTr::tr("Load gone, still down"),
                CapstoneTr::tr("Still down")};
    }
    return {};
}

QStringList standingDetail(const Snapshot &snapshot, Standing standing)
{
    const auto &goodput = snapshot.goodput;
    const QStringList faults = faultsOf(snapshot);
    if (standing == Standing::NotStarted || standing == Standing::Early)
        return {};
    if (standing == Standing::Metastable)
        return {CapstoneTr::tr("no fault, usual load: %1 attempts a second keep it down")
                    .arg(whole(goodput.amplification() * goodput.offeredPerSecond())),
                CapstoneTr::tr("%1 attempts a second keep it down")
                    .arg(whole(goodput.amplification() * goodput.offeredPerSecond())),
                CapstoneTr::tr("no fault, usual load")};
    if (!faults.isEmpty())
        return {faults.join(QStringLiteral(" · ")), faults.front()};
    if (goodput.crowded())
        return {CapstoneTr::tr("over the last %1: %2 times the usual load")
                    .arg(words::duration(goodput.span), oneDecimal(goodput.offeredPerSecond() / goodput.usual)),
                CapstoneTr::tr("%1 times the usual load lately")
                    .arg(oneDecimal(goodput.offeredPerSecond() / goodput.usual))};
    if (goodput.faulty && standing != Standing::Up)
        return {CapstoneTr::tr("the fault has just ended")};
    return {};
}

QString policyWord(PolicyKind kind)
{
    return kind == PolicyKind::TotalTimeout ? CapstoneTr::tr("total time") : policyBrief(kind);
}

QString chipWord(const PipelineView &pipeline, PolicyKind kind)
{
    if (!pipeline.config.order.has(kind))
        return policyWord(kind);
    if (kind == PolicyKind::CircuitBreaker && pipeline.breaker.state == BreakerState::Open)
        return CapstoneTr::tr("OPEN");
    if (kind == PolicyKind::CircuitBreaker && pipeline.breaker.state == BreakerState::HalfOpen)
        return CapstoneTr::tr("half-open");
    if (kind == PolicyKind::Bulkhead)
        return CapstoneTr::tr("bulkhead %1/%2")
            .arg(pipeline.bulkhead.inUse)
            .arg(pipeline.config.bulkhead.maxConcurrent);
    return policyWord(kind);
}

QStringList lineRate(const ShopLine &line)
{
    if (line.sent + line.turnedAway < 0.05)
        return {};
    const QString sent = perSecond(line.sent);
    if (line.isFailing())
        return {CapstoneTr::tr("%1, %2 fail").arg(sent, share(line.failing())), sent};
    if (line.isWasted())
        return {line.wasted() > 0.995 ? CapstoneTr::tr("%1, all for nobody").arg(sent)
                                      : CapstoneTr::tr("%1, %2 for nobody").arg(sent, share(line.wasted())),
                CapstoneTr::tr("%1 for nobody").arg(sent), sent};
    if (line.turnedAway >= 1)
        return {CapstoneTr::tr("%1, %2 refused").arg(sent, perSecond(line.turnedAway)), sent};
    return {sent};
}

QStringList busyText(const ServiceView &service, uint32_t forNobody)
{
    if (forNobody > 0 && forNobody >= service.busy)
        return {CapstoneTr::tr("%1 of %2 busy, for nobody").arg(service.busy).arg(service.workers),
                CapstoneTr::tr("busy for nobody"), QStringLiteral("%1/%2").arg(service.busy).arg(service.workers)};
    if (forNobody > 0)
        return {CapstoneTr::tr("%1 of %2 busy, %3 for nobody").arg(service.busy).arg(service.workers).arg(forNobody),
                CapstoneTr::tr("%1 of %2 for nobody").arg(forNobody).arg(service.busy),
                QStringLiteral("%1/%2").arg(service.busy).arg(service.workers)};
    return {CapstoneTr::tr("%1 of %2 workers busy").arg(service.busy).arg(service.workers),
            CapstoneTr::tr("%1 of %2 busy").arg(service.busy).arg(service.workers),
            QStringLiteral("%1/%2").arg(service.busy).arg(service.workers)};
}

QString perSecond(double rate)
{
    return CapstoneTr::tr("%1/s").arg(rate >= 9.95 || rate < 0.05 ? whole(rate) : oneDecimal(rate));
}

QString latencyText(const std::optional<resilience::Duration> &latency)
{
    if (!latency)
        return QStringLiteral("–");
    const double seconds = resilience::toSeconds(*latency);
    return seconds >= 0.0995 ? CapstoneTr::tr("%1 s").arg(QLocale().toString(seconds, 'f',
                                                                             seconds >= 10  ? 0
                                                                             : seconds >= 1 ? 1
                                                                                            : 2))
                             : CapstoneTr::tr("%1 ms").arg(whole(seconds * 1000));
}

QString shopTargetText(const Snapshot &snapshot, const StageTarget &target)
{
    if (const auto *of = target.as<targets::Client>()) {
        const auto &client = snapshot.clients[of->client];
        return CapstoneTr::tr("%1: %2; each gives up on an attempt after %3")
            .arg(QString::fromStdString(client.name), clientDetail(client), duration(client.timeout));
    }
    if (const auto *service = target.as<targets::Service>())
        return service->service < snapshot.services.size() ? shopServiceText(snapshot.services[service->service])
                                                           : QString();
    if (const auto chip = chipOf(snapshot, target))
        return chipText(snapshot, *chip);
    if (const auto line = target.part<ShopPart>())
        return line->of < snapshot.pipelines.size() ? lineText(snapshot, line->of) : QString();
    if (const auto figure = target.part<ShopFigure>())
        return figureText(snapshot, figure->which);
    if (const auto *request = target.as<targets::Request>())
        return shopRequestText(snapshot, request->request);
    return {};
}

QString shopStageText(const Snapshot &snapshot)
{
    const QStringList faults = faultsOf(snapshot);
    QStringList open;
    for (const PipelineView &pipeline : snapshot.pipelines)
        if (pipeline.config.order.has(PolicyKind::CircuitBreaker) && pipeline.breaker.state == BreakerState::Open)
            open << QString::fromStdString(pipeline.owner.name);
    QString text = CapstoneTr::tr("A gateway, the services it calls and the shoppers who call it. %1.")
                       .arg(standingTitle(standingOf(snapshot)).front());
    text += QLatin1Char(' ')
            + (faults.isEmpty() ? CapstoneTr::tr("No faults.")
                                : CapstoneTr::tr("Faults: %1.").arg(faults.join(QStringLiteral(", "))));
    if (!open.isEmpty())
        text += QLatin1Char(' ') + CapstoneTr::tr("Breakers open: %1.").arg(open.join(QStringLiteral(", ")));
    return text;
}

} // namespace words

} // namespace widgets
