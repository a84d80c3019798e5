// SPDX-License-Identifier: MIT
#include "core/runtime/hedged_attempts.h"

#include <utility>

namespace resilience::runtime {

namespace {

// Not the target's doing: memory or threads ran out, or the caller's own judge threw.
AttemptResult broken(ErrorKind kind)
{
    return {{Outcome::Failure, {.kind = kind}, Outcome::Cancelled}, std::current_exception(), false};
}

AttemptAnswer answerOf(const std::exception_ptr &error, const PipelineSetup &setup, const std::stop_token &callers)
{
    const Judgement judgement = setup.config.judge(error);
    return {callers.stop_requested() ? Outcome::Cancelled : judgement.outcome, judgement.failure, {}};
}

template <typename Run>
AttemptResult resultOf(Call &call, const PipelineSetup &setup, const std::stop_token &callers, void *slot,
                       const Run &run)
{
    AttemptResult result;
    try {
        if (const std::optional<Failure> failure = run())
            result.answer = {Outcome::Failure, *failure, {}};
        result.hasValue = true;
    } catch (...) {
        call.clearSlot(slot);
        result.error = std::current_exception();
    }
    if (result.error)
        result.answer = answerOf(result.error, setup, callers);
    return result;
}

} // namespace

AttemptResult runAttempt(Call &call, const PipelineSetup &setup, const std::stop_token &callers, const Attempt &attempt,
                         void *slot)
{
    return resultOf(call, setup, callers, slot, [&] { return call.run(attempt, slot); });
}

AttemptResult runFallback(Call &call, const PipelineSetup &setup, const std::stop_token &callers,
                          const ValuelessEnding &primary, void *primarySlot, void *slot)
{
    return resultOf(call, setup, callers, slot, [&] {
        call.fallBack(primary, primarySlot, slot);
        return std::optional<Failure>();
    });
}

void HedgedAttempts::start(const std::shared_ptr<One> &one, const std::stop_token &callers, Task task)
{
    try {
        one->slot = m_call->newSlot();
        m_setup->tasks->start(m_setup->config.executor,
                              [self = shared_from_this(), one, callers, task = std::move(task)] {
                                  const std::stop_callback forward(callers, [&one] { one->stop.request_stop(); });
                                  AttemptResult outcomes;
                                  try {
                                      outcomes = task(*one);
                                  } catch (...) {
                                      outcomes = broken(ErrorKind::Other);
                                  }
                                  self->comeBack(one, std::move(outcomes));
                              });
    } catch (...) {
        comeBack(one, broken(ErrorKind::NotSent));
    }
}

void HedgedAttempts::comeBack(const std::shared_ptr<One> &one, AttemptResult outcomes)
{
    std::unique_lock lock(m_mutex);
    one->returned = true;
    if (one->state == One::State::LetGo) {
        const std::vector<KeptPermit> kept = std::exchange(one->kept, {});
        lock.unlock();
        if (outcomes.hasValue)
            m_call->clearSlot(one->slot.get());
        m_setup->giveBack(kept);
        return;
    }
    one->state = One::State::Back;
    one->outcomes = std::move(outcomes);
    m_back.push_back(one);
    std::stop_source wake = m_wake;
    lock.unlock();
    wake.request_stop();
}

std::shared_ptr<HedgedAttempts::One> HedgedAttempts::takeBack()
{
    const std::lock_guard lock(m_mutex);
    return m_taken < m_back.size() ? std::exchange(m_back[m_taken++], nullptr) : nullptr;
}

bool HedgedAttempts::letGo(One &one)
{
    {
        const std::lock_guard lock(m_mutex);
        if (one.state == One::State::Back)
            return false;
        one.state = One::State::LetGo;
    }
    one.stop.request_stop();
    return true;
}

void HedgedAttempts::keep(One &one, std::vector<KeptPermit> kept)
{
    {
        const std::lock_guard lock(m_mutex);
        if (!one.returned) {
            one.kept = std::move(kept);
            return;
        }
    }
    m_setup->giveBack(kept);
}

bool HedgedAttempts::wakeOnReturn(const std::stop_source &wake)
{
    const std::lock_guard lock(m_mutex);
    if (m_taken < m_back.size())
        return false;
    m_wake = wake;
    return true;
}

} // namespace resilience::runtime
