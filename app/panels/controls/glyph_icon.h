// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QIcon>

namespace app {

enum class Glyph : uint8_t { ToStart, DecisionBack, EventBack, Play, Pause, EventOn, DecisionOn, More };

// Drawn as paths, so sharp at any size and pixel ratio.
QIcon glyphIcon(Glyph glyph, const QColor &ink);

} // namespace app
