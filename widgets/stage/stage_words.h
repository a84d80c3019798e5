// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/run/snapshot.h"

#include <QString>
#include <QStringList>

// The words that all stages share: numbers with units, clients, services, outcomes, what comes next. Pure functions,
// translated. A list gives the same statement in several lengths, the longest first.
namespace widgets::words {

QString duration(resilience::Duration span); // "5.0 s", "250 ms"
// What is left of a `whole`, rounded up, always with the same number of decimals: "2.4 s".
QString countdown(resilience::Duration left, resilience::Duration whole);
// "12.40 s": as far as the clock has come, never later.
QString moment(resilience::Time t);
QString hundredths(resilience::Duration span); // "1.24 s", to the nearest, for lengths that are compared
QString shortest(double value); // three digits that count, "0.25"; no exponent from above
QString percent(double share); // "50 %"
QString rate(double perSecond); // "118 calls/s", to two significant digits

// A call's number; where several clients make the same calls, whose it is too: "13 of orders-split".
QString callName(const resilience::sim::Snapshot &snapshot, uint32_t client, uint64_t callNumber);
QString outcomeName(resilience::sim::RequestOutcome outcome); // "short-circuited"
QString stateName(resilience::BreakerState state); // "half-open", "metrics only"
QString endText(const resilience::sim::Snapshot &snapshot,
                const resilience::sim::RecentEnd &end); // "Call 17: succeeded at 12.40 s"
// Of the call that ended with that event; empty when it is not among the recent ones any more.
QString endText(const resilience::sim::Snapshot &snapshot, uint64_t event);
QStringList pileLabel(resilience::sim::RequestOutcome cause, uint64_t count); // "short-circuited 5"

QString clientDetail(const resilience::sim::ClientView &client); // "2 calls/s"
// The faults that are on, each once, the worst first: "OUTAGE", "+2 s"; empty when there are none.
QStringList faultTexts(const resilience::sim::ActiveFaults &active);
QStringList serviceFaults(const resilience::sim::ServiceView &service);
QStringList serviceDetail(const resilience::sim::ServiceView &service); // how it answers when nothing is wrong
QString serviceCondition(const resilience::sim::ServiceView &service); // its faults; without any, how it answers

// "next: call 17 reaches payment-service at 12.40 s"; empty when nothing is to come.
QStringList nextEvent(const resilience::sim::Snapshot &snapshot);

} // namespace widgets::words
