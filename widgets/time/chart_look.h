// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/measure/chart.h"
#include "widgets/look/theme.h"

#include <QPen>
#include <QPointF>

#include <optional>

class QPainter;

// How a curve looks: its hue, and a dash pattern or a shape of its own, so that it is known without colour.
namespace widgets {

namespace sim = resilience::sim;

inline constexpr size_t kCurveVariants = 6;

struct CurveLook {
    sim::CurveRole role = sim::CurveRole::First;
    size_t variant = 0; // of those with the same role, below kCurveVariants
    bool beside = false; // of the run that ours is held against: grey and dashed, whatever it counts
    bool many = false; // the median of many runs: drawn over their band
    // The outcome it counts, if it counts one and shows its colour.
    std::optional<sim::RequestOutcome> outcome() const;
    bool operator==(const CurveLook &) const = default;
};

QPen curvePen(const CurveLook &look, const Theme &theme);
// Words in its colour, which can be read.
QColor curveText(const CurveLook &look, const Theme &theme);
// Of the band of many runs.
QColor bandFill(const Theme &theme);
// What its part of a bar is filled with.
QColor curveFill(const CurveLook &look, const Theme &theme);

// The sign of a curve, in a box whose left middle is `at`. Of a line its shape and a piece of its stroke, or, `brief`,
// the shape alone where it has one; of bars a shape or a block. Returns its width; draws nothing without a painter.
double paintCurveSign(QPainter *painter, const CurveLook &look, bool bars, QPointF at, bool brief, const Theme &theme);

} // namespace widgets
