// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "labs/lab.h"
#include "widgets/chart_data.h"

#include <memory>
#include <vector>

class QWidget;

namespace app {

class StageView;

// Where labs and widgets meet: the one place that knows which kind of picture is which widget.
std::unique_ptr<StageView> makeStage(resilience::labs::PanelKind kind, QWidget *parent);
widgets::ChartKind chartOf(resilience::labs::ChartKind kind);
std::vector<widgets::ChartKind> chartsOf(const resilience::labs::Lab &lab);

} // namespace app
