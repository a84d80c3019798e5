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

widgets::LegendStage legendStage(labs::PanelKind kind)
{
    switch (kind) {
    case labs::PanelKind::BreakerStage:
        return widgets::LegendStage::Breaker;
    case labs::PanelKind::RetryStage:
        return widgets::LegendStage::Retry;
    case labs::PanelKind::LimiterStage:
        return widgets::LegendStage::Limiter;
    case labs::PanelKind::BulkheadStage:
        return widgets::LegendStage::Bulkhead;
    case labs::PanelKind::HealthStage:
        return widgets::LegendStage::Health;
    case labs::PanelKind::LockStage:
        return widgets::LegendStage::Lock;
    case labs::PanelKind::CombiningStage:
        return widgets::LegendStage::Combining;
    case labs::PanelKind::CapstoneStage:
        return widgets::LegendStage::Capstone;
    }
    throw std::logic_error("a kind of panel without signs");
}

} // namespace app
