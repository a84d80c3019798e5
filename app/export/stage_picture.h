// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/run/snapshot.h"
#include "labs/kit/lab.h"
#include "widgets/look/theme.h"

#include <QSizeF>

class QPainter;

namespace app {

// A stage by itself, as it is at the moment of the snapshot, within (0, 0, size): every animation over, and without
// what only makes sense on a screen (whether it plays, what a step would do next).
void paintStage(QPainter &painter, resilience::labs::PanelKind kind, resilience::sim::Snapshot snapshot, QSizeF size,
                const widgets::Theme &theme);

} // namespace app
