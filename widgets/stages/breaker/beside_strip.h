// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/stage/stage_context.h"
#include "widgets/stage/stage_label.h"

#include <QRectF>

#include <vector>

class QPainter;

namespace widgets {

// A run with something broken on purpose above the same run without it: the states of the breaker as two lanes over the
// same time, the correct one in grey, and beside them what became of the same calls, with the differences.
struct BesideStrip {
    struct Band {
        resilience::BreakerState state = resilience::BreakerState::Closed;
        QRectF area;
        bool correct = false;
    };
    QRectF lanes; // both
    std::vector<StageLabel> names; // of the lanes, left
    std::vector<Band> bands;
    std::vector<StageLabel> numbers; // headings and cells, right
    double now = 0; // x
};

// Whether the snapshot has two runs to show.
bool hasBeside(const StageContext &context);
double besideStripHeight(const Theme &theme);
BesideStrip layoutBesideStrip(const StageContext &context, const QRectF &area);
void paintBesideStrip(QPainter &painter, const BesideStrip &strip, const Theme &theme);

} // namespace widgets
