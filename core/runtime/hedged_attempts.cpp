// SPDX-License-Identifier: MIT
#include "core/runtime/hedged_attempts.h"

#include "core/runtime/call_error.h"

#include <utility>

namespace resilience::runtime {

namespace {

Ending timedOutAfter(Duration took)
{
    Ending ending;
    ending.outcome = ending.primary = Outcome::Failure;
    ending.failure.kind = ErrorKind::Timeout;
    ending.error = std::make_exception_ptr(TimedOut());
    ending.took = took;
    return ending;
}

// Not the target's doing: memory or threads ran out, or the caller's own judge threw.
Ending brokenAttempt(ErrorKind kind)
{
    Ending ending;
    ending.outcome = Outcome::Failure;
    ending.primary = Outcome::Cancelled;
    ending.failure.kind = kind;
    ending.error = std::current_exception();
    return ending;
}

} // namespace

HedgedAttempts::HedgedAttempts(std::shared_ptr<Call> call, const HedgingPolicy &policy, bool countsRequest,
                               Surroundings surroundings)
    : m_call(std::move(call)), m_hedging(policy.config), m_budget(policy.budget), m_countsRequest(countsRequest),
      m_surroundings(std::move(surroundings))
{
}

Ending HedgedAttempts::run(const Attempt &outer, void *slot)
{
    const Time begun = m_surroundings.clock.now();
    HedgedCall state = withBudget(m_countsRequest ? m_budget : nullptr, [&](RetryBudget *budget) {
        return m_hedging.begin(begun, m_call->operation(), outer.deadline, budget);
    });
    start(1, outer);
    // Of what comes at the same moment: results, then the caller's wishes, then the next attempt.
    for (;;) {
        HedgingVerdict verdict;
        const uint32_t number = takeArrived();
        const Time now = m_surroundings.clock.now();
        const std::optional<Time> due = m_hedging.nextDeadline(state);
        const bool late = number == 0 && outer.deadline.isOver(now);
        if (number != 0)
            verdict = judge(state, number, outer.stop);
        else if (late || outer.stop.stop_requested())
            verdict = m_hedging.giveUp(state, now);
        else if (due && *due <= now)
            verdict =
                withBudget(m_budget, [&](RetryBudget *budget) { return m_hedging.onDeadline(state, now, budget); });
        else
            waitFor(due ? outer.deadline.earlier(Deadline::at(*due)).moment() : outer.deadline.moment(), outer.stop);
        obey(verdict, outer);
        if (!verdict.isOver())
            continue;
        Ending ending = late ? timedOutAfter(saturatingSince(now, begun)) : answer(state, verdict, slot);
        // Who has not come back may have reached the callable.
        for (uint32_t i = 1; i <= state.begun; ++i)
            ending.sent |= state.cancelled.contains(i) || one(i).ending.sent;
        return ending;
    }
}

HedgingVerdict HedgedAttempts::judge(HedgedCall &state, uint32_t number, const std::stop_token &stop)
{
    const Ending &ending = one(number).ending;
    return withBudget(m_budget, [&](RetryBudget *budget) {
        return m_hedging.onResult(state, number, outcomeUnder(stop, ending), ending.failure, m_surroundings.clock.now(),
                                  budget);
    });
}

void HedgedAttempts::obey(HedgingVerdict verdict, const Attempt &outer)
{
    while (!verdict.cancel.empty())
        one(verdict.cancel.takeFirst()).stop.request_stop();
    while (!verdict.start.empty())
        start(verdict.start.takeFirst(), outer);
}

void HedgedAttempts::start(uint32_t number, const Attempt &outer)
{
    One &started = one(number);
    try {
        started.slot = m_call->newSlot();
        started.stop = std::stop_source();
        const Attempt attempt{number == 1 ? outer.number : m_call->beginAttempt(), outer.deadline,
                              started.stop.get_token()};
        m_surroundings.start([self = shared_from_this(), number, attempt, callers = outer.stop] {
            One &mine = self->one(number);
            const std::stop_callback forward(callers, [&mine] { mine.stop.request_stop(); });
            Ending ending;
            try {
                ending = self->m_surroundings.make(*self->m_call, attempt, mine.slot.get());
            } catch (...) {
                ending = brokenAttempt(ErrorKind::Other);
            }
            self->arrive(number, std::move(ending));
        });
    } catch (...) {
        arrive(number, brokenAttempt(ErrorKind::NotSent));
    }
}

void HedgedAttempts::arrive(uint32_t number, Ending ending)
{
    std::unique_lock lock(m_mutex);
    one(number).ending = std::move(ending);
    m_arrived[m_arrivedCount++] = number;
    m_arrival.notify_one();
    const std::stop_source wake = m_wake;
    lock.unlock();
    wake.request_stop();
}

// 0 = nobody.
uint32_t HedgedAttempts::takeArrived()
{
    const std::lock_guard lock(m_mutex);
    return m_takenCount < m_arrivedCount ? m_arrived[m_takenCount++] : 0;
}

// For the next arrival, at most until the moment or until asked to stop.
void HedgedAttempts::waitFor(std::optional<Time> moment, const std::stop_token &stop)
{
    std::unique_lock lock(m_mutex);
    const auto someoneCame = [this] { return m_takenCount < m_arrivedCount; };
    if (!moment) {
        m_arrival.wait(lock, stop, someoneCame);
        return;
    }
    if (someoneCame())
        return;
    // Only the clock knows how to let time pass: an arrival ends that sleep as a request to stop would.
    std::stop_source wake;
    m_wake = wake;
    lock.unlock();
    const std::stop_callback forward(stop, [&wake] { wake.request_stop(); });
    m_surroundings.clock.sleepUntil(*moment, wake.get_token());
}

// Given up before any attempt failed, it is a cancellation.
Ending HedgedAttempts::answer(const HedgedCall &state, const HedgingVerdict &verdict, void *slot)
{
    if (verdict.answer == 0)
        return refusedEnding(Policy::Caller, Rejection::Cancelled);
    One &answering = one(verdict.answer);
    if (verdict.answer == state.winner)
        m_call->moveSlot(answering.slot.get(), slot);
    return std::move(answering.ending); // no second owner of an exception that another thread may drop
}

} // namespace resilience::runtime
