// SPDX-License-Identifier: MIT
#pragma once

#include "core/patterns/pipeline/call_state.h"
#include "core/patterns/pipeline/pipeline_config.h"
#include "core/patterns/pipeline/pipeline_step.h"
#include "core/patterns/retry/retry_budget.h"
#include "core/random_stream.h"
#include "core/time.h"

#include <array>
#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

namespace resilience {

/// The policies around the calls to a target, nested in any order: many calls pass through one pipeline and share its
/// breaker, limiter, bulkhead and budget. For simulated time; runtime::Pipeline is the same for threads, and CallWalk
/// tells the rules where policies meet.
///
/// It makes no call and waits for nothing itself. Each operation appends to `out`, in the order in which it happened,
/// what is to be done (send an attempt, wake it later) and what was decided. A regular value; every operation takes
/// `now`. A call goes inwards through the policies of the order that held when it started, and its result outwards
/// through the same ones. Allocates only when there are more calls, or attempts side by side, under way than ever
/// before. Not thread-safe.
class Pipeline {
public:
    /// Each kind of policy at most once, and those that are not in use ready to be. `random` draws the jitter. Throws
    /// InvalidConfig; nothing else here but reconfigure() throws.
    explicit Pipeline(const PipelineConfig &config = {}, const RandomStream &random = RandomStream::fromSystem());
    /// Any number of each kind, outermost first. The budget is for all retries and hedges. Cannot be reconfigured.
    /// Throws InvalidConfig.
    explicit Pipeline(const std::vector<PolicySettings> &nest, const std::optional<RetryBudgetConfig> &budget = {});

    /// `key` comes back with every step of this call. `deadline` is the caller's own: it ends the call, neutrally for
    /// every breaker.
    CallHandle start(uint64_t key, const Operation &operation, const Deadline &deadline, Time now, PipelineSteps &out);
    /// The answer to attempt number `attempt`. False when that attempt is over already: it is late.
    bool onAnswer(CallHandle call, uint32_t attempt, Outcome outcome, const Failure &failure, Time now,
                  PipelineSteps &out);
    /// The caller gives the call up: whatever it holds is given back, neutrally. No CallDone comes.
    void cancel(CallHandle call, Time now, PipelineSteps &out);

    /// Whether that moment still means something.
    bool isDue(const WakeUp &wake) const;
    /// Nothing when it is not due.
    void wake(const WakeUp &wake, Time now, PipelineSteps &out);

    /// When a breaker moves by itself.
    std::optional<Time> nextDeadline() const;
    void onDeadline(Time now, PipelineSteps &out);
    /// An operator's hand on the breaker; see CircuitBreaker::force.
    bool force(BreakerTrigger trigger, Time now, PipelineSteps &out);

    /// New settings for what comes; a new order is for the calls that start from now on. Throws InvalidConfig and then
    /// changes nothing.
    void reconfigure(const PipelineConfig &config, Time now, PipelineSteps &out);

    const PipelineConfig &config() const { return m_config; }
    /// Of those built from a PipelineConfig, which have one of each.
    const CircuitBreaker &breaker() const { return one<CircuitBreaker>(PolicyKind::CircuitBreaker); }
    const Bulkhead &bulkhead() const { return one<Bulkhead>(PolicyKind::Bulkhead); }
    const AnyLimiter &rateLimiter() const { return one<AnyLimiter>(PolicyKind::RateLimiter); }
    const std::optional<RetryBudget> &retryBudget() const { return m_budget; }
    /// The policy at that place of the nest that it was built from; none when it is of another type.
    template <typename Policy> const Policy *policyAt(size_t place) const
    {
        return std::get_if<Policy>(&m_policies[place]);
    }
    size_t underWay() const { return m_underWay; }
    /// The key that it was started with; none when it is over.
    std::optional<uint64_t> keyOf(CallHandle call) const;
    size_t bytes() const { return m_calls.size() * sizeof(Call); } // about as much as grows with the calls under way
    /// So many attempts it has let pass, ever; after a wait too.
    uint64_t passed(PolicyKind kind) const { return m_passed[static_cast<size_t>(kind)]; }

    /// Where a call waits; none when an attempt of it is out, or it is over.
    std::optional<PolicyKind> waitsAt(CallHandle call) const;
    Time waitsSince(CallHandle call) const; // where it waits; kTimeZero when it does not
    /// One that holds a slot of a bulkhead, or waits for one.
    struct Occupant {
        bool waits = false;
        Time since;
        std::optional<Time> until; // it gives up waiting
        uint32_t attempt = 0; // that is out
    };
    std::vector<Occupant> occupants(CallHandle call) const; // one for each attempt side by side
    bool operator==(const Pipeline &) const = default;

private:
    friend class PipelineDriver;

    using Policy = PolicyCore;
    struct Call {
        uint64_t key = 0;
        CallState state;
        bool operator==(const Call &) const = default;
    };
    struct Waiter { // a strand of a call in a bulkhead
        CallHandle call;
        uint32_t strand = 0;
        uint32_t slot = 0;
        Ticket ticket{};
        bool granted = false; // once it was settled
        bool operator==(const Waiter &) const = default;
    };

    template <typename T> const T &one(PolicyKind kind) const
    {
        return std::get<T>(m_policies[static_cast<size_t>(kind)]);
    }
    template <typename T> T &one(PolicyKind kind) { return std::get<T>(m_policies[static_cast<size_t>(kind)]); }
    Call *find(CallHandle handle);
    const Call *find(CallHandle handle) const { return const_cast<Pipeline *>(this)->find(handle); }
    void free(uint32_t place);
    template <typename Operation>
    void operate(CallHandle handle, Time now, PipelineSteps &out, const Operation &operation);
    template <typename Operation> void onBreakers(Time now, PipelineSteps &out, const Operation &operation);
    void serveWaiters(Time now, PipelineSteps &out);
    void rearmHedges(Time now, PipelineSteps &out);

    PipelineConfig m_config;
    std::vector<Policy> m_policies; // by slot; one of each kind, in their order, or as the nest has them
    PolicyNest m_nest; // for the calls that start
    std::optional<RetryBudget> m_budget;
    std::vector<Call> m_calls; // by place
    std::vector<uint32_t> m_serials; // of each place, 0 = free; apart, for what is over is often asked for
    std::vector<uint32_t> m_free; // places
    std::vector<std::vector<Waiter>> m_guests; // by slot and the bulkhead's place: whose ticket it is
    std::vector<Waiter> m_settled; // waiters that a bulkhead has granted or expired
    uint32_t m_lastSerial = 0;
    size_t m_underWay = 0;
    bool m_serving = false; // waiters; never between two operations
    std::array<uint64_t, kPolicyKindCount> m_passed{};
};

} // namespace resilience
