// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/decision.h"
#include "core/patterns/limiters/leaky_queue.h"
#include "core/time.h"

#include <QtTest>

#include <vector>

// Limiters' tests as tables: who asks for how much, when, and what the answer is in words.
namespace tests {

// "yes", "no, 100 ns" (retryAfter), "never" (exceeds the capacity).
inline QByteArray inWords(const resilience::Decision &decision)
{
    using resilience::Rejection;
    if (decision.permitted())
        return decision.retryAfter ? "yes, but with a retryAfter" : "yes";
    if (decision.rejection == Rejection::ExceedsCapacity)
        return decision.retryAfter ? "never, but with a retryAfter" : "never";
    if (decision.rejection != Rejection::Throttled || !decision.retryAfter)
        return "rejected oddly";
    return "no, " + QByteArray::number(qint64(decision.retryAfter->count())) + " ns";
}

// As above, and "yes, in 100 ns" where there is a wait.
inline QByteArray inWords(const resilience::LeakyQueueDecision &decision)
{
    if (decision.permitted() && decision.wait.count() > 0)
        return "yes, in " + QByteArray::number(qint64(decision.wait.count())) + " ns";
    return inWords(resilience::Decision{{}, decision.rejection, decision.retryAfter});
}

struct Ask {
    resilience::Duration t;
    uint64_t permits;
    const char *answer;
};

// Asks in this order; each gets exactly its answer. See VERIFY_ANSWERS.
template <typename Limiter> QByteArray differences(Limiter &limiter, const std::vector<Ask> &asks)
{
    QByteArray text;
    int line = 0;
    for (const Ask &ask : asks) {
        const QByteArray said = inWords(limiter.tryAcquire(resilience::at(ask.t), ask.permits));
        ++line;
        if (said != ask.answer)
            text += "ask " + QByteArray::number(line) + ": expected \"" + ask.answer + "\", was \"" + said + "\"\n";
    }
    return text;
}

inline constexpr resilience::Duration kCentury = std::chrono::hours{24 * 36525};

} // namespace tests

#define VERIFY_ANSWERS(limiter, ...)                                                                                   \
    do {                                                                                                               \
        const QByteArray found = tests::differences(limiter, __VA_ARGS__);                                             \
        QVERIFY2(found.isEmpty(), found.constData());                                                                  \
    } while (false)
