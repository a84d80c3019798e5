// SPDX-License-Identifier: MIT
#pragma once

#include "core/patterns/pipeline/call_state.h"
#include "core/patterns/pipeline/gate.h"
#include "core/patterns/pipeline/pipeline_step.h"
#include "core/patterns/pipeline/policy_list.h"

#include <concepts>
#include <optional>

namespace resilience {

/// A permit or a slot that an attempt keeps, although its call has gone on without it.
struct KeptPermit {
    PolicyLayer layer;
    LayerState what; // GatePassed or SlotTaken
};

/// What a walk asks of the place where a call lives: the shared policies of its nest, and that something be done. There
/// are two: plain policies in a simulation (PipelineDriver), and guarded ones for threads (runtime::CallDriver).
/// Nothing waits here; whoever drives the call does. Besides these,
///   tell(strand, make)      something has happened: make() is one of PipelineStep's alternatives, for who wants it
///   tellOver(strand, make)  likewise of an attempt's end; where it is told, for tellGate()
///   send(strand, make)      that the attempt be made which make() describes
template <typename D>
concept CallDriver = requires(D d, const PolicyLayer &layer, Time now, const Deadline &limit,
                              const Operation &operation, const CallEnding &ending, const GatePassed &passed,
                              LayerState &keeps, uint32_t index, RetryCall &retry, HedgedCall &hedged,
                              std::optional<size_t> told, std::vector<KeptPermit> kept)
{
    {
        d.timeLimit(layer)
        } -> std::same_as<Duration>;
    {
        d.askGate(layer, now, index, keeps)
        } -> std::same_as<GateAnswer>; // for that strand; puts what is to be given back into `keeps`
    d.tellGate(layer, passed, ending.heard, now, told); // how what it has let pass ended
    d.leaveBulkhead(layer, Ticket{}, now); // likewise, of a slot or a place in the queue
    d.expireWaiters(layer, now); // of a bulkhead; who has waited in vain is told by settled()
    {
        d.beginRetry(layer, index, now, operation, limit)
        } -> std::same_as<RetryCall>; // at that level
    {
        d.judgeRetry(layer, retry, ending, now)
        } -> std::same_as<RetryVerdict>;
    {
        d.mayHedge(layer, operation)
        } -> std::same_as<bool>;
    {
        d.beginHedge(layer, index, now, operation, limit)
        } -> std::same_as<HedgedCall>; // likewise
    {
        d.nextHedge(layer, hedged)
        } -> std::same_as<std::optional<Time>>;
    {
        d.hedgeDue(layer, hedged, now)
        } -> std::same_as<HedgingVerdict>;
    {
        d.judgeHedge(layer, hedged, index, ending, now)
        } -> std::same_as<HedgingVerdict>; // of its attempt of that number
    {
        d.mayFallBack(layer, ending, now)
        } -> std::same_as<bool>;
    d.passed(layer); // it has let an attempt pass
    d.turnedBack(index, layer, ending.rejection, ending.failure.retryAfter, now); // it has not
    {
        d.fallBack(index, ending)
        } -> std::same_as<bool>; // true: it has answered already
    {
        d.stop(index)
        } -> std::same_as<bool>; // the strand's attempt; true: it keeps its permits until it returns
    d.keep(index, std::move(kept)); // namely these
    d.forget(index); // nobody wants that attempt's answer any more
    d.wakeAt(now, index, index); // for that strand and level
};

/// Moves one call through its nest: the rules of every policy where they meet, the same for simulated calls and for
/// threads. One operation at one moment; the state is the caller's, who keeps it to himself meanwhile.
///
/// Rules and where they come from. Inwards, a policy is asked in turn and may turn the attempt away or make it wait; a
/// result goes outwards through the same ones. A limiter's permit is used up once it is given, whatever an inner policy
/// does then (resilience4j, Polly). A breaker times from its permit to its result, with all that lies inside it; it
/// hears of a failure only if the limit that ended the attempt lies inside it. A refusal, a limit outside it, the
/// caller's own deadline and the caller's cancellation are neutral. A retry knows the limits around it and makes no
/// attempt that could only begin too late; nor is a turn taken that comes too late. A fallback answers failures,
/// timeouts and rejections, as it is told to; what lies outside sees its answer, breakers hear of the primary.
template <typename Driver> class CallWalk {
public:
    CallWalk(CallState &call, Driver &driver, Time now) : m_call(call), m_driver(driver), m_now(now) {}

    /// A call whose nest, operation and deadline are set.
    void start();
    /// The answer to the attempt that was sent as number `attempt`. False, and nothing done with it, when that one is
    /// over already: it is late. At a limit's very end whatever is told first counts: in a simulation completions come
    /// before timers, for threads who is asked to stop is too late.
    bool answer(uint32_t attempt, const AttemptAnswer &answer);
    /// The fallback's answer; `number` names it in the ending.
    bool fellBack(uint32_t strand, const AttemptAnswer &answer);
    /// What a wait in a bulkhead's queue has come to.
    void settled(uint32_t strand, bool granted);
    /// Whether a limit around what the strand does is over; it is ended by that.
    bool endsByLimit(uint32_t strand);
    /// The moment that it asked to be woken for has come.
    void wake(uint32_t strand, uint32_t level);
    /// The earliest of the moments that are due by now, if one is: true, and it is done with.
    bool wakeNext();
    /// After hedging was set up anew.
    void rearm();
    /// The caller gives the call up: what it holds is given back, neutrally.
    void cancel();

    /// Whether that moment still means something.
    static bool isDue(const CallState &call, uint32_t strand, uint32_t level, Time at);
    static bool waitsFor(const CallState &call, uint32_t strand, uint32_t slot, Ticket ticket); // at that bulkhead
    /// When it next wants to be woken; none = not by waiting alone.
    static std::optional<Time> nextWake(const CallState &call);
    /// The earliest of the limits around the place where the strand is.
    static Deadline limitOf(const CallState &call, uint32_t strand);

private:
    struct Due {
        Time at = kTimeMax;
        uint32_t strand = 0;
        uint32_t level = kCallersDeadline;
    };
    static constexpr uint32_t kCallersDeadline = UINT32_MAX; // in the place of a level
    using Told = std::optional<size_t>;

    static Due earliestLimit(const CallState &call, uint32_t strand);
    static Due earliest(const CallState &call);

    CallStrand &strand(uint32_t index) { return m_call.strands[index]; }
    LayerState &stateAt(uint32_t index, size_t level) { return strand(index).layers[level - strand(index).from]; }
    uint32_t newStrand(uint32_t parent, uint32_t hedge, uint32_t from);
    void free(uint32_t index);

    // call_inwards.h: into the policies from `level` on, and to the target if all let it pass.
    void inwards(uint32_t index, size_t level);
    SendAttempt sentBy(uint32_t index) const;
    bool enter(uint32_t index, size_t level);
    bool enterGate(uint32_t index, size_t level);
    bool enterHedging(uint32_t index, size_t level);
    void turnBack(uint32_t index, size_t level, Rejection why, std::optional<Duration> retryAfter);
    void waitAt(uint32_t index, size_t level, std::optional<Time> until);

    // call_outwards.h: out of the policies below `level`, which has been left already; `told` is what was told of the
    // attempt that this is the result of.
    void outwards(uint32_t index, size_t level, CallEnding &ending, const Told &told);
    bool leave(uint32_t index, size_t level, CallEnding &ending, const Told &told);
    bool leaveRetry(uint32_t index, size_t level, const CallEnding &ending);
    bool leaveFallback(uint32_t index, size_t level, const CallEnding &ending);
    void giveBack(const PolicyLayer &layer, LayerState &state, Outcome heard, const Told &told);
    // A limit's end has come, or the caller's deadline.
    void cutOff(const Due &limit);
    // All inside `level`, and that level, of a strand and of those that it began.
    Told tearDown(uint32_t index, size_t level, const CallEnding &how);
    void finish(const CallEnding &ending);

    // call_hedges.h
    void spawn(uint32_t hedge, uint32_t number);
    void childEnded(uint32_t index, const CallEnding &ending, const Told &told);
    void obey(uint32_t hedge, const HedgingVerdict &verdict, bool afterFailure, const Told &told);
    Told tearDownHedge(uint32_t hedge, const CallEnding &how);
    void arm(uint32_t hedge);

    CallState &m_call;
    Driver &m_driver;
    const Time m_now;
};

} // namespace resilience

#include "core/patterns/pipeline/call_hedges.h"
#include "core/patterns/pipeline/call_inwards.h"
#include "core/patterns/pipeline/call_outwards.h"
