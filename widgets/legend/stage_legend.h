// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/stage/stage_scene.h"

// What the signs on a stage mean.
namespace widgets {

// The signs of a stage, in the order in which one meets them.
std::vector<LegendSign> legendOf(const StageScene &scene);
// Into a box about twice as wide as high.
void paintSign(QPainter &painter, const LegendSign &sign, const QRectF &box, const Theme &theme);
void paintSign(QPainter &painter, Sign sign, const QRectF &box, const Theme &theme); // but Sign::Own

} // namespace widgets
