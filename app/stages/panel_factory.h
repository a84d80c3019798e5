// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "labs/kit/lab.h"
#include "widgets/legend/stage_legend.h"
#include "widgets/stage/stage_scene.h"

#include <memory>

namespace app {

// Where labs and widgets meet: the one place that knows which kind of picture is which widget.
// A new stage is one more scene in widgets/ and one more line here.
std::unique_ptr<widgets::StageScene> makeScene(resilience::labs::PanelKind kind);

// Whose signs its stage has.
widgets::LegendStage legendStage(resilience::labs::PanelKind kind);

} // namespace app
