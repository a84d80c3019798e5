// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/stage/stage_picture.h"
#include "widgets/stages/breaker/breaker_stage_scene.h"

#include <QStringList>

namespace checks {

// What is wrong with a picture, in words; empty when all is well: every text inside the card and clear of every other,
// shapes clear of each other, texts clear of the shapes they do not belong to.
QStringList faultsOf(const widgets::StagePicture &picture);
// Likewise of the breaker's layout, whose texts must also be clear of its arrows.
QStringList faultsOf(const widgets::BreakerStageLayout &layout);

} // namespace checks
