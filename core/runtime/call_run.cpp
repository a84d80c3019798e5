// SPDX-License-Identifier: MIT
#include "core/runtime/call_run.h"

#include <algorithm>
#include <utility>

// How a call is moved from one moment to the next.
namespace resilience::runtime {

namespace {

bool waitedAtGate(const CallEnding &ending) { return ending.waitedAt && roleOf(*ending.waitedAt) == PolicyRole::Gate; }

} // namespace

CallRun::Queueing::Queueing() = default;

CallRun::CallRun(const PipelineSetup &setup, Call &call, const CallOptions &options, void *slot,
                 std::shared_ptr<HedgedAttempts> hedged)
    : m_setup(setup), m_call(call), m_options(options), m_slot(slot),
      m_state(setup.nest, options.operation, options.deadline), m_hedged(std::move(hedged))
{
}

template <typename Operation> void CallRun::walk(Time now, const Operation &operation)
{
    Walk walk(m_state, *this, now);
    operation(walk);
}

void CallRun::run()
{
    if (m_options.stop.stop_requested()) {
        m_state.ending = cancelledEnding();
        return;
    }
    try {
        walk(now(), [](Walk &walk) { walk.start(); });
        while (!m_state.done())
            if (!step())
                wait();
    } catch (...) {
        cancel(nullptr);
        throw;
    }
    finish();
}

// Of what comes at the same moment: results, then the caller's wishes, then moments. False: there is nothing to do.
bool CallRun::step()
{
    if (m_toRun) {
        runHere();
        return true;
    }
    if (m_hedged)
        if (const auto one = m_hedged->takeBack()) {
            takeBack(*one);
            return true;
        }
    const Time present = now();
    if (takeSettled(present))
        return true;
    if (m_options.stop.stop_requested()) {
        giveUp();
        return true;
    }
    bool woken = false;
    walk(present, [&](Walk &walk) { woken = walk.wakeNext(); });
    return woken;
}

void CallRun::runHere()
{
    const uint32_t index = *std::exchange(m_toRun, std::nullopt);
    const CallStrand &strand = m_state.strands[index];
    const bool fallsBack = strand.doing == CallStrand::Doing::FallingBack;
    const Deadline limit = Walk::limitOf(m_state, index);
    const AttemptResult outcomes = fallsBack ? runFallbackHere(*strand.primary) : runAttemptHere(strand.number, limit);
    const Time present = now();
    m_number = strand.number;
    m_hasValue = outcomes.hasValue;
    m_error = outcomes.error;
    if (m_error)
        m_lastError = m_error;
    if (givesUp(outcomes)) {
        cancel(outcomes.error);
        return;
    }
    // A value that comes too late is destroyed before anything else happens; an error may still tell why.
    m_late = limit.isOver(present);
    if (m_late && std::exchange(m_hasValue, false))
        m_call.clearSlot(m_slot);
    walk(present, [&](Walk &walk) {
        if (m_late && walk.endsByLimit(index))
            return;
        fallsBack ? walk.fellBack(index, outcomes.answer) : walk.answer(strand.attempt, outcomes.answer);
    });
}

AttemptResult CallRun::runAttemptHere(uint32_t number, const Deadline &limit)
{
    StopAtLimit stop(limit, m_options.stop, m_setup.config.clock, *m_setup.watchdog);
    return runAttempt(m_call, m_setup, m_options.stop, {number, limit, AttemptStop(stop)}, m_slot);
}

AttemptResult CallRun::runFallbackHere(const CallEnding &primary)
{
    One *const from = m_hedged ? broughtBy(primary.number) : nullptr;
    const AttemptResult result =
        runFallback(m_call, m_setup, m_options.stop, without(primary), from ? from->slot.get() : m_slot, m_slot);
    if (from)
        m_call.clearSlot(from->slot.get());
    return result;
}

void CallRun::takeBack(One &one)
{
    const Time present = now();
    if (one.outcomes.error)
        m_lastError = one.outcomes.error;
    if (givesUp(one.outcomes)) {
        cancel(one.outcomes.error);
        return;
    }
    const bool late = Walk::limitOf(m_state, one.strand).isOver(present);
    if (late && std::exchange(one.outcomes.hasValue, false))
        m_call.clearSlot(one.slot.get());
    walk(present, [&](Walk &walk) {
        if (late && walk.endsByLimit(one.strand))
            return;
        one.attempt == 0 ? walk.fellBack(one.strand, one.outcomes.answer)
                         : walk.answer(one.attempt, one.outcomes.answer);
    });
}

template <typename Take> bool CallRun::anyPlace(const Take &take)
{
    if (!m_queueing)
        return false;
    return (m_queueing->first.serial != 0 && take(m_queueing->first))
           || std::ranges::any_of(m_queueing->others, [&](Place &place) { return place.serial != 0 && take(place); });
}

void CallRun::free(Place &place)
{
    place.serial = 0;
    place.granted.reset();
}

void CallRun::leaveBulkhead(const PolicyLayer &layer, Ticket ticket, Time now)
{
    m_setup.bulkhead(layer)->releaseAt(ticket, now);
    anyPlace([&](Place &place) {
        const bool its = place.slot == layer.slot && place.serial == ticket.serial;
        if (its)
            free(place);
        return its;
    });
}

// Whoever was let into a bulkhead, or has waited in vain.
bool CallRun::takeSettled(Time present)
{
    return anyPlace([&](Place &place) {
        std::optional<bool> granted;
        {
            const std::lock_guard lock(m_queueing->mutex);
            granted = place.granted;
        }
        if (!granted)
            return false;
        const uint32_t strand = place.strand;
        free(place);
        walk(present, [&](Walk &walk) { walk.settled(strand, *granted); });
        return true;
    });
}

void CallRun::wait()
{
    const std::optional<Time> moment = Walk::nextWake(m_state);
    const bool alone = !m_hedged && !anyPlace([](const Place &) { return true; });
    const auto sleep = [this, &moment](const std::stop_token &stop) {
        if (m_setup.config.clock.sleepUntil(*moment, stop))
            m_latest = std::max(m_latest, *moment);
    };
    if (alone && moment) {
        sleep(m_options.stop);
        return;
    }
    std::stop_source wake;
    if (m_queueing) {
        const std::lock_guard lock(m_queueing->mutex);
        m_queueing->wake = wake;
        if (anyPlace([](const Place &place) { return place.granted.has_value(); }))
            return;
    }
    if (m_hedged && !m_hedged->wakeOnReturn(wake))
        return;
    const std::stop_callback forward(m_options.stop, [&wake] { wake.request_stop(); });
    if (moment)
        sleep(wake.get_token());
    else
        sleepUntilStopped(wake.get_token());
}

void CallRun::startTask(uint32_t strand, const SendAttempt &send, const CallEnding *primary)
{
    const auto one = std::make_shared<One>();
    one->strand = strand;
    one->attempt = send.attempt;
    one->number = send.number;
    // It may outlive this call: it touches nothing of it.
    HedgedAttempts *const all = m_hedged.get();
    HedgedAttempts::Task task;
    if (primary) {
        One *const from = broughtBy(primary->number);
        task = [all, callers = m_options.stop, primary = without(*primary),
                slot = from ? from->slot : nullptr](One &mine) {
            return runFallback(all->call(), all->setup(), callers, primary, slot.get(), mine.slot.get());
        };
    } else {
        task = [all, callers = m_options.stop, send](One &mine) {
            const Attempt attempt{send.number, send.deadline, AttemptStop(mine.stop.get_token())};
            return runAttempt(all->call(), all->setup(), callers, attempt, mine.slot.get());
        };
    }
    m_ones.push_back(one);
    m_hedged->start(one, m_options.stop, std::move(task));
}

// The last that the strand began.
CallRun::One *CallRun::working(uint32_t strand) const
{
    const auto found =
        std::find_if(m_ones.rbegin(), m_ones.rend(), [=](const auto &one) { return one->strand == strand; });
    return found == m_ones.rend() ? nullptr : found->get();
}

CallRun::One *CallRun::broughtBy(uint32_t number) const
{
    const auto found =
        std::find_if(m_ones.rbegin(), m_ones.rend(), [=](const auto &one) { return one->number == number; });
    return found == m_ones.rend() ? nullptr : found->get();
}

bool CallRun::stop(uint32_t strand)
{
    One *const one = m_hedged ? working(strand) : nullptr;
    return one && m_hedged->letGo(*one);
}

void CallRun::keep(uint32_t strand, std::vector<KeptPermit> kept) { m_hedged->keep(*working(strand), std::move(kept)); }

void CallRun::forget(uint32_t number)
{
    if (number == m_number && std::exchange(m_hasValue, false))
        m_call.clearSlot(m_slot);
    One *const one = m_hedged ? broughtBy(number) : nullptr;
    if (one && std::exchange(one->outcomes.hasValue, false))
        m_call.clearSlot(one->slot.get());
}

// After a request to stop nobody wants another answer, whatever came of this attempt: that is a cancellation.
bool CallRun::givesUp(const AttemptResult &result) const
{
    return result.answer.outcome != Outcome::Success && m_options.stop.stop_requested();
}

// Whoever has a real error and is asked to stop before the next attempt answers with that.
void CallRun::giveUp()
{
    const CallStrand &root = m_state.strands[0];
    const bool between =
        root.used && root.doing == CallStrand::Doing::Waiting && m_state.nest[root.level].kind == PolicyKind::Retry;
    cancel(between ? m_lastError : nullptr);
}

void CallRun::cancel(const std::exception_ptr &error)
{
    walk(now(), [](Walk &walk) { walk.cancel(); });
    m_error = error;
    if (std::exchange(m_hasValue, false))
        m_call.clearSlot(m_slot);
}

// Of all that was brought the call's own result remains.
void CallRun::finish()
{
    const uint32_t number = m_state.ending->number;
    One *const answering = m_hedged && number != 0 && number != m_number ? broughtBy(number) : nullptr;
    if (answering) {
        if (answering->outcomes.hasValue)
            m_call.moveSlot(answering->slot.get(), m_slot);
        m_hasValue = answering->outcomes.hasValue;
        m_error = std::move(answering->outcomes.error); // no second owner of what another thread may drop
        m_number = number;
    } else if (number != m_number && std::exchange(m_hasValue, false)) {
        m_call.clearSlot(m_slot);
    }
    for (const auto &one : m_ones)
        if (!m_hedged->letGo(*one))
            m_call.clearSlot(one->slot.get());
}

std::optional<Failure> CallRun::failure() const
{
    const CallEnding &ending = *m_state.ending;
    return m_hasValue && ending.outcome == Outcome::Failure && !ending.fellBack ? std::optional{ending.failure}
                                                                                : std::nullopt;
}

ValuelessEnding CallRun::without(const CallEnding &ending) const
{
    ValuelessEnding ended;
    ended.failure = ending.failure;
    ended.attempts = m_state.begun;
    const One *const one = m_hedged && ending.number != m_number ? broughtBy(ending.number) : nullptr;
    if (ending.timedOut() && ending.rejection != Rejection::None)
        ended.refusal = Refusal{waitedAtGate(ending) ? ending.waitedAt : ending.by, ending.rejection, std::nullopt};
    else if (ending.timedOut())
        ended.error = m_late && m_error ? m_error : std::make_exception_ptr(TimedOut());
    else if (ending.rejection != Rejection::None)
        ended.refusal = Refusal{ending.by, ending.rejection, ending.failure.retryAfter};
    else
        ended.error = one ? one->outcomes.error : m_error;
    const bool hasValue = one ? one->outcomes.hasValue : m_hasValue && ending.number == m_number;
    if (!ended.refusal && !ended.error && !hasValue)
        ended.refusal = Refusal{std::nullopt, Rejection::Cancelled, std::nullopt};
    return ended;
}

} // namespace resilience::runtime
