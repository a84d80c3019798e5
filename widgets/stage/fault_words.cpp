// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stage/fault_words.h"

#include "widgets/look/translation.h"
#include "widgets/stage/stage_words.h"

namespace widgets::words {

using resilience::sim::FaultKind;

namespace {

// Without a value its name is short enough anywhere.
FaultWords plain(const QString &sign, const QString &name) { return {sign, name, name}; }

} // namespace

FaultWords faultWords(FaultKind kind, double value)
{
    switch (kind) {
    case FaultKind::Outage:
        return plain(StageTr::tr("OUTAGE"), StageTr::tr("outage"));
    case FaultKind::Hang:
        return plain(StageTr::tr("HANG"), StageTr::tr("hang"));
    case FaultKind::Crash:
        return plain(StageTr::tr("CRASHED"), StageTr::tr("crash"));
    case FaultKind::Partition:
        return plain(StageTr::tr("CUT OFF"), StageTr::tr("partition"));
    case FaultKind::Pause:
        return plain(StageTr::tr("PAUSED"), StageTr::tr("pause"));
    case FaultKind::ErrorRate:
        return {StageTr::tr("%1 errors").arg(percent(value)), StageTr::tr("error rate %1").arg(percent(value)),
                StageTr::tr("%1 fail").arg(percent(value))};
    case FaultKind::Latency: {
        const QString sign = StageTr::tr("+%1 s").arg(shortest(value));
        return {sign, StageTr::tr("added latency %1 s").arg(shortest(value)), sign};
    }
    case FaultKind::LatencySpikes:
        return {StageTr::tr("spikes +%1 s").arg(shortest(value)),
                StageTr::tr("latency spikes %1 s").arg(shortest(value)), StageTr::tr("spikes")};
    case FaultKind::PacketLoss: {
        const QString sign = StageTr::tr("%1 lost").arg(percent(value));
        return {sign, StageTr::tr("packet loss %1").arg(percent(value)), sign};
    }
    case FaultKind::ClockDrift: {
        const QString name = StageTr::tr("clock drift %1").arg(percent(value));
        return {StageTr::tr("clock %1%2").arg(value >= 0 ? QStringLiteral("+") : QString(), percent(value)), name,
                name};
    }
    }
    return {};
}

} // namespace widgets::words
