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

std::optional<PolicyTarget> policyOf(const Snapshot &snapshot, const StageTarget &target, StageTarget::Kind kind)
{
    constexpr uint64_t kKindMask = 0xff;
    const uint64_t client = target.id >> 8U;
    const uint64_t policy = target.id & kKindMask;
    if (target.kind != kind || client >= snapshot.clients.size() || policy >= resilience::kPolicyKindCount
        || snapshot.clients[client].pipeline >= snapshot.pipelines.size())
        return std::nullopt;
    return PolicyTarget{static_cast<uint32_t>(client), static_cast<PolicyKind>(policy)};
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
