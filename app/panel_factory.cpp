// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panel_factory.h"

#include "widgets/breaker_scene.h"
#include "widgets/bulkhead_scene.h"
#include "widgets/capstone_scene.h"
#include "widgets/combining_scene.h"
#include "widgets/health_scene.h"
#include "widgets/limiter_scene.h"
#include "widgets/lock_scene.h"
#include "widgets/retry_scene.h"

#include <stdexcept>

namespace app {

using namespace resilience;

std::unique_ptr<widgets::StageScene> makeScene(labs::PanelKind kind)
{
    switch (kind) {
    case labs::PanelKind::BreakerStage:
        return std::make_unique<widgets::BreakerScene>();
    case labs::PanelKind::RetryStage:
        return std::make_unique<widgets::RetryScene>();
    case labs::PanelKind::LimiterStage:
        return std::make_unique<widgets::LimiterScene>();
    case labs::PanelKind::BulkheadStage:
        return std::make_unique<widgets::BulkheadScene>();
    case labs::PanelKind::HealthStage:
        return std::make_unique<widgets::HealthScene>();
    case labs::PanelKind::LockStage:
        return std::make_unique<widgets::LockScene>();
    case labs::PanelKind::CombiningStage:
        return std::make_unique<widgets::CombiningScene>();
    case labs::PanelKind::CapstoneStage:
        return std::make_unique<widgets::CapstoneScene>();
    }
    throw std::logic_error("a kind of panel without a scene");
}

} // namespace app
