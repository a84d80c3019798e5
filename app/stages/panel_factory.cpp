// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/stages/panel_factory.h"

#include "widgets/stages/breaker/breaker_scene.h"
#include "widgets/stages/bulkhead/bulkhead_scene.h"
#include "widgets/stages/capstone/capstone_scene.h"
#include "widgets/stages/combining/combining_scene.h"
#include "widgets/stages/health/health_scene.h"
#include "widgets/stages/limiter/limiter_scene.h"
#include "widgets/stages/lock/lock_scene.h"
#include "widgets/stages/retry/retry_scene.h"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace app {

namespace {

using resilience::labs::PanelKind;

struct StageRow {
    PanelKind kind;
    std::unique_ptr<widgets::StageScene> (*make)();
};

template <typename Scene> constexpr StageRow stage(PanelKind kind)
{
    return {kind, []() -> std::unique_ptr<widgets::StageScene> { return std::make_unique<Scene>(); }};
}

constexpr std::array kStages{
    stage<widgets::BreakerScene>(PanelKind::BreakerStage),     stage<widgets::RetryScene>(PanelKind::RetryStage),
    stage<widgets::LimiterScene>(PanelKind::LimiterStage),     stage<widgets::BulkheadScene>(PanelKind::BulkheadStage),
    stage<widgets::HealthScene>(PanelKind::HealthStage),       stage<widgets::LockScene>(PanelKind::LockStage),
    stage<widgets::CombiningScene>(PanelKind::CombiningStage), stage<widgets::CapstoneScene>(PanelKind::CapstoneStage),
};

} // namespace

std::unique_ptr<widgets::StageScene> makeScene(PanelKind kind)
{
    const auto row =
        std::find_if(kStages.begin(), kStages.end(), [kind](const StageRow &one) { return one.kind == kind; });
    if (row == kStages.end())
        throw std::logic_error("a kind of panel without a scene");
    return row->make();
}

} // namespace app
