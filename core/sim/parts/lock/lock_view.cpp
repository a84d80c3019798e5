// SPDX-License-Identifier: MIT
#include "core/sim/parts/lock/lock_view.h"

#include "core/sim/parts/lock/lock_simulation.h"

#include <algorithm>

namespace resilience::sim {

void LockView::setFaults(const Subject &component, const ActiveFaults &faults)
{
    if (component.kind == Subject::Kind::LockNode)
        nodes[component.index].faults = faults;
    else if (component.kind == Subject::Kind::LockHolder)
        holders[component.index].faults = faults;
}

uint32_t LockView::believers() const
{
    return static_cast<uint32_t>(
        std::count_if(holders.begin(), holders.end(), [](const auto &h) { return h.believes; }));
}

uint32_t LockSimulation::believers() const
{
    return static_cast<uint32_t>(
        std::count_if(m_holders.begin(), m_holders.end(), [](const auto &h) { return h.believes(); }));
}

LockView LockSimulation::view(Time now) const
{
    LockView view{.lock = m_settings.lock,
                  .fencing = m_settings.fencing,
                  .checksBeforeWriting = m_settings.checksBeforeWriting,
                  .releaseComparesOwner = m_settings.releaseComparesOwner,
                  .messages = m_messages,
                  .largestToken = m_largest,
                  .writes = m_writes,
                  .accepted = m_accepted,
                  .refused = m_refused,
                  .staleAccepted = m_staleAccepted,
                  .overlaps = m_overlaps,
                  .heldBack = m_heldBack,
                  .nextToken = m_tokens.latestToken() + 1};
    for (const LockNodeState &store : m_stores) {
        const LockNodeView state = store.node.view(now);
        const bool held = state.owner != 0 && !store.fault(FaultKind::Crash);
        view.nodes.push_back({.name = store.config.name,
                              .state = state,
                              .holder = held ? store.holder : kNobody,
                              .restarts = store.restarts});
    }
    for (uint32_t i = 0; i < m_holders.size(); ++i) {
        const LockHolder &holder = m_holders[i];
        const auto here = [i](const LockNodeStateView &node) { return node.holder == i; };
        const auto granted = [](const auto &answer) { return answer == LockReply::Granted; };
        view.holders.push_back(
            {.name = holder.config.name,
             .doing = holder.doing,
             .since = holder.since,
             .until = holder.until,
             .lock = holder.lock.view(now),
             .answers = holder.answers,
             .votes = static_cast<uint32_t>(std::count_if(holder.answers.begin(), holder.answers.end(), granted)),
             .believes = holder.believes(),
             .heldAt = static_cast<uint32_t>(std::count_if(view.nodes.begin(), view.nodes.end(), here)),
             .askedAt = holder.askedAt,
             .validUntil = holder.validUntil,
             .token = holder.token,
             .pausedSince = holder.pausedSince,
             .extends = holder.config.extends,
             .work = holder.config.work,
             .grants = holder.grants,
             .lastDecision = holder.lastDecision});
    }
    return view;
}

} // namespace resilience::sim
