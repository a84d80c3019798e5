// SPDX-License-Identifier: MIT
#pragma once

#include "core/patterns/any_limiter.h"
#include "core/patterns/bulkhead.h"
#include "core/patterns/circuit_breaker.h"
#include "core/patterns/pipeline_config.h"
#include "core/patterns/pipeline_step.h"
#include "core/patterns/retry.h"
#include "core/patterns/retry_budget.h"
#include "core/random_stream.h"
#include "core/time.h"

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace resilience {

// The policies around the calls to a target, nested in any order: many calls pass through one pipeline and share its
// breaker, limiter, bulkhead and budget.
//
// It makes no call and waits for nothing itself. Each operation appends to `out`, in the order in which it happened,
// what is to be done (send an attempt, wake it later) and what was decided. A regular value; every operation takes
// `now`. A call goes inwards through the policies of the order that held when it started, and its result outwards
// through the same ones. Allocates only when there are more calls under way than ever before. Not thread-safe.
//
// The rules are those of the policies. Where they meet: an attempt that an inner policy turns back leaves no trace in
// an outer breaker (its permit counts as cancelled); a limiter's permit is used up all the same (resilience4j). A
// timeout is a failure to whatever lies outside it, and cancels, neutrally, whatever lies inside it: a breaker inside a
// timeout does not learn of it. The breaker measures from its permit on. A retry knows the limits around it and makes
// no attempt that could only begin too late. The retry budget is the target's, and thus the pipeline's.
class Pipeline {
public:
    // `random` draws the jitter. Throws InvalidConfig; nothing else here but reconfigure() throws.
    explicit Pipeline(const PipelineConfig &config = {}, const RandomStream &random = RandomStream::fromSystem());

    // `key` comes back with every step of this call. `deadline` is the caller's own: no attempt and no wait is begun
    // beyond it (the call ends instead, as DeadlinePassed), but ending one that is under way then is the caller's, by
    // cancel().
    CallHandle start(uint64_t key, const Operation &operation, const Deadline &deadline, Time now, PipelineSteps &out);
    // The answer to attempt number `attempt`. False, and nothing done, when that attempt is over already: it is late.
    bool onAnswer(CallHandle call, uint32_t attempt, Outcome outcome, const Failure &failure, Time now,
                  PipelineSteps &out);
    // The caller gives the call up: whatever it holds is given back, neutrally. No CallDone comes.
    void cancel(CallHandle call, Time now, PipelineSteps &out);

    // Whether that moment still means something.
    bool isDue(const WakeUp &wake) const;
    // Nothing when it is not due.
    void wake(const WakeUp &wake, Time now, PipelineSteps &out);

    // When the breaker moves by itself.
    std::optional<Time> nextDeadline() const { return m_breaker.nextDeadline(); }
    void onDeadline(Time now, PipelineSteps &out);
    // An operator's hand on the breaker; see CircuitBreaker::force.
    bool force(BreakerTrigger trigger, Time now, PipelineSteps &out);

    // New settings for what comes; a new order is for the calls that start from now on. Throws InvalidConfig and then
    // changes nothing.
    void reconfigure(const PipelineConfig &config, Time now, PipelineSteps &out);

    const PipelineConfig &config() const { return m_config; }
    const CircuitBreaker &breaker() const { return m_breaker; }
    const Bulkhead &bulkhead() const { return m_bulkhead; }
    const AnyLimiter &rateLimiter() const { return m_limiter; }
    const std::optional<RetryBudget> &retryBudget() const { return m_budget; }
    size_t underWay() const { return m_underWay; }
    // So many attempts it has let pass, ever; after a wait too.
    uint64_t passed(PolicyKind kind) const { return m_passed[static_cast<size_t>(kind)]; }
    // Where a call waits; none when an attempt of it is out, or it is over.
    std::optional<PolicyKind> waitsAt(CallHandle call) const;
    Time waitsSince(CallHandle call) const; // where it waits; kTimeZero when it does not
    // A call that holds a slot of the bulkhead, or waits for one.
    struct Guest {
        bool waits = false;
        Time since;
        std::optional<Time> until; // it gives up waiting
    };
    std::optional<Guest> guest(CallHandle call) const;
    bool operator==(const Pipeline &) const = default;

private:
    struct Call {
        uint32_t serial = 0; // 0 = free
        uint64_t key = 0;
        PolicyOrder order;
        Operation operation;
        Deadline deadline;
        std::optional<PolicyKind> waitsAt;
        Time waitSince{};
        Time wakesAt{}; // while it waits and knows for how long
        bool out = false; // an attempt is out
        uint32_t attempts = 0;
        Time sentAt{};
        RetryCall retry;
        std::optional<Permit> permit;
        Time permittedAt{};
        Ticket ticket; // serial 0 = none
        Time slotSince{};
        std::optional<Time> totalEnd;
        std::optional<Time> attemptEnd;
        bool operator==(const Call &) const = default;
    };
    struct Walk; // one operation on its way through the shells

    Call *find(CallHandle handle);
    const Call *find(CallHandle handle) const { return const_cast<Pipeline *>(this)->find(handle); }

    PipelineConfig m_config;
    Retry m_retry;
    std::optional<RetryBudget> m_budget;
    AnyLimiter m_limiter;
    CircuitBreaker m_breaker;
    Bulkhead m_bulkhead;
    std::vector<Call> m_calls; // by place
    std::vector<uint32_t> m_free; // places
    std::vector<CallHandle> m_slots; // by the bulkhead's place: whose ticket it is
    std::vector<std::pair<CallHandle, bool>> m_moved; // waiters that the bulkhead has granted (true) or expired
    uint32_t m_lastSerial = 0;
    size_t m_underWay = 0;
    std::array<uint64_t, kPolicyKindCount> m_passed{};
};

} // namespace resilience
