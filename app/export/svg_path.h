// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPainterPath>
#include <QString>

namespace app {

// A path as the `d` of an SVG <path>: relative, to a hundredth of a pixel, which no printer shows at the sizes
// exported. Errors do not add up along the path.
QString svgPathData(const QPainterPath &path);

// Reads `d` as QSvgGenerator writes it: absolute M, L and C.
QPainterPath pathFromSvg(const QString &data);

} // namespace app
