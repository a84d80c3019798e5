// SPDX-License-Identifier: MIT
#pragma once

#include "core/patterns/pipeline.h"

namespace resilience {

// One operation of a pipeline on its way through the shells. Private to pipeline*.cpp.
struct Pipeline::Walk {
    Pipeline &pipeline;
    Time now;
    PipelineSteps &out;

    static constexpr size_t kNoStep = SIZE_MAX;

    CallHandle handleOf(const Call &call) const;
    void tell(const Call &call, decltype(PipelineStep::what) what);

    // Into the policies from `level` on, and to the target if all let it pass.
    void inwards(Call &call, size_t level);
    // Out of the policies below `level`, which is the first that has been left already; `over` is where in `out` the
    // AttemptOver lies that this is the result of.
    void outwards(Call &call, size_t level, CallEnding ending, size_t over = kNoStep);
    // A limit around the call is reached, or (level none) its caller gives it up.
    void cutOff(Call &call, std::optional<size_t> level);
    // After every operation of the bulkhead: whom it granted or expired.
    void rememberWaiters();
    // At the end of an operation: what follows from that.
    void serveWaiters();
    void reportMove(uint64_t generationBefore, BreakerState before);
    void free(Call &call);
    void countPass(PolicyKind kind) { ++pipeline.m_passed[static_cast<size_t>(kind)]; }

    // There is no time left for what comes next.
    void endTooLate(Call &call, size_t level);
    // False when the call stays there, or has been turned back.
    bool enter(Call &call, size_t level);
    bool enterLimiter(Call &call, size_t level);
    bool enterBreaker(Call &call, size_t level);
    bool enterBulkhead(Call &call, size_t level);
    void turnBack(Call &call, size_t level, const TurnedBack &why);
    void startLimit(Call &call, PolicyKind kind, std::optional<Time> &end, Duration limit);
    void waitAt(Call &call, PolicyKind kind, std::optional<Time> until);

    // False when the call does not leave: another attempt.
    bool leave(Call &call, size_t level, CallEnding &ending, size_t over);
    bool leaveRetry(Call &call, const CallEnding &ending);
    void leaveBreaker(Call &call, const CallEnding &ending, size_t over);
    void leaveBulkhead(Call &call);
    bool answers(const CallEnding &ending) const;

private:
    Deadline limitOf(const Call &call) const;
    RetryBudget *budget() const { return pipeline.m_budget ? &*pipeline.m_budget : nullptr; }
};

} // namespace resilience
