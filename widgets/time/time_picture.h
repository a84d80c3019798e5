// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/time/chart_data.h"
#include "widgets/time/lanes_scene.h"
#include "widgets/time/time_axis.h"
#include "widgets/time/time_layout.h"
#include "widgets/time/time_source.h"

#include <QPen>

#include <optional>
#include <vector>

class QPainter;

// Everything on the time axis at one moment, worked out to the pixel: equal pictures look equal, so that nothing need
// be painted again. What it costs depends on the pixels and on the bounds of the history, not on the length of the run.
namespace widgets {

class TimeChart;

struct TimeRange {
    Time from;
    Time to;
    bool operator==(const TimeRange &) const = default;
};

struct TimePictureRequest {
    QSizeF size;
    std::vector<const sim::ChartSpec *> charts;
    size_t firstChart = 0; // of those, when not all fit; the others follow in a circle
    bool lanes = true;
    bool axisTitle = false; // below the numbers of the axis, for a picture that stands alone
    std::optional<TimeRange> range{}; // in sight; none = the whole run
    double pixelRatio = 1; // device pixels in a pixel
};

struct TimePicture {
    TimeLayout layout;
    TimeAxis axis;
    Time now;
    double cursor = 0; // x of now, on a device pixel
    bool nowInSight = true;
    double frontier = 0; // x of the furthest moment played, on a device pixel
    Time played; // the moment at `frontier`
    LanesPicture lanes;
    std::optional<double> difference; // x of the first event that differs from the other run, where it is in sight
    QString differenceText; // "first difference 5.30 s"
    std::vector<ChartData> charts; // one for each in layout.charts
    // But for `now` and what lies within a device pixel.
    bool looksLike(const TimePicture &other) const;
};

TimePicture timePictureOf(const TimeSource &source, const TimePictureRequest &request, const Theme &theme);

// The part of the layout that chart `index` paints into; nothing of it depends on anything but its own data, the bands
// and the theme.
QRectF chartArea(const TimeLayout &layout, size_t index);
// Ground and curves of the plot, the part right of `from`.
void paintPlot(QPainter &painter, TimeChart &chart, const TimePicture &picture, size_t index, const Theme &theme,
               double from = 0);
// All of it: plot, numbers, legend; the title unless a control stands there.
void paintChartRow(QPainter &painter, TimeChart &chart, const TimePicture &picture, size_t index, bool withTitle,
                   const Theme &theme);
// A vertical line at `x` through lanes and charts, fainter where words stand: above the plots.
void paintTimeLine(QPainter &painter, double x, double top, const QPen &pen, const TimeLayout &layout);
// Where this run and the other one part: through the charts, with its name.
void paintDifference(QPainter &painter, const TimePicture &picture, const Theme &theme);
struct CursorLook {
    bool focused = false;
    bool veiled = true; // what was played but lies after the cursor becomes faint
};
// A line through everything, with its handle on top. Nothing when its moment is out of sight but the veil.
void paintCursor(QPainter &painter, const TimePicture &picture, const CursorLook &look, const Theme &theme);

} // namespace widgets
