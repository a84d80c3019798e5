// SPDX-License-Identifier: MIT
#pragma once

#include "core/patterns/pipeline/call_walk.h"
#include "core/runtime/call.h"
#include "core/runtime/hedged_attempts.h"
#include "core/runtime/pipeline_setup.h"

#include <algorithm>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace resilience::runtime {

/// The home of one call of a program: guarded policies, the clock, and the thread that made the call, which moves it
/// from one moment to the next (see CallWalk), runs the function and waits. The attempts of a hedged call run on other
/// threads (see HedgedAttempts). See CallDriver for what the walk asks.
class CallRun {
public:
    /// A call that does not hedge. All of these outlive it.
    CallRun(const PipelineSetup &setup, Call &call, const CallOptions &options, void *slot)
        : CallRun(setup, call, options, slot, nullptr)
    {
    }
    /// One that may.
    CallRun(const PipelineSetup &setup, const std::shared_ptr<HedgedAttempts> &hedged, const CallOptions &options,
            void *slot)
        : CallRun(setup, hedged->call(), options, slot, hedged)
    {
    }
    CallRun(const CallRun &) = delete;
    CallRun &operator=(const CallRun &) = delete;

    /// Until the call is over. If there is a value it is in the slot then; what else there is, see result(). Throws
    /// what `judge` throws, and where memory runs out.
    void run();

    bool hasValue() const { return m_hasValue; }
    bool fromFallback() const { return m_state.ending->fellBack; }
    /// Of a value: what it was judged to be.
    std::optional<Failure> failure() const;
    /// Where there is no value.
    ValuelessEnding result() const { return without(*m_state.ending); }
    uint32_t attempts() const { return m_state.begun; }

    /// What the walk asks.
    Duration timeLimit(const PolicyLayer &layer) const { return policy<TimeoutPolicy>(layer).limit; }
    GateAnswer askGate(const PolicyLayer &layer, Time now, uint32_t strand, LayerState &keeps);
    void tellGate(const PolicyLayer &layer, const GatePassed &passed, Outcome heard, Time now, std::optional<size_t>)
    {
        m_setup.tellGate(layer, passed, heard, now);
    }
    void leaveBulkhead(const PolicyLayer &layer, Ticket ticket, Time now);
    void expireWaiters(const PolicyLayer &layer, Time now) { m_setup.bulkhead(layer)->expireAt(now); }
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
    void passed(const PolicyLayer &) {}
    void turnedBack(uint32_t strand, const PolicyLayer &layer, Rejection why, std::optional<Duration> retryAfter,
                    Time now);
    bool fallBack(uint32_t strand, const CallEnding &primary);
    bool stop(uint32_t strand);
    void keep(uint32_t strand, std::vector<KeptPermit> kept);
    void forget(uint32_t number);
    void wakeAt(Time, uint32_t, uint32_t) {} // CallWalk::nextWake() tells
    template <typename Make> std::optional<size_t> tellOver(uint32_t strand, const Make &make)
    {
        tell(strand, make);
        return 0; // it was told of, which is what counts
    }
    template <typename Make> void send(uint32_t strand, const Make &make)
    {
        tell(strand, make);
        if (m_hedged)
            startTask(strand, make(), nullptr);
        else
            m_toRun = strand;
    }
    template <typename Make> void tell(uint32_t, const Make &make)
    {
        if (m_setup.config.observer)
            m_setup.tell(make());
    }

private:
    using Walk = CallWalk<CallRun>;
    using One = HedgedAttempts::One;

    // A strand's place in the queue of a bulkhead.
    struct Place final : BulkheadWaiter {
        CallRun *run = nullptr;
        uint32_t strand = 0;
        uint32_t slot = 0; // of the bulkhead
        uint64_t serial = 0; // of the ticket; 0 = free
        std::optional<bool> granted; // once it was settled; guarded by the mutex
        void settled(bool isGranted) noexcept override;
    };
    struct Queueing {
        Queueing(); // out of line: clang 14 cannot tell within CallRun whether there is one
        std::mutex mutex; // for `wake` and what the places were granted
        std::stop_source wake{std::nostopstate};
        Place first; // of the strands that wait
        std::list<Place> others; // side by side
    };

    CallRun(const PipelineSetup &setup, Call &call, const CallOptions &options, void *slot,
            std::shared_ptr<HedgedAttempts> hedged);
    template <typename T> const T &policy(const PolicyLayer &layer) const
    {
        return std::get<T>(m_setup.config.policies[layer.slot]);
    }
    // Time does not go back within a call, and a sleep has lasted as long as the clock says it did.
    Time now() { return m_latest = std::max(m_latest, m_setup.config.clock.now()); }
    template <typename Operation> void walk(Time now, const Operation &operation);
    Outcome outcomeUnder(const CallEnding &ending) const;
    ValuelessEnding without(const CallEnding &ending) const;

    GateAnswer askLimiter(const PolicyLayer &layer, Time now, const Deadline &limit, LayerState &keeps);
    GateAnswer askBreaker(const PolicyLayer &layer, Time now, LayerState &keeps);
    GateAnswer askBulkhead(const PolicyLayer &layer, Time now, const Deadline &limit, uint32_t strand,
                           LayerState &keeps);

    bool step();
    void runHere();
    AttemptResult runAttemptHere(uint32_t number, const Deadline &limit);
    AttemptResult runFallbackHere(const CallEnding &primary);
    void takeBack(One &one);
    template <typename Take> bool anyPlace(const Take &take);
    bool takeSettled(Time now);
    void wait();
    void startTask(uint32_t strand, const SendAttempt &attempt, const CallEnding *primary);
    void free(Place &place);
    One *working(uint32_t strand) const;
    One *broughtBy(uint32_t number) const;
    void finish();
    bool givesUp(const AttemptResult &result) const;
    void giveUp();
    void cancel(const std::exception_ptr &error);

    const PipelineSetup &m_setup;
    Call &m_call;
    const CallOptions &m_options;
    void *const m_slot;
    CallState m_state;
    Time m_latest{};
    std::optional<uint32_t> m_toRun; // the strand whose attempt or fallback is to be run here
    uint32_t m_number = 0; // whose value or error there is here
    bool m_hasValue = false;
    bool m_late = false; // the error came after its limit
    std::exception_ptr m_error;
    std::exception_ptr m_lastError; // here or on another thread

    std::optional<Queueing> m_queueing; // once a bulkhead was asked

    const std::shared_ptr<HedgedAttempts> m_hedged; // null = all runs here
    std::vector<std::shared_ptr<One>> m_ones;
};

} // namespace resilience::runtime
