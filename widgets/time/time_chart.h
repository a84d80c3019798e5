// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/look/theme.h"
#include "widgets/time/chart_data.h"
#include "widgets/time/time_axis.h"

#include <QRectF>

#include <memory>

class QPainter;

namespace widgets {

// Draws curves with Qt Charts, and is the only place that knows of it: a swap for another library stays in these two
// files. It keeps the chart between two calls, so that only what changed is worked out again.
class TimeChart {
public:
    TimeChart();
    ~TimeChart();
    TimeChart(const TimeChart &) = delete;
    TimeChart &operator=(const TimeChart &) = delete;

    // The curves of `data` over `plot`: left and right are those of `axis`, bottom is 0 and top is data.top. Vectors,
    // if the painter takes them. Nothing else is drawn; strokes on the edge reach at most kOverhang px over it. What
    // lies left of `from` may be left out.
    void paint(QPainter &painter, const ChartData &data, const TimeAxis &axis, const QRectF &plot, const Theme &theme,
               double from = 0);

    static constexpr double kOverhang = 4;

private:
    struct Scene;
    std::unique_ptr<Scene> m_scene;
};

} // namespace widgets
