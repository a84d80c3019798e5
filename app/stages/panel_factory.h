// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "labs/kit/lab.h"
#include "widgets/stage/stage_scene.h"

#include <memory>

namespace app {

// Where labs and widgets meet: the one place that knows which kind of picture is which scene.
std::unique_ptr<widgets::StageScene> makeScene(resilience::labs::PanelKind kind);

} // namespace app
