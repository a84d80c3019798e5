// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stages/capstone/capstone_scene.h"

#include "widgets/look/translation.h"
#include "widgets/stages/capstone/capstone_words.h"

namespace widgets {

using resilience::PolicyOrder;
using resilience::sim::SetPolicies;

QString CapstoneScene::name() const { return CapstoneTr::tr("Capstone stage"); }

std::unique_ptr<StagePicture> CapstoneScene::layout(const SharedSnapshot &shared, QSizeF size, const Theme &theme) const
{
    const Snapshot &snapshot = *shared;
    const auto shop = shopOf(snapshot);
    return shop ? std::make_unique<CapstonePicture>(shared, *shop, size, theme) : nullptr;
}

QString CapstoneScene::stageText(const Snapshot &snapshot) const { return words::shopStageText(snapshot); }

QString CapstoneScene::targetText(const Snapshot &snapshot, const StageTarget &target) const
{
    return words::shopTargetText(snapshot, target);
}

std::optional<uint64_t> CapstoneScene::eventBehind(const Snapshot &snapshot, const StageTarget &target) const
{
    if (const auto line = target.part<ShopPart>())
        return tellingEvent(snapshot, line->of);
    if (const auto figure = target.part<ShopFigure>())
        return figure->which == ShopFigure::Goodput ? tellingEnd(snapshot) : 0;
    if (target.is<targets::PipelinePolicy>())
        return 0; // a switch
    return std::nullopt;
}

std::optional<StageScene::Intervention> CapstoneScene::clicked(const Snapshot &snapshot,
                                                               const StageTarget &target) const
{
    const auto chip = chipOf(snapshot, target);
    if (!chip)
        return std::nullopt;
    const auto &config = snapshot.pipelines[chip->pipeline].config;
    PolicyOrder order = config.order;
    if (!order.remove(chip->kind))
        order.insertAsIn(config.configured, chip->kind);
    return SetPolicies{chip->pipeline, order};
}

CapstonePicture::CapstonePicture(const resilience::sim::SharedSnapshot &shared, const Shop &shop, QSizeF size,
                                 const Theme &theme)
    : StagePicture(shared, size, theme), m_layout(layoutShop(*shared, shop, size, theme))
{
}

void CapstonePicture::paint(QPainter &painter, const StagePhase &) const { paintShop(painter, m_layout, theme()); }

} // namespace widgets
