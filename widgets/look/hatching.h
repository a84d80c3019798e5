// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/look/theme.h"

#include <QRectF>

class QPainter;

namespace widgets {

// Slanted strokes over an area, with the painter's pen, `spacing` px apart. They lie on one lattice for all areas, so
// that one that grows does not make them crawl. No clipping: files keep them as lines.
void paintHatching(QPainter &painter, const QRectF &area, double spacing);

// Work for nobody beside work for somebody: hatched grey. Where it is all that a system does, as in the capstone, it
// has the hue of failure instead.
void paintForNobody(QPainter &painter, const QRectF &area, const Theme &theme);

} // namespace widgets
