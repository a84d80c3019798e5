// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panel_factory.h"

#include "widgets/breaker_scene.h"
#include "widgets/combining_scene.h"

#include <stdexcept>

namespace app {

using namespace resilience;

std::unique_ptr<widgets::StageScene> makeScene(labs::PanelKind kind)
{
    switch (kind) {
    case labs::PanelKind::BreakerStage: return std::make_unique<widgets::BreakerScene>();
    case labs::PanelKind::RetryStage: break;
    case labs::PanelKind::LimiterStage: break;
    case labs::PanelKind::BulkheadStage: break;
    case labs::PanelKind::HealthStage: break;
    case labs::PanelKind::LockStage: break;
    case labs::PanelKind::CombiningStage: return std::make_unique<widgets::CombiningScene>();
    case labs::PanelKind::CapstoneStage: break;
    }
    throw std::logic_error("a kind of panel without a scene");
}

widgets::ChartKind chartOf(labs::ChartKind kind)
{
    switch (kind) {
    case labs::ChartKind::OutcomesPerSecond: return widgets::ChartKind::OutcomesPerSecond;
    case labs::ChartKind::Latency: return widgets::ChartKind::Latency;
    case labs::ChartKind::Load: return widgets::ChartKind::OutcomesPerSecond;
    case labs::ChartKind::Levels: return widgets::ChartKind::OutcomesPerSecond;
    }
    throw std::logic_error("a kind of chart without a widget");
}

std::vector<widgets::ChartKind> chartsOf(const labs::Lab &lab)
{
    std::vector<widgets::ChartKind> charts;
    for (const labs::ChartKind kind : lab.charts)
        charts.push_back(chartOf(kind));
    return charts;
}

} // namespace app
