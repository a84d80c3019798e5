// SPDX-License-Identifier: MIT
#pragma once

#include "core/patterns/pipeline.h"
#include "core/patterns/pipeline/call_walk.h"

namespace resilience {

/// The simulated home of a call: the plain policies of its pipeline, and steps for whoever runs that. Private to
/// pipeline.cpp; see CallDriver for what each operation is.
class PipelineDriver {
public:
    PipelineDriver(Pipeline &pipeline, CallHandle call, Time now, PipelineSteps &out)
        : m_pipeline(pipeline), m_call(call), m_now(now), m_out(out)
    {
    }

    Duration timeLimit(const PolicyLayer &layer) const { return policy<Duration>(layer); }
    GateAnswer askGate(const PolicyLayer &layer, Time now, uint32_t strand, LayerState &keeps);
    void tellGate(const PolicyLayer &layer, const GatePassed &passed, Outcome heard, Time now,
                  std::optional<size_t> told);
    void leaveBulkhead(const PolicyLayer &layer, Ticket ticket, Time now);
    void expireWaiters(const PolicyLayer &layer, Time now);
    RetryCall beginRetry(const PolicyLayer &layer, uint32_t level, Time now, const Operation &operation,
                         const Deadline &limit);
    RetryVerdict judgeRetry(const PolicyLayer &layer, RetryCall &call, const CallEnding &ending, Time now);
    bool mayHedge(const PolicyLayer &layer, const Operation &operation) const;
    HedgedCall beginHedge(const PolicyLayer &layer, uint32_t level, Time now, const Operation &operation,
                          const Deadline &limit);
    std::optional<Time> nextHedge(const PolicyLayer &layer, const HedgedCall &call) const;
    HedgingVerdict hedgeDue(const PolicyLayer &layer, HedgedCall &call, Time now);
    HedgingVerdict judgeHedge(const PolicyLayer &layer, HedgedCall &call, uint32_t number, const CallEnding &ending,
                              Time now);
    bool mayFallBack(const PolicyLayer &layer, const CallEnding &ending, Time now);

    void passed(const PolicyLayer &layer) { ++m_pipeline.m_passed[static_cast<size_t>(layer.kind)]; }
    void turnedBack(uint32_t strand, const PolicyLayer &layer, Rejection why, std::optional<Duration> retryAfter,
                    Time now);
    template <typename Make> void send(uint32_t, const Make &make) { send(make()); }
    /// Whoever runs the simulation has it ready, and can end an attempt at once.
    bool fallBack(uint32_t, const CallEnding &) { return true; }
    bool stop(uint32_t) { return false; }
    void keep(uint32_t, const std::vector<KeptPermit> &) {}
    void forget(uint32_t) {}
    void wakeAt(Time at, uint32_t strand, uint32_t level);
    template <typename Make> std::optional<size_t> tellOver(uint32_t, const Make &make)
    {
        push(make());
        return m_out.size() - 1;
    }
    template <typename Make> void tell(uint32_t, const Make &make) { push(make()); }

    /// After every operation of a bulkhead: whom it granted or expired.
    void rememberWaiters(size_t slot);
    void reportMove(const CircuitBreaker &breaker, uint64_t generationBefore, BreakerState before);

private:
    template <typename T> T &policy(const PolicyLayer &layer) const
    {
        return std::get<T>(m_pipeline.m_policies[layer.slot]);
    }
    GateAnswer askBreaker(const PolicyLayer &layer, Time now, LayerState &keeps);
    GateAnswer askBulkhead(const PolicyLayer &layer, Time now, uint32_t strand, LayerState &keeps);
    void tellBreaker(const PolicyLayer &layer, const GatePassed &passed, Outcome heard, Time now,
                     std::optional<size_t> told);
    Deadline limitOf(uint32_t strand) const { return CallWalk<PipelineDriver>::limitOf(state(), strand); }
    void push(decltype(PipelineStep::what) what);
    void send(SendAttempt attempt);
    RetryBudget *budget() const { return m_pipeline.m_budget ? &*m_pipeline.m_budget : nullptr; }
    RetryBudget *budgetThatCounts(uint32_t level) const;
    const CallState &state() const { return m_pipeline.m_calls[m_call.place].state; }

    Pipeline &m_pipeline;
    const CallHandle m_call;
    const Time m_now;
    PipelineSteps &m_out;
};

} // namespace resilience
