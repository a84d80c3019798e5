// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/patterns/pipeline.h"

#include <QString>

#include <initializer_list>
#include <map>
#include <string>
#include <vector>

namespace tests {

resilience::PolicyOrder orderOf(std::initializer_list<resilience::PolicyKind> kinds);

// Every policy with small, round numbers: two attempts 100 ms apart, breaker opening at the second failure for 1 s,
// one slot and no queue, timeouts of 1 s and 3 s, five permits that come back one a second.
resilience::PipelineConfig with(std::initializer_list<resilience::PolicyKind> order);

template <typename Change>
resilience::PipelineConfig with(std::initializer_list<resilience::PolicyKind> order, Change change)
{
    resilience::PipelineConfig config = with(order);
    change(config);
    return config;
}

// A pipeline and the little event loop that it needs: remembers when it wants to be woken, and wakes it.
class PipelineLoop {
public:
    using Operation = resilience::Operation;
    using Outcome = resilience::Outcome;

    explicit PipelineLoop(const resilience::PipelineConfig &config, uint64_t seed = 1)
        : pipeline(config, resilience::RandomStream(seed, "pipeline"))
    {
    }

    // Returns its key: 1, 2, 3, ...
    uint64_t start(const Operation &operation = {.idempotent = true}, const resilience::Deadline &deadline = {});
    // To the attempt that is out, or was last. False when it is over already.
    bool answer(uint64_t key, Outcome outcome, const resilience::Failure &failure = {});
    bool answerAttempt(uint64_t key, uint32_t attempt, Outcome outcome, const resilience::Failure &failure = {});
    void cancel(uint64_t key);
    void reconfigure(const resilience::PipelineConfig &config);
    void force(resilience::BreakerTrigger trigger);
    // Lets so much time pass; everything that becomes due on the way happens at its moment.
    void pass(resilience::Duration duration) { runTo(now + duration); }
    void runTo(resilience::Time t);
    // The next moment at which something is due by itself.
    std::optional<resilience::Time> nextTime() const;

    resilience::CallHandle handleOf(uint64_t key) const { return m_handles.at(key); }

    // The steps since the last look, wake-ups left out.
    resilience::PipelineSteps takeSteps();
    // The same as text: "1 send 1, 1 over failure, 1 done failure".
    QString told();

    resilience::Pipeline pipeline;
    resilience::Time now = resilience::kTimeZero;

private:
    void keep(const resilience::PipelineSteps &steps);

    std::map<uint64_t, resilience::CallHandle> m_handles; // by key
    std::map<uint64_t, uint32_t> m_attempts; // the latest, by key
    std::multimap<resilience::Time, resilience::WakeUp> m_wakeUps;
    resilience::PipelineSteps m_steps;
    uint64_t m_lastKey = 0;
};

std::string textOf(const resilience::PipelineStep &step);

} // namespace tests
