// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stages/lock/lock_story_words.h"

#include "widgets/look/translation.h"
#include "widgets/stage/stage_words.h"
#include "widgets/stages/lock/lock_words.h"

#include <algorithm>

namespace widgets::words {

using namespace resilience;
using namespace resilience::sim;

namespace {

QString holderNamed(const Snapshot &snapshot, size_t holder)
{
    return QString::fromStdString(snapshot.lock.holders[holder].name);
}

QString leaseStory(const Snapshot &snapshot, size_t holder, const LockLease &lease)
{
    const QString text =
        LockTr::tr("%1 got the lease at %2, with token %3, good until %4.")
            .arg(holderNamed(snapshot, holder), moment(lease.from), QString::number(lease.token), moment(lease.until));
    const Time trusted = lease.trustedUntil.value_or(snapshot.now);
    if (trusted > lease.until)
        return text + QLatin1Char(' ')
               + LockTr::tr("It went by it for %1 longer.").arg(duration(trusted - lease.until));
    return lease.trustedUntil ? text + QLatin1Char(' ') + LockTr::tr("It let go at %1.").arg(moment(trusted)) : text;
}

QString pauseStory(const Snapshot &snapshot, size_t holder, const LockPause &pause)
{
    const QString name = holderNamed(snapshot, holder);
    if (pause.to)
        return LockTr::tr("%1 stood still from %2 to %3: %4.")
            .arg(name, moment(pause.from), moment(*pause.to), duration(*pause.to - pause.from));
    return LockTr::tr("%1 stands still since %2.").arg(name, moment(pause.from));
}

} // namespace

QStringList writeMark(const LockWriteStory &write)
{
    const QString token = QString::number(write.write.token);
    const QString compared = LockTr::tr("%1 < %2").arg(write.write.token).arg(write.largestBefore);
    if (!write.write.accepted)
        return {LockTr::tr("%1: refused").arg(compared), compared, token, {}};
    if (write.write.stale)
        return {LockTr::tr("%1: taken").arg(compared), compared, token, {}};
    return {token, {}};
}

QString storyText(const Snapshot &snapshot, uint64_t event)
{
    for (size_t i = 0; i < snapshot.lockStory.holders.size(); ++i) {
        const HolderStory &holder = snapshot.lockStory.holders[i];
        for (const LockLease &lease : holder.leases)
            if (lease.event == event)
                return leaseStory(snapshot, i, lease);
        for (const LockPause &pause : holder.pauses)
            if (pause.event == event)
                return pauseStory(snapshot, i, pause);
        for (const LockRefusal &refusal : holder.refusals)
            if (refusal.event == event)
                return LockTr::tr("%1 did not get the lease at %2: %3 of %4 votes, and it takes %5.")
                    .arg(holderNamed(snapshot, i), moment(refusal.at))
                    .arg(refusal.votes)
                    .arg(snapshot.lock.nodes.size())
                    .arg(snapshot.lock.lock.quorum());
    }
    for (const LockWriteStory &write : snapshot.lockStory.writes)
        if (write.write.event == event)
            return LockTr::tr("%1, at %2").arg(writeText(snapshot, write.write).front(), moment(write.write.at));
    return {};
}

QString pauseEndText(const Snapshot &snapshot, uint64_t event)
{
    for (size_t i = 0; i < snapshot.lockStory.holders.size(); ++i)
        for (const LockPause &pause : snapshot.lockStory.holders[i].pauses) {
            if (pause.event != event)
                continue;
            const QString text = pause.to ? pauseStory(snapshot, i, pause)
                                 : pause.planned
                                     ? LockTr::tr("%1 stands still since %2, until %3.")
                                           .arg(holderNamed(snapshot, i), moment(pause.from), moment(*pause.planned))
                                     : pauseStory(snapshot, i, pause);
            return text + QLatin1Char(' ')
                   + LockTr::tr("Drag this end, or move it with Alt and an arrow key, to make the pause longer or "
                                "shorter; the run is played again with it.");
        }
    return {};
}

} // namespace widgets::words
