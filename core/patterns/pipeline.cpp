// SPDX-License-Identifier: MIT
#include "core/patterns/pipeline.h"

#include "core/patterns/limiters/limiter_config.h"
#include "core/patterns/pipeline/pipeline_driver.h"

namespace resilience {

namespace {

using Walk = CallWalk<PipelineDriver>;

template <typename Spec> PolicyCore coreOf(const ConfigOf<Spec> &config, const RandomStream &random)
{
    if constexpr (Spec::kRole == PolicyRole::Retry)
        return Retry(config, random);
    else
        return typename Spec::Core(config);
}

// One of a nest.
struct MakePolicy {
    using Made = std::pair<PolicyKind, PolicyCore>;

    Made operator()(const TimeLimitSettings &one) const { return {one.kind, one.limit}; }
    Made operator()(const RetrySettings &one) const { return {PolicyKind::Retry, Retry(one.config, one.random)}; }
    template <typename Config> Made operator()(const Config &config) const
    {
        std::optional<Made> made;
        forEachPolicy([&]<typename Spec>() {
            if constexpr (std::same_as<ConfigOf<Spec>, Config>)
                made.emplace(Spec::kKind, typename Spec::Core(config));
        });
        return *made;
    }
};

// New settings for one that is at work.
template <typename Core, typename Config> void renew(Core &core, const Config &config, Time now)
{
    if constexpr (std::same_as<Core, Duration>)
        core = config;
    else if constexpr (requires { core.reconfigure(config, now); })
        core.reconfigure(config, now);
    else
        core.reconfigure(config);
}

} // namespace

// One of each kind, in the order of the kinds: a slot is a kind's number.
Pipeline::Pipeline(const PipelineConfig &config, const RandomStream &random)
    : m_config(checkedConfig(config).completed()), m_guests(kPolicyKindCount)
{
    m_policies.reserve(kPolicyKindCount);
    forEachPolicy([&]<typename Spec>() { m_policies.push_back(coreOf<Spec>(config.*Spec::kSettings, random)); });
    for (const PolicyKind kind : m_config.order)
        m_nest.push_back({kind, static_cast<uint32_t>(kind)});
    if (config.retryBudget)
        m_budget.emplace(*config.retryBudget);
}

Pipeline::Pipeline(const std::vector<PolicySettings> &nest, const std::optional<RetryBudgetConfig> &budget)
    : m_guests(nest.size())
{
    for (const PolicySettings &settings : nest) {
        auto [kind, policy] = std::visit(MakePolicy{}, settings);
        m_nest.push_back({kind, static_cast<uint32_t>(m_policies.size())});
        m_policies.push_back(std::move(policy));
    }
    if (budget)
        m_budget.emplace(*budget);
}

Pipeline::Call *Pipeline::find(CallHandle handle)
{
    if (handle.serial == 0 || handle.place >= m_serials.size() || m_serials[handle.place] != handle.serial)
        return nullptr;
    return &m_calls[handle.place];
}

void Pipeline::free(uint32_t place)
{
    m_calls[place] = {};
    m_serials[place] = 0;
    m_free.push_back(place);
    --m_underWay;
}

CallHandle Pipeline::start(uint64_t key, const Operation &operation, const Deadline &deadline, Time now,
                           PipelineSteps &out)
{
    if (m_free.empty()) {
        m_free.push_back(static_cast<uint32_t>(m_calls.size()));
        m_calls.emplace_back();
        m_serials.push_back(0);
    }
    const uint32_t place = m_free.back();
    m_free.pop_back();
    ++m_underWay;
    if (++m_lastSerial == 0)
        ++m_lastSerial;
    Call &call = m_calls[place];
    m_serials[place] = m_lastSerial;
    call.key = key;
    call.state = {m_nest, operation, deadline};
    const CallHandle handle{place, m_lastSerial};
    operate(handle, now, out, [](Walk &walk) { walk.start(); });
    return handle;
}

// One operation on a call, and what follows from it for others.
template <typename Operation>
void Pipeline::operate(CallHandle handle, Time now, PipelineSteps &out, const Operation &operation)
{
    PipelineDriver driver(*this, handle, now, out);
    Walk walk(m_calls[handle.place].state, driver, now);
    operation(walk);
    if (m_calls[handle.place].state.done())
        free(handle.place);
    if (!m_serving)
        serveWaiters(now, out);
}

bool Pipeline::onAnswer(CallHandle handle, uint32_t attempt, Outcome outcome, const Failure &failure, Time now,
                        PipelineSteps &out)
{
    bool inTime = false;
    if (find(handle))
        operate(handle, now, out, [&](Walk &walk) { inTime = walk.answer(attempt, {outcome, failure, {}}); });
    return inTime;
}

void Pipeline::cancel(CallHandle handle, Time now, PipelineSteps &out)
{
    if (find(handle))
        operate(handle, now, out, [](Walk &walk) { walk.cancel(); });
}

bool Pipeline::isDue(const WakeUp &wake) const
{
    const Call *call = find(wake.call);
    return call && Walk::isDue(call->state, wake.strand, wake.level, wake.at);
}

void Pipeline::wake(const WakeUp &wake, Time now, PipelineSteps &out)
{
    if (isDue(wake))
        operate(wake.call, now, out, [&](Walk &walk) { walk.wake(wake.strand, wake.level); });
}

void Pipeline::serveWaiters(Time now, PipelineSteps &out)
{
    m_serving = true;
    for (size_t i = 0; i < m_settled.size(); ++i) {
        const Waiter waiter = m_settled[i];
        if (const Call *call = find(waiter.call);
            call && Walk::waitsFor(call->state, waiter.strand, waiter.slot, waiter.ticket))
            operate(waiter.call, now, out, [&](Walk &walk) { walk.settled(waiter.strand, waiter.granted); });
    }
    m_settled.clear();
    m_serving = false;
}

std::optional<Time> Pipeline::nextDeadline() const
{
    std::optional<Time> next;
    for (const Policy &policy : m_policies)
        if (const auto *breaker = std::get_if<CircuitBreaker>(&policy))
            if (const auto deadline = breaker->nextDeadline(); deadline && (!next || *deadline < *next))
                next = deadline;
    return next;
}

template <typename Operation> void Pipeline::onBreakers(Time now, PipelineSteps &out, const Operation &operation)
{
    PipelineDriver driver(*this, {}, now, out);
    for (Policy &policy : m_policies)
        if (auto *breaker = std::get_if<CircuitBreaker>(&policy)) {
            const uint64_t generation = breaker->generation();
            const BreakerState state = breaker->state();
            operation(*breaker);
            driver.reportMove(*breaker, generation, state);
        }
}

void Pipeline::onDeadline(Time now, PipelineSteps &out)
{
    onBreakers(now, out, [now](CircuitBreaker &breaker) { breaker.onDeadline(now); });
}

bool Pipeline::force(BreakerTrigger trigger, Time now, PipelineSteps &out)
{
    bool done = false;
    onBreakers(now, out, [&](CircuitBreaker &breaker) { done |= breaker.force(trigger, now); });
    return done;
}

void Pipeline::reconfigure(const PipelineConfig &config, Time now, PipelineSteps &out)
{
    m_config = checkedConfig(config).completed();
    forEachPolicy([&]<typename Spec>() {
        const auto renewed = [&](auto &core) { renew(core, config.*Spec::kSettings, now); };
        if constexpr (Spec::kKind == PolicyKind::CircuitBreaker)
            onBreakers(now, out, renewed);
        else
            renewed(one<typename Spec::Core>(Spec::kKind));
    });
    if (!config.retryBudget)
        m_budget.reset();
    else if (m_budget)
        m_budget->reconfigure(*config.retryBudget, now);
    else
        m_budget.emplace(*config.retryBudget);
    PipelineDriver(*this, {}, now, out).rememberWaiters(static_cast<size_t>(PolicyKind::Bulkhead));
    m_nest = {};
    for (const PolicyKind kind : m_config.order)
        m_nest.push_back({kind, static_cast<uint32_t>(kind)});
    rearmHedges(now, out);
    serveWaiters(now, out);
}

// With other settings the next attempt beside those that run may be due at another moment, or not at all.
void Pipeline::rearmHedges(Time now, PipelineSteps &out)
{
    for (uint32_t place = 0; place < m_calls.size(); ++place)
        if (m_serials[place] != 0 && !m_calls[place].state.hedges.empty())
            operate({place, m_serials[place]}, now, out, [](Walk &walk) { walk.rearm(); });
}

namespace {

// Between two attempts of a hedging policy its strand waits too.
const CallStrand *waitingIn(const CallState &state)
{
    for (uint32_t i = 0; i < state.strands.size(); ++i) {
        const CallStrand &strand = state.strands[i];
        bool has = false;
        for (size_t other = 0; other < state.strands.size(); ++other)
            has = has || (state.strands[other].used && state.strands[other].parent == i);
        if (strand.used
            && (strand.doing == CallStrand::Doing::Waiting || (strand.doing == CallStrand::Doing::Hedging && !has)))
            return &strand;
    }
    return nullptr;
}

} // namespace

std::optional<uint64_t> Pipeline::keyOf(CallHandle handle) const
{
    const Call *call = find(handle);
    return call ? std::optional(call->key) : std::nullopt;
}

std::optional<PolicyKind> Pipeline::waitsAt(CallHandle handle) const
{
    const Call *call = find(handle);
    const CallStrand *waiting = call ? waitingIn(call->state) : nullptr;
    return waiting ? std::optional{call->state.nest[waiting->level].kind} : std::nullopt;
}

Time Pipeline::waitsSince(CallHandle handle) const
{
    const Call *call = find(handle);
    const CallStrand *waiting = call ? waitingIn(call->state) : nullptr;
    return waiting ? waiting->since : kTimeZero;
}

std::vector<Pipeline::Occupant> Pipeline::occupants(CallHandle handle) const
{
    std::vector<Occupant> occupants;
    const Call *call = find(handle);
    for (size_t i = 0; call && i < call->state.strands.size(); ++i) {
        const CallStrand &strand = call->state.strands[i];
        for (size_t at = 0; at < strand.layers.size(); ++at) {
            const auto *taken = std::get_if<SlotTaken>(&strand.layers[at]);
            if (!taken)
                continue;
            const bool waits = strand.doing == CallStrand::Doing::Waiting && strand.level == strand.from + at;
            const auto until = waits && strand.until != kTimeMax ? std::optional{strand.until} : std::nullopt;
            occupants.push_back({waits, waits ? strand.since : taken->since, until,
                                 strand.doing == CallStrand::Doing::Sent ? strand.attempt : 0});
        }
    }
    return occupants;
}

} // namespace resilience
