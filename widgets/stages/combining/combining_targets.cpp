// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stages/combining/combining_targets.h"

namespace widgets {

using resilience::PolicyKind;
using resilience::sim::Event;
using resilience::sim::Finished;
using resilience::sim::HedgeBegun;
using resilience::sim::OutOfTime;
using resilience::sim::Rejected;
using resilience::sim::RetryGivenUp;
using resilience::sim::RetryPlanned;
using resilience::sim::Snapshot;
using resilience::sim::Transitioned;

namespace {

bool isThere(const Snapshot &snapshot, const targets::Policy &policy)
{
    return policy.client < snapshot.clients.size()
           && snapshot.clients[policy.client].pipeline < snapshot.pipelines.size();
}

bool isDeedOf(const Event &event, PolicyKind kind)
{
    if (const auto *away = event.as<Rejected>(); away && away->by == kind)
        return true;
    switch (kind) {
    case PolicyKind::Fallback:
        return event.ends && event.ends->fellBack;
    case PolicyKind::Retry:
        return event.as<RetryPlanned>();
    case PolicyKind::Hedging:
        return event.as<HedgeBegun>();
    case PolicyKind::TotalTimeout:
    case PolicyKind::AttemptTimeout:
        if (const auto *finished = event.as<Finished>())
            return finished->timedOutBy == kind;
        if (const auto *late = event.as<OutOfTime>())
            return late->by == kind;
        return false;
    default:
        return false;
    }
}

} // namespace

std::optional<targets::Policy> policyOf(const Snapshot &snapshot, const StageTarget &target)
{
    const auto *policy = target.as<targets::Policy>();
    return policy && isThere(snapshot, *policy) ? std::optional{*policy} : std::nullopt;
}

std::optional<targets::Policy> switchOf(const Snapshot &snapshot, const StageTarget &target)
{
    const auto *toggle = target.as<targets::PolicySwitch>();
    return toggle && isThere(snapshot, toggle->of) ? std::optional{toggle->of} : std::nullopt;
}

std::vector<const Event *> deedsOf(const Snapshot &snapshot, uint32_t pipeline, PolicyKind kind)
{
    std::vector<const Event *> recentActions;
    for (const Event &event : snapshot.events)
        if (event.pipeline == pipeline && isDeedOf(event, kind))
            recentActions.push_back(&event);
    return recentActions;
}

uint64_t lastDecisionOf(const Snapshot &snapshot, uint32_t pipeline, PolicyKind kind)
{
    for (auto event = snapshot.events.rbegin(); event != snapshot.events.rend(); ++event) {
        if (event->pipeline != pipeline)
            continue;
        const bool decided = isDeedOf(*event, kind) || (kind == PolicyKind::CircuitBreaker && event->as<Transitioned>())
                             || (kind == PolicyKind::Retry && event->as<RetryGivenUp>());
        if (decided)
            return event->number;
    }
    return 0;
}

} // namespace widgets
