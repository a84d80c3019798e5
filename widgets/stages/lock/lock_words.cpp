// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stages/lock/lock_words.h"

#include "widgets/look/translation.h"
#include "widgets/stage/fault_words.h"
#include "widgets/stage/stage_words.h"

#include <algorithm>

namespace widgets::words {

using namespace resilience;
using sim::FaultKind;
using sim::HolderDoing;
using sim::LockHolderView;
using sim::LockNodeStateView;
using sim::Snapshot;

namespace {

QString nameOf(const Snapshot &snapshot, uint32_t holder)
{
    return QString::fromStdString(snapshot.lock.holders[holder].name);
}

std::optional<double> fault(const sim::ActiveFaults &faults, FaultKind kind)
{
    return faults[static_cast<size_t>(kind)];
}

QStringList believers(const Snapshot &snapshot)
{
    QStringList names;
    for (const LockHolderView &holder : snapshot.lock.holders)
        if (holder.believes)
            names << QString::fromStdString(holder.name);
    return names;
}

std::optional<uint32_t> firstBeliever(const Snapshot &snapshot)
{
    for (uint32_t i = 0; i < snapshot.lock.holders.size(); ++i)
        if (snapshot.lock.holders[i].believes)
            return i;
    return std::nullopt;
}

QString left(const Snapshot &snapshot, const LockHolderView &holder)
{
    return holder.until ? countdown(*holder.until - snapshot.now, *holder.until - holder.since) : QString();
}

// What goes on in it, apart from faults.
QStringList doingText(const Snapshot &snapshot, const LockHolderView &holder)
{
    const auto of = [&](uint32_t n) { return LockTr::tr("%1 of %2").arg(n).arg(snapshot.lock.nodes.size()); };
    switch (holder.doing) {
    case HolderDoing::Resting:
        return {LockTr::tr("asks in %1").arg(left(snapshot, holder)), LockTr::tr("rests")};
    case HolderDoing::Asking:
        return {LockTr::tr("asks: %1 votes").arg(of(holder.votes)), of(holder.votes)};
    case HolderDoing::Waiting:
        return {LockTr::tr("tries again in %1").arg(left(snapshot, holder)), LockTr::tr("waits")};
    case HolderDoing::Working:
        return {LockTr::tr("works, %1 left").arg(left(snapshot, holder)), LockTr::tr("works")};
    case HolderDoing::Writing:
        return {LockTr::tr("writes, token %1").arg(holder.token), LockTr::tr("writes")};
    case HolderDoing::Releasing:
        return {LockTr::tr("gives it back"), LockTr::tr("releases")};
    }
    return {};
}

} // namespace

QString writeCount(uint64_t count) { return count == 1 ? LockTr::tr("1 write") : LockTr::tr("%1 writes").arg(count); }

bool leaseIsOverdue(const Snapshot &snapshot, uint32_t index)
{
    const LockHolderView &holder = snapshot.lock.holders[index];
    return holder.believes && (!holder.validUntil || *holder.validUntil <= snapshot.now);
}

LockBelief lockBelief(const Snapshot &snapshot)
{
    const uint32_t count = snapshot.lock.believers();
    if (count != 1)
        return count == 0 ? LockBelief::Nobody : LockBelief::Several;
    const uint32_t who = *firstBeliever(snapshot);
    if (leaseIsOverdue(snapshot, who))
        return LockBelief::Overdue;
    return snapshot.lock.holders[who].heldAt < snapshot.lock.lock.quorum() ? LockBelief::Outvoted : LockBelief::One;
}

StageHeaderWords lockHeader(const Snapshot &snapshot, const Theme &theme)
{
    StageHeaderWords words;
    const QString rule = LockTr::tr("%1 nodes · quorum %2 · lease %3")
                             .arg(snapshot.lock.nodes.size())
                             .arg(snapshot.lock.lock.quorum())
                             .arg(duration(snapshot.lock.lock.ttl));
    const auto first = firstBeliever(snapshot);
    switch (lockBelief(snapshot)) {
    case LockBelief::Nobody:
        words.title = {LockTr::tr("NOBODY holds it"), LockTr::tr("NOBODY")};
        words.titleColor = theme.ink;
        words.detail = {rule, LockTr::tr("quorum %1").arg(snapshot.lock.lock.quorum())};
        break;
    case LockBelief::One:
        words.title = {LockTr::tr("%1 holds the lease").arg(nameOf(snapshot, *first)),
                       LockTr::tr("%1 holds it").arg(nameOf(snapshot, *first))};
        words.titleColor = theme.succeeded.text;
        words.detail = leaseText(snapshot, *first);
        break;
    case LockBelief::Overdue:
        words.title = {LockTr::tr("%1 BELIEVES it holds it").arg(nameOf(snapshot, *first)),
                       LockTr::tr("%1 believes it").arg(nameOf(snapshot, *first))};
        words.titleColor = theme.waiting.text;
        words.detail = {LockTr::tr("its lease is %1").arg(leaseText(snapshot, *first).front()),
                        leaseText(snapshot, *first).front()};
        break;
    case LockBelief::Outvoted:
        words.title = {LockTr::tr("%1 BELIEVES it holds it").arg(nameOf(snapshot, *first)),
                       LockTr::tr("%1 believes it").arg(nameOf(snapshot, *first))};
        words.titleColor = theme.waiting.text;
        words.detail = {LockTr::tr("%1 of %2 nodes know of it; it takes %3")
                            .arg(snapshot.lock.holders[*first].heldAt)
                            .arg(snapshot.lock.nodes.size())
                            .arg(snapshot.lock.lock.quorum()),
                        LockTr::tr("%1 of %2 nodes know of it")
                            .arg(snapshot.lock.holders[*first].heldAt)
                            .arg(snapshot.lock.nodes.size())};
        break;
    case LockBelief::Several: {
        const QStringList names = believers(snapshot);
        words.title = {
            names.size() == 2 ? LockTr::tr("TWO believe they hold it")
                              : LockTr::tr("%1 BELIEVE they hold it").arg(names.size()),
            LockTr::tr("%1 believe it").arg(names.size() == 2 ? LockTr::tr("TWO") : QString::number(names.size()))};
        words.titleColor = theme.failed.text;
        words.detail = {names.join(LockTr::tr(" and ")), names.join(QLatin1Char(' '))};
        break;
    }
    }
    addStageNotice(words, snapshot,
                   {LockTr::tr("Press Space to start. Then click a holder to pause it, or a node to crash it."),
                    LockTr::tr("Space starts. Then click a holder to pause it."), LockTr::tr("Press Space to start."),
                    LockTr::tr("Space starts.")},
                   false);
    if (words.pace == Pace::Playing && tooFastForDots(snapshot)) { // and no rates instead
        words.notice = {LockTr::tr("too fast for dots")};
        words.quietNotice = true;
    }
    return words;
}

StageBoxWords holderBox(const Snapshot &snapshot, uint32_t index)
{
    const LockHolderView &holder = snapshot.lock.holders[index];
    const QString name = QString::fromStdString(holder.name);
    StageBoxWords words{.name = holder.believes ? LockTr::tr("%1 · token %2").arg(name).arg(holder.token) : name,
                        .detail = doingText(snapshot, holder)};
    if (holder.pausedSince) {
        words.detail = {LockTr::tr("PAUSED since %1").arg(moment(*holder.pausedSince)), LockTr::tr("PAUSED")};
        words.role = BoxRole::Waiting;
    } else if (fault(holder.faults, FaultKind::Partition)) {
        words.detail = {LockTr::tr("CUT OFF"), LockTr::tr("CUT")};
        words.role = BoxRole::Failed;
    } else if (leaseIsOverdue(snapshot, index)) {
        words.role = BoxRole::Failed;
    } else if (holder.believes) {
        words.role = BoxRole::Succeeded;
    } else if (holder.doing == HolderDoing::Asking) {
        words.role = BoxRole::InFlight;
    }
    return words;
}

StageBoxWords storageBox(const Snapshot &snapshot)
{
    const auto &lock = snapshot.lock;
    StageBoxWords words{.name = LockTr::tr("storage")};
    if (!lock.writes.empty() && lock.writes.back().stale && lock.writes.back().accepted) {
        words.detail = {LockTr::tr("overwritten by stale token %1").arg(lock.writes.back().token),
                        LockTr::tr("overwritten")};
        words.role = BoxRole::Failed;
        return words;
    }
    words.detail = !lock.fencing            ? QStringList{LockTr::tr("takes every write"), LockTr::tr("takes all")}
                   : lock.largestToken == 0 ? QStringList{LockTr::tr("compares tokens"), LockTr::tr("fenced")}
                                            : QStringList{LockTr::tr("refuses tokens below %1").arg(lock.largestToken),
                                                          LockTr::tr("from %1 on").arg(lock.largestToken)};
    return words;
}

StageBoxWords nodeBox(const Snapshot &snapshot, uint32_t index)
{
    const LockNodeStateView &node = snapshot.lock.nodes[index];
    StageBoxWords words{.name = QString::fromStdString(node.name)};
    if (fault(node.faults, FaultKind::Crash)) {
        words.detail = {faultTexts(node.faults).front(), LockTr::tr("down"), QStringLiteral("×")};
        words.role = BoxRole::Failed;
        return words;
    }
    const QString who = node.holder == sim::kNobody ? QStringLiteral("–") : nameOf(snapshot, node.holder);
    words.detail = {who};
    if (fault(node.faults, FaultKind::Partition)) {
        words.detail = {faultTexts(node.faults).front(), LockTr::tr("cut")};
        words.role = BoxRole::Failed;
    } else if (fault(node.faults, FaultKind::Pause)) {
        words.detail = {faultTexts(node.faults).front(), LockTr::tr("paused")};
        words.role = BoxRole::Waiting;
    } else {
        words.role = node.holder == sim::kNobody ? BoxRole::Quiet : BoxRole::Plain;
    }
    for (const FaultKind kind : {FaultKind::ClockDrift, FaultKind::PacketLoss})
        if (const auto value = fault(node.faults, kind); value && words.role != BoxRole::Failed)
            words.detail = {LockTr::tr("%1 · %2").arg(who, faultWords(kind, *value).sign),
                            faultWords(kind, *value).sign, who};
    return words;
}

QStringList leaseText(const Snapshot &snapshot, uint32_t index)
{
    const LockHolderView &holder = snapshot.lock.holders[index];
    if (!holder.validUntil)
        return {LockTr::tr("no lease")};
    if (*holder.validUntil <= snapshot.now)
        return {LockTr::tr("over since %1").arg(moment(*holder.validUntil)), LockTr::tr("over")};
    return {LockTr::tr("valid for %1").arg(countdown(*holder.validUntil - snapshot.now, snapshot.lock.lock.ttl)),
            countdown(*holder.validUntil - snapshot.now, snapshot.lock.lock.ttl)};
}

LockRemark lockRemark(const Snapshot &snapshot)
{
    for (uint32_t i = 0; i < snapshot.lock.holders.size(); ++i) {
        const LockHolderView &holder = snapshot.lock.holders[i];
        if (!holder.pausedSince)
            continue;
        const QString since = LockTr::tr("since %1").arg(moment(*holder.pausedSince));
        const bool lapsed = holder.believes && holder.validUntil && *holder.validUntil <= snapshot.now;
        const QStringList title{LockTr::tr("%1 is paused").arg(nameOf(snapshot, i))};
        if (!lapsed)
            return {title, {since}, false};
        const QString ended = LockTr::tr("its lease ended at %1").arg(moment(*holder.validUntil));
        return {title, {LockTr::tr("%1; %2").arg(since, ended), ended, since}, false};
    }
    const uint32_t quorum = snapshot.lock.lock.quorum();
    const auto gone =
        std::count_if(snapshot.lock.nodes.begin(), snapshot.lock.nodes.end(), [](const LockNodeStateView &node) {
            return fault(node.faults, FaultKind::Crash) || fault(node.faults, FaultKind::Partition)
                   || fault(node.faults, FaultKind::Pause);
        });
    const auto all = static_cast<std::ptrdiff_t>(snapshot.lock.nodes.size());
    for (uint32_t i = 0; i < snapshot.lock.holders.size(); ++i) {
        if (!leaseIsOverdue(snapshot, i))
            continue;
        return {{LockTr::tr("%1 works outside its lease").arg(nameOf(snapshot, i))},
                {LockTr::tr("since %1: nothing protects it")
                     .arg(moment(snapshot.lock.holders[i].validUntil.value_or(snapshot.now))),
                 LockTr::tr("nothing protects it")},
                true};
    }
    if (gone > 0) {
        const bool enough = all - gone >= quorum;
        return {{LockTr::tr("%1 of %2 nodes answer").arg(all - gone).arg(all)},
                {enough ? LockTr::tr("%1 are enough: the lock goes on").arg(quorum)
                        : LockTr::tr("fewer than %1: nobody gets it").arg(quorum),
                 enough ? LockTr::tr("enough") : LockTr::tr("too few")},
                !enough};
    }
    if (!snapshot.lock.releaseComparesOwner)
        return {{LockTr::tr("Release does not compare")},
                {LockTr::tr("it deletes the lease of anybody"), LockTr::tr("deletes any lease")},
                true};
    return {};
}

QStringList writeText(const Snapshot &snapshot, const sim::LockWriteView &write)
{
    const QString start = LockTr::tr("%1 · token %2").arg(nameOf(snapshot, write.holder)).arg(write.token);
    const QString end = write.stale ? (write.accepted ? LockTr::tr("STALE, accepted") : LockTr::tr("stale, refused"))
                                    : (write.accepted ? LockTr::tr("accepted") : LockTr::tr("refused"));
    return {QStringLiteral("%1 · %2").arg(start, end), QStringLiteral("%1 · %2").arg(write.token).arg(end), end};
}

QString lockDrift(const Snapshot &snapshot) { return duration(snapshot.lock.lock.drift()); }

QStringList fencingText(const Snapshot &snapshot)
{
    return snapshot.lock.fencing
               ? QStringList{LockTr::tr("fencing on: smaller tokens are refused"), LockTr::tr("fencing on")}
               : QStringList{LockTr::tr("fencing off: tokens are not compared"), LockTr::tr("fencing off")};
}

QString lockSummary(const Snapshot &snapshot)
{
    const QStringList names = believers(snapshot);
    QString text;
    switch (lockBelief(snapshot)) {
    case LockBelief::Nobody:
        text = LockTr::tr("Nobody holds the lock.");
        break;
    case LockBelief::One:
        text = LockTr::tr("%1 holds the lock.").arg(names.front());
        break;
    case LockBelief::Overdue:
        text = LockTr::tr("%1 believes it holds the lock, but its lease is over.").arg(names.front());
        break;
    case LockBelief::Outvoted:
        text = LockTr::tr("%1 believes it holds the lock, but too few nodes know of it.").arg(names.front());
        break;
    case LockBelief::Several:
        text = LockTr::tr("%1 all believe they hold the lock.").arg(names.join(LockTr::tr(" and ")));
        break;
    }
    if (snapshot.lock.staleAccepted > 0)
        text += QLatin1Char(' ') + LockTr::tr("Stale writes accepted: %1.").arg(snapshot.lock.staleAccepted);
    if (snapshot.lock.refused > 0)
        text += QLatin1Char(' ') + LockTr::tr("Stale writes refused: %1.").arg(snapshot.lock.refused);
    return text;
}

QString nodeText(const Snapshot &snapshot, uint32_t index)
{
    const LockNodeStateView &node = snapshot.lock.nodes[index];
    const QString name = QString::fromStdString(node.name);
    QString text;
    if (const QStringList faults = faultTexts(node.faults); !faults.isEmpty())
        text = LockTr::tr("%1: %2. ").arg(name, faults.join(LockTr::tr(", ")));
    if (fault(node.faults, FaultKind::Crash))
        text += LockTr::tr("It answers nobody.");
    else if (node.holder == sim::kNobody)
        text += LockTr::tr("%1 has granted no lease that is running.").arg(name);
    else
        text += LockTr::tr("%1 takes %2 for the holder, for another %3 by its own clock.")
                    .arg(name, nameOf(snapshot, node.holder),
                         duration(
                             std::max(Duration{}, node.state.expiresAt.value_or(node.state.clock) - node.state.clock)));
    const bool broken = fault(node.faults, FaultKind::Crash) || fault(node.faults, FaultKind::Partition);
    return text + QLatin1Char(' ')
           + (broken ? LockTr::tr("Click: it is back.")
                     : LockTr::tr("Click: it crashes, and comes back with empty hands."));
}

QString holderText(const Snapshot &snapshot, uint32_t index)
{
    const LockHolderView &holder = snapshot.lock.holders[index];
    QString text = QStringLiteral("%1: %2, %3.")
                       .arg(nameOf(snapshot, index),
                            (faultTexts(holder.faults) << doingText(snapshot, holder).front()).join(LockTr::tr(", ")),
                            leaseText(snapshot, index).front());
    return text + QLatin1Char(' ')
           + (holder.pausedSince ? LockTr::tr("Click: it goes on as if nothing had been.")
                                 : LockTr::tr("Click: it is paused."));
}

QString wireText(const QString &name, const sim::ActiveFaults &faults)
{
    return fault(faults, FaultKind::Partition)
               ? LockTr::tr("The network to %1 is cut. Click: it is whole again.").arg(name)
               : LockTr::tr("The network to %1. Click: it is cut.").arg(name);
}

QString storageText(const Snapshot &snapshot)
{
    const auto &lock = snapshot.lock;
    return LockTr::tr("The storage that the lock guards: %1 accepted, %2 of them stale, %3 refused.")
               .arg(writeCount(lock.accepted))
               .arg(lock.staleAccepted)
               .arg(lock.refused)
           + QLatin1Char(' ')
           + (lock.fencing
                  ? LockTr::tr("It refuses tokens smaller than the largest it has seen. Click: it compares no more.")
                  : LockTr::tr("It does not compare tokens. Click: from now on it does."));
}

} // namespace widgets::words
