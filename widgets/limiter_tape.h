// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/snapshot.h"
#include "widgets/stage_dots.h"
#include "widgets/stage_label.h"
#include "widgets/theme.h"

#include <QRectF>

#include <vector>

class QPainter;

namespace widgets {

// The latest arrivals through one limiter, one place each; the same column is the same arrival in every row.
struct TapeRow {
    uint32_t client = 0;
    StageLabel name{};
    StageLabel verdict{}; // "12 of 20 passed"
    StageLabel most{}; // "most in 5 s: 10"
    uint64_t mostInWindow = 0; // within the recent events
    std::vector<StageGlyph> glyphs{}; // passed = succeeded, turned away = throttled
    std::vector<QPointF> waiting{}; // calls that wait for their turn
    double middle = 0;
};
struct LimiterTape {
    std::vector<TapeRow> rows;
    std::vector<double> edges; // x between two columns that lie in different windows
    StageLabel heading;
    StageLabel edgeName;
    std::vector<StageLabel> times; // below: when a column came
    QRectF area;
    double radius = 0; // px, of a glyph

    std::vector<StageLabel> labels() const;
};

LimiterTape layoutTape(const resilience::sim::Snapshot &snapshot, const QRectF &area, const Theme &theme);
void paintTape(QPainter &painter, const LimiterTape &tape, const Theme &theme);

} // namespace widgets
