// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/counters_text.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace app {

using namespace resilience::sim;

namespace {
QString outcomeWords(RequestOutcome outcome)
{
    const auto tr = [](const char *text) { return QCoreApplication::translate("Counters", text); };
    switch (outcome) {
    case RequestOutcome::Succeeded:
        return tr("ok");
    case RequestOutcome::Failed:
        return tr("failed");
    case RequestOutcome::TimedOut:
        return tr("timed out");
    case RequestOutcome::ShortCircuited:
        return tr("short-circuited");
    case RequestOutcome::Rejected:
        return tr("rejected");
    case RequestOutcome::Throttled:
        return tr("throttled");
    }
    return {};
}
// Of everybody; of ours where sides are compared.
Totals countedOf(const Snapshot &snapshot, const std::vector<Side> &sides)
{
    Totals totals;
    for (const Side &side : sides)
        if (side.ours)
            for (const uint32_t client : side.clients)
                totals.add(snapshot.clients[client].totals);
    return sides.empty() ? snapshot.totals : totals;
}

QString withSide(const QString &line, const std::vector<Side> &sides)
{
    const auto ours = std::find_if(sides.begin(), sides.end(), [](const Side &side) { return side.ours; });
    return ours == sides.end() ? line : QString::fromStdString(ours->name) + QStringLiteral(": ") + line;
}
} // namespace

QString countersText(const Totals &totals)
{
    QStringList terms;
    for (const RequestOutcome outcome : kRequestOutcomes)
        if (totals.of(outcome) > 0 || outcome == RequestOutcome::Succeeded)
            terms += QStringLiteral("%1 %2").arg(totals.of(outcome)).arg(outcomeWords(outcome));
    terms += QCoreApplication::translate("Counters", "%1 in flight").arg(totals.inFlight);
    QString text = QCoreApplication::translate("Counters", "offered %1 = %2")
                       .arg(totals.offered)
                       .arg(terms.join(QStringLiteral(" + ")));
    if (totals.notTaken + totals.notSent > 0)
        text += QCoreApplication::translate("Counters", " · %1 left out: too many in flight")
                    .arg(totals.notTaken + totals.notSent);
    if (totals.fellBack > 0)
        text += QCoreApplication::translate("Counters", " · %1 answered by the fallback").arg(totals.fellBack);
    if (totals.offered > 0)
        text +=
            QCoreApplication::translate("Counters", " · %1 attempts per call").arg(totals.attemptsPerCall(), 0, 'f', 1);
    return text;
}

QStringList shorterCounters(const Snapshot &snapshot, const std::vector<Side> &sides)
{
    const auto say = [](const char *text) { return QCoreApplication::translate("Counters", text); };
    const LockView &lock = snapshot.lock;
    if (snapshot.clients.empty() && !lock.holders.empty())
        return {say("%1 writes · %2 stale accepted").arg(lock.accepted + lock.refused).arg(lock.staleAccepted)};
    const Totals totals = countedOf(snapshot, sides);
    const QString full = countersText(totals);
    return {withSide(full.section(QStringLiteral(" · "), 0, 0), sides), full.section(QStringLiteral(" · "), 0, 0),
            say("%1 = %2 ok + %3 not ok + %4 in flight")
                .arg(totals.offered)
                .arg(totals.of(RequestOutcome::Succeeded))
                .arg(totals.notSucceeded())
                .arg(totals.inFlight)};
}

QString countersLine(const Snapshot &snapshot, const std::vector<Side> &sides)
{
    const LockView &lock = snapshot.lock;
    if (!snapshot.clients.empty() || lock.holders.empty())
        return withSide(countersText(countedOf(snapshot, sides)), sides);
    uint64_t grants = 0;
    for (const LockHolderView &holder : lock.holders)
        grants += holder.grants;
    const auto tr = [](const char *text, uint64_t number) {
        return QCoreApplication::translate("Counters", text).arg(number);
    };
    QStringList terms{grants == 1 ? tr("%1 grant", grants) : tr("%1 grants", grants),
                      QCoreApplication::translate("Counters", "%1 writes = %2 accepted + %3 refused")
                          .arg(lock.accepted + lock.refused)
                          .arg(lock.accepted)
                          .arg(lock.refused)};
    if (lock.heldBack > 0)
        terms += tr("%1 held back", lock.heldBack);
    terms += tr("%1 stale accepted", lock.staleAccepted);
    return terms.join(QStringLiteral(" · "));
}

} // namespace app
