// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/breaker_stage_scene.h"

#include <QStringList>

namespace checks {

// What is wrong with a layout, in words; empty when all is well: every text inside the card and clear of every other,
// shapes clear of each other, texts clear of the shapes and arrows they do not belong to.
QStringList faultsOf(const widgets::BreakerStageLayout &layout);

} // namespace checks
