// SPDX-License-Identifier: MIT
#pragma once

#include "core/deadline.h"
#include "core/decision.h"
#include "core/patterns/pipeline/call_state.h"
#include "core/time.h"

#include <cstdint>
#include <optional>

// How a call meets a gate: a policy that lets an attempt pass, makes it wait, or turns it away.
namespace resilience {

/// What a gate says to one attempt. Two words, so that it is handed on in registers: every call asks several gates.
class GateAnswer {
public:
    enum class Kind : uint8_t { Passed, Waits, TurnedAway };

    static constexpr GateAnswer passed() { return {}; }
    /// Until it goes on or, in the queue of a bulkhead, gives up; none = it does not know.
    static constexpr GateAnswer waits(std::optional<Time> until)
    {
        return {Kind::Waits, Rejection::None, until ? std::optional{until->time_since_epoch()} : std::nullopt};
    }
    /// `retryAfter` as in Decision.
    static constexpr GateAnswer turnedAway(Rejection why, std::optional<Duration> retryAfter)
    {
        return {Kind::TurnedAway, why, retryAfter};
    }

    constexpr Kind kind() const { return m_kind; }
    constexpr Rejection rejection() const { return m_rejection; }
    constexpr std::optional<Duration> retryAfter() const { return m_isTimed ? std::optional{m_time} : std::nullopt; }
    constexpr std::optional<Time> until() const { return m_isTimed ? std::optional{Time{m_time}} : std::nullopt; }
    bool operator==(const GateAnswer &) const = default;

private:
    constexpr GateAnswer() = default;
    constexpr GateAnswer(Kind kind, Rejection why, std::optional<Duration> time)
        : m_kind(kind), m_rejection(why), m_isTimed(time.has_value()), m_time(time.value_or(Duration::zero()))
    {
    }

    Kind m_kind = Kind::Passed;
    Rejection m_rejection = Rejection::None;
    bool m_isTimed = false;
    Duration m_time{0};
};

/// Whether results go back to it, with the permit that they were made with.
template <typename Core>
concept HearsResults = requires(Core core, const Permit &permit, Outcome heard, Duration took, Time now)
{
    core.onResult(permit, heard, took, now);
};

/// A policy that is a gate by what it answers alone: tryAcquire(now), or with a number of permits and the moment from
/// which they are of no use, gives a Decision or a LimiterDecision. Needs no more code in the pipeline, nor for
/// threads.
template <typename Core>
concept GateCore = requires(Core core, Time now)
{
    core.tryAcquire(now).rejection;
    core.tryAcquire(now).retryAfter;
};

/// What a decision means to the call that asked. `keeps` is what it has to give back.
template <bool hearsResults, typename Decided>
GateAnswer gateAnswer(const Decided &decision, Time now, LayerState &keeps)
{
    if (!decision.permitted())
        return GateAnswer::turnedAway(decision.rejection, decision.retryAfter);
    if constexpr (hearsResults)
        keeps = GatePassed{decision.permit, now};
    if constexpr (requires { decision.wait; })
        if (decision.wait > Duration::zero())
            return GateAnswer::waits(saturatingAdd(now, decision.wait));
    return GateAnswer::passed();
}

template <GateCore Core> GateAnswer askGate(Core &core, Time now, const Deadline &limit, LayerState &keeps)
{
    constexpr bool hears = HearsResults<Core>;
    if constexpr (requires { core.tryAcquire(now, 1, limit); })
        return gateAnswer<hears>(core.tryAcquire(now, 1, limit), now, keeps);
    else
        return gateAnswer<hears>(core.tryAcquire(now), now, keeps);
}

/// The same of a bulkhead's answer.
inline GateAnswer slotAnswer(const Admission &admission, Time now, LayerState &keeps)
{
    if (admission.kind == Admission::Kind::Rejected)
        return GateAnswer::turnedAway(admission.rejection, std::nullopt);
    keeps = SlotTaken{admission.ticket, now};
    if (admission.queued())
        return GateAnswer::waits(admission.waitsUntil);
    return GateAnswer::passed();
}

template <typename Core> void tellGate(Core &core, const GatePassed &passed, Outcome heard, Time now)
{
    if constexpr (HearsResults<Core>)
        core.onResult(passed.permit, heard, saturatingSince(now, passed.since), now);
}

} // namespace resilience
