// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stage/stage_scene.h"

namespace widgets {

StageScene::~StageScene() = default;

StageState StageScene::state(const Snapshot &) const { return {}; }

std::optional<uint64_t> StageScene::eventBehind(const Snapshot &, const StageTarget &) const { return std::nullopt; }

std::optional<resilience::sim::Intervention> StageScene::clicked(const Snapshot &, const StageTarget &) const
{
    return std::nullopt;
}

std::optional<uint32_t> StageScene::serviceToBreak(const Snapshot &snapshot, const StageTarget &target) const
{
    const auto *service = target.as<targets::Service>();
    if (!service || service->service >= snapshot.services.size())
        return std::nullopt;
    return service->service;
}

bool StageScene::draggable(const StageTarget &) const { return false; }

std::optional<resilience::sim::Intervention> StageScene::dropped(const Snapshot &, const StageTarget &, QPointF,
                                                                 QPointF, const StagePicture &) const
{
    return std::nullopt;
}

std::optional<resilience::sim::Intervention> StageScene::moved(const Snapshot &, const StageTarget &, int) const
{
    return std::nullopt;
}

std::optional<resilience::sim::FaultEnd> StageScene::endDropped(const Snapshot &, const StageTarget &, QPointF, QPointF,
                                                                const StagePicture &) const
{
    return std::nullopt;
}

std::optional<resilience::sim::FaultEnd> StageScene::endMoved(const Snapshot &, const StageTarget &, int) const
{
    return std::nullopt;
}

} // namespace widgets
