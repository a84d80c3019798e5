// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/look/theme.h"

#include <QRectF>
#include <QSizeF>

#include <vector>

// Where everything on the time axis goes: lanes on top, charts below, the labels of the axis at the bottom; a gutter
// for names and numbers at the left. Pure geometry, the same on the screen, in an exported file and in a test.
namespace widgets {

struct TimeLayoutRequest {
    QSizeF size;
    size_t stateLanes = 1;
    size_t faultRows = 1;
    size_t charts = 1; // that there are
    size_t legendRows = 1; // of the chart that needs most
    double nameWidth = 0; // of the widest name in the gutter, px; the gutter grows for it up to a quarter of the width
    bool axisTitle = false;
    double endWidth = 0; // of what stands right of the axis, px
};

inline constexpr double kLegendRow = 18; // px at scale 1, of each line of a legend after the first

struct TimeLayout {
    struct Chart {
        QRectF header; // from the gutter's left to the axis' right: name, then legend
        QRectF plot;
        bool operator==(const Chart &) const = default;
    };
    QSizeF size;
    double gutterLeft = 0;
    double gutterRight = 0; // names and numbers end here
    double axisLeft = 0; // whole pixels
    double axisRight = 0;
    QRectF strip; // above the lanes: the cursor's handle and the marks of turned knobs
    std::vector<QRectF> states; // at least one, if any is wanted; the others only where a chart stays readable
    std::vector<QRectF> faults; // likewise
    std::vector<Chart> charts; // those that fit comfortably, at least one if there is one
    QRectF ticks; // below the last chart
    QRectF axisTitle; // below them; empty without
    double tickSpacing = 0; // the least there should be between two labels
    bool operator==(const TimeLayout &) const = default;
};

TimeLayout layoutTime(const TimeLayoutRequest &request, const Theme &theme);
// The height at which `charts` of them are comfortable; the least at which one is readable.
double comfortableHeight(TimeLayoutRequest request, const Theme &theme);
double leastHeight(TimeLayoutRequest request, const Theme &theme);

} // namespace widgets
