// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stage/stage_words.h"

#include "widgets/look/time_text.h"
#include "widgets/look/translation.h"
#include "widgets/stage/fault_words.h"

#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>

namespace widgets::words {

using resilience::BreakerState;
using resilience::Duration;
using resilience::PolicyKind;
using resilience::Time;
using resilience::toSeconds;
using resilience::sim::ActiveFaults;
using resilience::sim::ArrivalConfig;
using resilience::sim::ClientView;
using resilience::sim::FaultKind;
using resilience::sim::kFaultsWorstFirst;
using resilience::sim::RequestOutcome;
using resilience::sim::ServiceView;
using resilience::sim::Snapshot;

namespace {

constexpr double kMilli = 1e-3;

QString fixed(double value, int decimals) { return QLocale().toString(value, 'f', decimals); }
// Three significant digits, and never an exponent of a large number.
} // namespace

QString shortest(double value) { return std::abs(value) >= 1000 ? fixed(value, 0) : QLocale().toString(value, 'g', 3); }

QString duration(Duration span)
{
    const double s = toSeconds(span);
    if (s >= 100)
        return StageTr::tr("%1 s").arg(fixed(s, 0));
    if (s >= 1)
        return StageTr::tr("%1 s").arg(fixed(s, 1));
    if (s >= 0.1)
        return StageTr::tr("%1 s").arg(shortest(s));
    return StageTr::tr("%1 ms").arg(shortest(s / kMilli));
}

QString countdown(Duration left, Duration whole)
{
    const double s = toSeconds(std::max(Duration::zero(), left));
    // The small allowance keeps 2.4 from becoming 2.5 by its last binary digit.
    if (toSeconds(whole) >= 1)
        return StageTr::tr("%1 s").arg(fixed(std::ceil(s * 10 - 1e-6) / 10, 1));
    return StageTr::tr("%1 ms").arg(fixed(std::ceil(s / kMilli - 1e-6), 0));
}

QString moment(Time t) { return timeText(t, std::chrono::seconds{1}, std::chrono::milliseconds{10}); }

QString hundredths(Duration span) { return StageTr::tr("%1 s").arg(fixed(toSeconds(span), 2)); }

QString percent(double share) { return StageTr::tr("%1 %").arg(shortest(share * 100)); }

QString rate(double perSecond)
{
    if (perSecond <= 0)
        return StageTr::tr("%1 calls/s").arg(0);
    const double unit = std::pow(10.0, std::floor(std::log10(perSecond)) - 1);
    const double rounded = std::round(perSecond / unit) * unit;
    return StageTr::tr("%1 calls/s").arg(rounded >= 10 ? fixed(rounded, 0) : shortest(rounded));
}

QString stateName(BreakerState state)
{
    switch (state) {
    case BreakerState::Closed:
        return StageTr::tr("closed");
    case BreakerState::Open:
        return StageTr::tr("open");
    case BreakerState::HalfOpen:
        return StageTr::tr("half-open");
    case BreakerState::ForcedOpen:
        return StageTr::tr("forced open");
    case BreakerState::Disabled:
        return StageTr::tr("disabled");
    case BreakerState::MetricsOnly:
        return StageTr::tr("metrics only");
    }
    return {};
}

QString outcomeName(RequestOutcome outcome)
{
    switch (outcome) {
    case RequestOutcome::Succeeded:
        return StageTr::tr("succeeded");
    case RequestOutcome::Failed:
        return StageTr::tr("failed");
    case RequestOutcome::TimedOut:
        return StageTr::tr("timed out");
    case RequestOutcome::ShortCircuited:
        return StageTr::tr("short-circuited");
    case RequestOutcome::Rejected:
        return StageTr::tr("rejected");
    case RequestOutcome::Throttled:
        return StageTr::tr("throttled");
    }
    return {};
}

QString callName(const Snapshot &snapshot, uint32_t client, uint64_t callNumber)
{
    return client < snapshot.clients.size() && snapshot.clients[client].hasTwin
               ? StageTr::tr("%1 of %2").arg(callNumber).arg(QString::fromStdString(snapshot.clients[client].name))
               : QString::number(callNumber);
}

QString endText(const resilience::sim::Snapshot &snapshot, const resilience::sim::RecentEnd &end)
{
    return StageTr::tr("Call %1: %2 at %3")
        .arg(callName(snapshot, end.client, end.callNumber), outcomeName(end.outcome), moment(end.at));
}

QString endText(const resilience::sim::Snapshot &snapshot, uint64_t event)
{
    for (const resilience::sim::RecentEnd &end : snapshot.recent)
        if (end.event == event)
            return endText(snapshot, end);
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
        return StageTr::tr("scripted calls");
    return StageTr::tr("%1 calls/s").arg(shortest(client.rate));
}

QStringList faultTexts(const ActiveFaults &active)
{
    QStringList faults;
    for (const FaultKind kind : kFaultsWorstFirst)
        if (const auto value = active[static_cast<size_t>(kind)])
            faults << faultWords(kind, *value).sign;
    return faults;
}

QStringList serviceFaults(const ServiceView &service) { return faultTexts(service.faults); }

QString serviceCondition(const ServiceView &service)
{
    const QStringList faults = serviceFaults(service);
    return faults.isEmpty() ? serviceDetail(service).front() : faults.join(StageTr::tr(", "));
}

QStringList serviceDetail(const ServiceView &service)
{
    // As long as it takes now: a cold service takes longer, and whoever waits in its queue longer still.
    const bool cold = service.slowedBy > 1;
    const QString latency =
        duration(cold ? resilience::fromSeconds(resilience::toSeconds(service.latency) * service.slowedBy)
                      : resilience::Duration(service.latency));
    if (service.errorRate > 0)
        return {StageTr::tr("%1 · %2 errors").arg(latency, percent(service.errorRate)), latency};
    const QString queue = StageTr::tr("%1 in its queue").arg(service.queued);
    if (cold && service.queued > 0)
        return {StageTr::tr("cold: %1 · %2").arg(latency, queue), StageTr::tr("cold: %1").arg(latency), latency};
    if (cold)
        return {StageTr::tr("cold: answers in %1").arg(latency), StageTr::tr("cold: %1").arg(latency), latency};
    if (service.queued > 0)
        return {StageTr::tr("%1 each · %2").arg(latency, queue), queue, latency};
    return {StageTr::tr("answers in %1").arg(latency), latency};
}

QStringList nextEvent(const Snapshot &snapshot)
{
    if (!snapshot.next)
        return {};
    QStringList words{QString::fromStdString(snapshot.next->words)};
    if (!snapshot.next->brief.empty())
        words << QString::fromStdString(snapshot.next->brief);
    QStringList variants;
    for (const QString &event : words)
        variants << StageTr::tr("next: %1 at %2").arg(event, moment(snapshot.next->at));
    if (!words.isEmpty())
        variants << StageTr::tr("next: %1").arg(words.back());
    return variants;
}

} // namespace widgets::words
