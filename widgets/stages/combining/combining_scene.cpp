// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stages/combining/combining_scene.h"

#include "widgets/look/translation.h"
#include "widgets/stages/combining/combining_order.h"
#include "widgets/stages/combining/combining_targets.h"
#include "widgets/stages/combining/combining_words.h"

namespace widgets {

using resilience::PolicyKind;
using resilience::PolicyOrder;
using resilience::sim::PipelineView;
using resilience::sim::SetPolicies;

namespace {

std::optional<resilience::sim::Intervention> set(const resilience::sim::Snapshot &snapshot, uint32_t client,
                                                 const std::optional<PolicyOrder> &order)
{
    if (!order)
        return std::nullopt;
    return SetPolicies{snapshot.clients[client].pipeline, *order};
}

// That policy, if its order is one that people change.
std::optional<targets::Policy> changeable(const resilience::sim::Snapshot &snapshot,
                                          const std::optional<targets::Policy> &policy)
{
    return policy && policy->client == changedClient(snapshot) ? policy : std::nullopt;
}

} // namespace

QString CombiningScene::name() const { return CombiningTr::tr("Stage of combined policies"); }

std::unique_ptr<StagePicture> CombiningScene::layout(const SharedSnapshot &shared, QSizeF size,
                                                     const Theme &theme) const
{
    const Snapshot &snapshot = *shared;
    if (snapshot.clients.empty())
        return nullptr;
    for (const auto &client : snapshot.clients)
        if (client.pipeline >= snapshot.pipelines.size())
            return nullptr;
    return std::make_unique<CombiningPicture>(shared, size, theme);
}

StageState CombiningScene::state(const Snapshot &snapshot) const
{
    return {.key = orderKey(snapshot.pipelineOf(changedClient(snapshot)).config)};
}

QString CombiningScene::stageText(const Snapshot &snapshot) const { return words::combiningStageText(snapshot); }

QString CombiningScene::targetText(const Snapshot &snapshot, const StageTarget &target) const
{
    return words::combiningTargetText(snapshot, target);
}

std::optional<uint64_t> CombiningScene::eventBehind(const Snapshot &snapshot, const StageTarget &target) const
{
    if (target.is<targets::Part>() || target.is<targets::PolicySwitch>())
        return 0;
    if (const auto policy = policyOf(snapshot, target))
        return lastDecisionOf(snapshot, snapshot.clients[policy->client].pipeline, policy->kind);
    return std::nullopt;
}

std::optional<StageScene::Intervention> CombiningScene::clicked(const Snapshot &snapshot,
                                                                const StageTarget &target) const
{
    const uint32_t client = changedClient(snapshot);
    const auto &config = snapshot.pipelineOf(client).config;
    if (target == targets::part(CombiningPart::ResetOrder))
        return config.order == usualOrder(config) ? std::nullopt : set(snapshot, client, usualOrder(config));
    if (const auto policy = changeable(snapshot, switchOf(snapshot, target)))
        return set(snapshot, client, switched(config, policy->kind));
    return std::nullopt;
}

bool CombiningScene::draggable(const StageTarget &target) const { return target.is<targets::Policy>(); }

std::optional<StageScene::Intervention> CombiningScene::dropped(const Snapshot &snapshot, const StageTarget &target,
                                                                QPointF from, QPointF to,
                                                                const StagePicture &picture) const
{
    const auto policy = changeable(snapshot, policyOf(snapshot, target));
    const ShellStack &stack = static_cast<const CombiningPicture &>(picture).stacks().back();
    const Shell *shell = policy ? stack.shell(policy->kind) : nullptr;
    if (!shell)
        return std::nullopt;
    const size_t place = stack.placeAt(shell->strip.center().y() + to.y() - from.y());
    return set(snapshot, policy->client, movedTo(snapshot.pipelineOf(policy->client).config, policy->kind, place));
}

std::optional<StageScene::Intervention> CombiningScene::moved(const Snapshot &snapshot, const StageTarget &target,
                                                              int steps) const
{
    const auto policy = changeable(snapshot, policyOf(snapshot, target));
    if (!policy)
        return std::nullopt;
    return set(snapshot, policy->client, movedBy(snapshot.pipelineOf(policy->client).config, policy->kind, steps));
}

} // namespace widgets
