// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stage_words.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace widgets::words {

using resilience::Duration;
using resilience::PolicyKind;
using resilience::Time;
using resilience::toSeconds;
using resilience::sim::ArrivalConfig;
using resilience::sim::ClientView;
using resilience::sim::FaultKind;
using resilience::sim::Pending;
using resilience::sim::RequestOutcome;
using resilience::sim::ServiceView;
using resilience::sim::Snapshot;

namespace {

struct Stage {
    Q_DECLARE_TR_FUNCTIONS(Stage)
};

constexpr double kMilli = 1e-3;

QString fixed(double value, int decimals) { return QLocale().toString(value, 'f', decimals); }
QString shortest(double value, int digits = 3) { return QLocale().toString(value, 'g', digits); }

QString nameOfClient(const Snapshot &snapshot, uint32_t index)
{
    return index < snapshot.clients.size() ? QString::fromStdString(snapshot.clients[index].name) : QString();
}

QString nameOfService(const Snapshot &snapshot)
{
    return snapshot.nextService < snapshot.services.size()
               ? QString::fromStdString(snapshot.services[snapshot.nextService].name)
               : Stage::tr("the service");
}

// What a timer of a policy does to the call that it was set for.
QStringList timerWords(const QString &call, PolicyKind policy)
{
    switch (policy) {
    case PolicyKind::TotalTimeout: return {Stage::tr("call %1 is out of time").arg(call)};
    case PolicyKind::AttemptTimeout: return {Stage::tr("call %1 times out").arg(call)};
    case PolicyKind::Retry: return {Stage::tr("call %1 tries again").arg(call)};
    case PolicyKind::Bulkhead: return {Stage::tr("call %1 gives up waiting for a slot").arg(call), Stage::tr("call %1 gives up").arg(call)};
    default: return {Stage::tr("the turn of call %1 comes").arg(call)};
    }
}

// What happens, in full and in brief.
QStringList eventWords(const Snapshot &snapshot, const Pending &next)
{
    const QString call = QString::number(snapshot.nextRequest);
    switch (next.kind) {
    case Pending::Kind::ReachClient:
        return {Stage::tr("the answer to call %1 is back").arg(call), Stage::tr("answer %1 is back").arg(call)};
    case Pending::Kind::ServiceDone:
        return {Stage::tr("%1 answers call %2").arg(nameOfService(snapshot), call),
                Stage::tr("answer to call %1").arg(call)};
    case Pending::Kind::PolicyTimer:
        return timerWords(call, static_cast<PolicyKind>(next.detail));
    case Pending::Kind::BreakerDeadline:
        return {Stage::tr("half-open runs out of time")};
    case Pending::Kind::BreakerWaitOver:
        return {Stage::tr("the open wait is over")};
    case Pending::Kind::ClientArrival:
        return {Stage::tr("%1 makes call %2").arg(nameOfClient(snapshot, next.actor)).arg(snapshot.totals.offered + 1),
                Stage::tr("call %1").arg(snapshot.totals.offered + 1)};
    case Pending::Kind::ReachService:
        return {Stage::tr("call %1 reaches %2").arg(call, nameOfService(snapshot)),
                Stage::tr("call %1 arrives").arg(call)};
    default:
        break;
    }
    return {};
}

} // namespace

QString duration(Duration span)
{
    const double s = toSeconds(span);
    if (s >= 100)
        return Stage::tr("%1 s").arg(fixed(s, 0));
    if (s >= 1)
        return Stage::tr("%1 s").arg(fixed(s, 1));
    if (s >= 0.1)
        return Stage::tr("%1 s").arg(shortest(s));
    return Stage::tr("%1 ms").arg(shortest(s / kMilli));
}

QString countdown(Duration left, Duration whole)
{
    const double s = toSeconds(std::max(Duration::zero(), left));
    // The small allowance keeps 2.4 from becoming 2.5 by its last binary digit.
    if (toSeconds(whole) >= 1)
        return Stage::tr("%1 s").arg(fixed(std::ceil(s * 10 - 1e-6) / 10, 1));
    return Stage::tr("%1 ms").arg(fixed(std::ceil(s / kMilli - 1e-6), 0));
}

QString moment(Time t) { return Stage::tr("%1 s").arg(fixed(toSeconds(t), 2)); }

QString percent(double share) { return Stage::tr("%1 %").arg(shortest(share * 100)); }

QString rate(double perSecond)
{
    if (perSecond <= 0)
        return Stage::tr("%1 calls/s").arg(0);
    const double unit = std::pow(10.0, std::floor(std::log10(perSecond)) - 1);
    const double rounded = std::round(perSecond / unit) * unit;
    return Stage::tr("%1 calls/s").arg(rounded >= 10 ? fixed(rounded, 0) : shortest(rounded));
}

QString outcomeName(RequestOutcome outcome)
{
    switch (outcome) {
    case RequestOutcome::Succeeded:
        return Stage::tr("succeeded");
    case RequestOutcome::Failed:
        return Stage::tr("failed");
    case RequestOutcome::TimedOut:
        return Stage::tr("timed out");
    case RequestOutcome::ShortCircuited:
        return Stage::tr("short-circuited");
    case RequestOutcome::Rejected:
        return Stage::tr("rejected");
    case RequestOutcome::Throttled:
        return Stage::tr("throttled");
    }
    return {};
}

QStringList pileLabel(RequestOutcome cause, uint64_t count)
{
    const QString number = QLocale().toString(static_cast<qulonglong>(count));
    return {QStringLiteral("%1 %2").arg(outcomeName(cause), number), number};
}

QString clientDetail(const ClientView &client)
{
    if (client.arrivals == ArrivalConfig::Kind::Script)
        return Stage::tr("scripted calls");
    return Stage::tr("%1 calls/s").arg(shortest(client.rate));
}

QStringList serviceFaults(const ServiceView &service)
{
    const auto value = [&service](FaultKind kind) { return service.faults[static_cast<size_t>(kind)]; };
    QStringList faults;
    if (value(FaultKind::Outage))
        faults << Stage::tr("OUTAGE");
    if (value(FaultKind::Hang))
        faults << Stage::tr("HANG");
    if (value(FaultKind::Crash))
        faults << Stage::tr("CRASHED");
    if (value(FaultKind::Partition))
        faults << Stage::tr("CUT OFF");
    if (value(FaultKind::Pause))
        faults << Stage::tr("PAUSED");
    if (const auto share = value(FaultKind::PacketLoss))
        faults << Stage::tr("%1 lost").arg(percent(*share));
    if (const auto share = value(FaultKind::ErrorRate))
        faults << Stage::tr("%1 errors").arg(percent(*share));
    if (const auto added = value(FaultKind::Latency))
        faults << Stage::tr("+%1 s").arg(shortest(*added));
    if (const auto added = value(FaultKind::LatencySpikes))
        faults << Stage::tr("spikes +%1 s").arg(shortest(*added));
    return faults;
}

QStringList serviceDetail(const ServiceView &service)
{
    const QString latency = duration(service.latency);
    if (service.errorRate > 0)
        return {Stage::tr("%1 · %2 errors").arg(latency, percent(service.errorRate)), latency};
    return {Stage::tr("answers in %1").arg(latency), latency};
}

QStringList nextEvent(const Snapshot &snapshot)
{
    if (!snapshot.next)
        return {};
    const QStringList words = eventWords(snapshot, *snapshot.next);
    QStringList variants;
    for (const QString &event : words)
        variants << Stage::tr("next: %1 at %2").arg(event, moment(snapshot.next->at));
    if (!words.isEmpty())
        variants << Stage::tr("next: %1").arg(words.back());
    return variants;
}

} // namespace widgets::words
