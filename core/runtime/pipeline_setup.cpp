// SPDX-License-Identifier: MIT
#include "core/runtime/pipeline_setup.h"

#include <algorithm>
#include <type_traits>

namespace resilience::runtime {

namespace {

std::shared_ptr<SharedRetryBudget> budgetOf(const AnyPolicy &policy)
{
    if (const auto *retry = std::get_if<RetryPolicy>(&policy))
        return retry->budget;
    if (const auto *hedging = std::get_if<HedgingPolicy>(&policy))
        return hedging->budget;
    return nullptr;
}

struct KindOfPolicy {
    PolicyKind operator()(const TimeoutPolicy &) const { return PolicyKind::AttemptTimeout; }
    PolicyKind operator()(const RetryPolicy &) const { return PolicyKind::Retry; }
    PolicyKind operator()(const HedgingPolicy &) const { return PolicyKind::Hedging; }
    PolicyKind operator()(const AnySharedLimiter &) const { return PolicyKind::RateLimiter; }
    PolicyKind operator()(const std::shared_ptr<SharedCircuitBreaker> &) const { return PolicyKind::CircuitBreaker; }
    PolicyKind operator()(const std::shared_ptr<SharedBulkhead> &) const { return PolicyKind::Bulkhead; }
    template <typename Core> PolicyKind operator()(const std::shared_ptr<Guarded<Core>> &) const
    {
        PolicyKind kind{};
        forEachPolicy([&]<typename Spec>() {
            if constexpr (std::same_as<typename Spec::Core, Core>)
                kind = Spec::kKind;
        });
        return kind;
    }
};

PolicyKind policyKindOf(const AnyPolicy &policy) { return std::visit(KindOfPolicy{}, policy); }

} // namespace

PipelineSetup::PipelineSetup(PipelineConfig its) : config(std::move(its))
{
    std::vector<AnyPolicy> &policies = config.policies;
    if (auto error = validate(policies))
        throw InvalidConfig(*error);
    const auto isFallback = [](const AnyPolicy &policy) { return policyKindOf(policy) == PolicyKind::Fallback; };
    if (std::ranges::none_of(policies, isFallback))
        policies.insert(policies.begin(), std::make_shared<SharedFallback>(Fallback(), config.clock));
    for (const AnyPolicy &policy : policies) {
        const auto place = static_cast<uint32_t>(nest.size());
        nest.push_back({policyKindOf(policy), place});
        const auto *retry = std::get_if<RetryPolicy>(&policy);
        retries.push_back(
            retry ? std::make_unique<Guarded<Retry>>(
                Retry(retry->config, retry->random ? *retry->random : RandomStream::fromSystem()), config.clock)
                  : nullptr);
        const auto *hedging = std::get_if<HedgingPolicy>(&policy);
        hedgings.emplace_back(hedging ? hedging->config : HedgingConfig{});
        hedges |= hedging && hedging->config.maxAttempts > 1;
        // A budget counts a call once, however many policies share it: the outermost one tells it.
        auto budget = budgetOf(policy);
        if (std::ranges::find(counts, budget) != counts.end())
            budget = nullptr;
        counts.push_back(budget);
    }
    // An attempt without a policy around it is usual too; the outermost limit is that of the whole call.
    for (size_t level = 0; level < nest.size(); ++level) {
        if (nest[level].kind != PolicyKind::AttemptTimeout)
            continue;
        bool repeats = false;
        for (size_t inner = level + 1; inner < nest.size(); ++inner)
            repeats |= nest[inner].kind == PolicyKind::Retry || nest[inner].kind == PolicyKind::Hedging;
        if (repeats)
            nest[level].kind = PolicyKind::TotalTimeout;
    }
    watchdog = std::make_unique<Watchdog>(config.clock);
}

void PipelineSetup::giveBack(const std::vector<KeptPermit> &kept) const
{
    if (kept.empty())
        return;
    const Time now = config.clock.now();
    for (const KeptPermit &one : kept) {
        if (const auto *passed = std::get_if<GatePassed>(&one.what))
            tellGate(one.layer, *passed, Outcome::Cancelled, now);
        else if (const auto *taken = std::get_if<SlotTaken>(&one.what))
            bulkhead(one.layer)->releaseAt(taken->ticket, now);
    }
}

void PipelineSetup::tellGate(const PolicyLayer &layer, const GatePassed &passed, Outcome heard, Time now) const
{
    const auto report = [&](std::optional<BreakerMoved> *moved) {
        breaker(layer)->reportAt(passed.permit, heard, saturatingSince(now, passed.since), now, moved);
    };
    if (layer.kind != PolicyKind::CircuitBreaker) {
        withGate(layer, [&](auto &core) { resilience::tellGate(core, passed, heard, now); });
    } else if (!config.observer) {
        report(nullptr);
    } else {
        std::optional<BreakerMoved> moved;
        report(&moved);
        if (moved)
            tell(*moved);
    }
}

void PipelineSetup::tell(const PipelineEvent &event) const noexcept
{
    try {
        config.observer(event);
    } catch (...) { // whoever looks on must not change what he sees
    }
}

} // namespace resilience::runtime
