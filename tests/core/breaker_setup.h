// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/patterns/circuit_breaker.h"

#include <QMetaType>

#include <optional>

// Breakers with small numbers, brought into the state that a test wants to look at.
namespace tests {

// Three failures in a row open; 10 s open; two trials, all must succeed, within 4 s; slow = over 2 s.
resilience::CircuitBreakerConfig smallConfig();

// As smallConfig, with a window of the last `calls` outcomes judged from `minimumCalls` on: half failed or half slow.
resilience::CircuitBreakerConfig countConfig(uint32_t calls, uint32_t minimumCalls);

// As countConfig, over the outcomes of the last `duration`.
resilience::CircuitBreakerConfig timedConfig(resilience::Duration duration, uint32_t minimumCalls);

// As smallConfig, with trials judged by the failure and slow rates (0.5 each).
resilience::CircuitBreakerConfig rateConfig(resilience::HalfOpenRule rule, uint32_t trials);

resilience::Time seconds(double s);

// Acquire and report at one instant. None: it was rejected.
std::optional<resilience::Recorded> call(resilience::CircuitBreaker &breaker, resilience::Outcome outcome,
                                         resilience::Time now, resilience::Duration took = {});

// Several calls at one instant, one per letter: S, F, I(gnored), C(ancelled); lower case = slow by 1 ns.
void calls(resilience::CircuitBreaker &breaker, const char *letters, resilience::Time now);

// The first letters of the states after each call of calls(): c, o, h, f(orced-open), d, m; a rejected call is a dot.
QString statesAfterCalls(resilience::CircuitBreaker &breaker, const char *letters, resilience::Time now);

// A breaker that entered `state` at `now`, by the breaker's own moves where there are any.
resilience::CircuitBreaker inState(resilience::BreakerState state, resilience::Time now,
                                   const resilience::CircuitBreakerConfig &config = smallConfig());

// Nanoseconds for QCOMPARE; -1 for none.
qint64 ns(std::optional<resilience::Duration> duration);
qint64 ns(std::optional<resilience::Time> time);

} // namespace tests

// For the messages of QCOMPARE.
namespace resilience {
char *toString(const BreakerState &state);
char *toString(const BreakerTrigger &trigger);
char *toString(const Rejection &rejection);
char *toString(const Recorded &recorded);
} // namespace resilience

Q_DECLARE_METATYPE(resilience::BreakerState)
Q_DECLARE_METATYPE(resilience::BreakerTrigger)
Q_DECLARE_METATYPE(resilience::Outcome)
