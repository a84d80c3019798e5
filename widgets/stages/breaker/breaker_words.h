// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/run/snapshot.h"

#include <QString>
#include <QStringList>

// What the breaker's stage says, in words: pure functions of the snapshot, translated. Functions that return a list
// give the same statement in several lengths, the longest first; the layout takes what fits.
namespace widgets::words {

using resilience::sim::ClientView;

// The state and what it does, for its name alone confuses people: "OPEN · blocking", "HALF-OPEN · trial 1 of 3".
QStringList stateTitle(const ClientView &client);
// What decides about the next change: "may try again in 2.4 s".
QStringList stateDetail(const ClientView &client, resilience::Time now);
// Inside a bubble: "OPEN", and below it "blocking".
QString bubbleName(resilience::BreakerState state);
QString bubbleDetail(const ClientView &client, resilience::BreakerState state);
// The badge of a state held by hand; empty for the others.
QString overrideName(resilience::BreakerState state);

// The rule on the arrow between two states, with live numbers while it is at work: "2 of 3 failures in a row".
QStringList arrowRule(const ClientView &client, resilience::BreakerState from, resilience::BreakerState to,
                      resilience::Time now);
// A second line for the arrow, where there is a second rule (slow calls; the end of half-open's patience). Or none.
QStringList arrowSecondRule(const ClientView &client, resilience::BreakerState from, resilience::BreakerState to,
                            resilience::Time now);
// What the row of last calls amounts to: "3 in a row: threshold 3".
QStringList rowVerdict(const ClientView &client);

} // namespace widgets::words
