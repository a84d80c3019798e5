// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/stage/legend_sign.h"

namespace widgets {

// The signs of the tape of limiters and of the hulls of bulkheads; false, and nothing drawn, for any other.
bool paintTapeSign(QPainter &painter, Sign sign, const QRectF &box, const Theme &theme);

} // namespace widgets
