// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/time/time_layout.h"

#include <QFontMetricsF>

#include <algorithm>
#include <cmath>

namespace widgets {

namespace {

// At scale 1.
constexpr double kPadding = 16; // of the card, left and right
constexpr double kGutter = 80; // names and numbers
constexpr double kStrip = 12;
constexpr double kStateLane = 16;
constexpr double kFaultRow = 16;
constexpr double kLaneGap = 6;
constexpr double kThinLane = 13; // one of several states
constexpr double kThinGap = 3;
constexpr double kChartGap = 8;
constexpr double kHeader = 26;
constexpr double kTicks = 22;
constexpr double kAxisTitle = 18;
constexpr double kLeastPlot = 48;
constexpr double kGoodPlot = 140; // from which on another chart is worth its room

double stateHeight(size_t lanes) { return lanes > 1 ? kThinLane : kStateLane; }
double stateGap(size_t lanes) { return lanes > 1 ? kThinGap : kLaneGap; }

double lanesHeight(const TimeLayoutRequest &request)
{
    return kStrip
           + static_cast<double>(request.stateLanes) * (stateHeight(request.stateLanes) + stateGap(request.stateLanes))
           + static_cast<double>(request.faultRows) * (kFaultRow + kLaneGap);
}

double headerHeight(const TimeLayoutRequest &request)
{
    return kHeader + static_cast<double>(request.legendRows - 1) * kLegendRow;
}

double chartsHeight(size_t charts, double header, double plot)
{
    return static_cast<double>(charts) * (header + plot)
           + (charts > 0 ? static_cast<double>(charts - 1) * kChartGap : 0);
}

// Half the last tick label lies right of the axis; the padding must hold it.
double rightMargin(const Theme &theme)
{
    const double half = QFontMetricsF(theme.font(TextSize::Axis)).horizontalAdvance(QStringLiteral("000.0 s")) / 2;
    return std::max(theme.px(kPadding), half + 2);
}

} // namespace

TimeLayout layoutTime(const TimeLayoutRequest &request, const Theme &theme)
{
    TimeLayout layout;
    layout.size = request.size;
    layout.gutterLeft = std::round(theme.px(kPadding));
    const double gutter = std::clamp(request.nameWidth + theme.px(8), theme.px(kGutter),
                                     std::max(theme.px(kGutter), request.size.width() / 4));
    layout.axisLeft = std::round(layout.gutterLeft + gutter);
    layout.gutterRight = layout.axisLeft - theme.px(8);
    layout.axisRight =
        std::max(layout.axisLeft + 1,
                 std::floor(request.size.width() - std::max(rightMargin(theme), request.endWidth + theme.px(8))));
    const double width = layout.axisRight - layout.axisLeft;

    double y = 0;
    const auto row = [&](double height) {
        const QRectF rect(layout.axisLeft, std::round(y), width, std::round(theme.px(height)));
        y = rect.bottom();
        return rect;
    };
    layout.strip = row(kStrip);
    TimeLayoutRequest lanes = request;
    while (lanes.faultRows > 1 && request.size.height() < leastHeight(lanes, theme))
        --lanes.faultRows;
    while (lanes.stateLanes > 1 && request.size.height() < leastHeight(lanes, theme))
        --lanes.stateLanes;
    for (size_t i = 0; i < lanes.stateLanes; ++i, y += theme.px(stateGap(lanes.stateLanes)))
        layout.states.push_back(row(stateHeight(lanes.stateLanes)));
    for (size_t i = 0; i < lanes.faultRows; ++i, y += theme.px(kLaneGap))
        layout.faults.push_back(row(kFaultRow));

    const double ticksHeight = std::round(theme.px(kTicks));
    const double titleHeight = request.axisTitle ? std::round(theme.px(kAxisTitle)) : 0;
    const double room = request.size.height() - y - ticksHeight - titleHeight;
    size_t shown = request.charts;
    while (shown > 1 && room < theme.px(chartsHeight(shown, headerHeight(request), kGoodPlot)))
        --shown;
    if (shown > 0) {
        const double plot =
            std::floor((room - theme.px(chartsHeight(shown, headerHeight(request), 0))) / static_cast<double>(shown));
        for (size_t i = 0; i < shown; ++i, y += theme.px(kChartGap)) {
            TimeLayout::Chart chart;
            chart.header = row(headerHeight(request));
            chart.header.setLeft(layout.gutterLeft);
            chart.plot = QRectF(layout.axisLeft, y, width, std::max(1.0, plot));
            y = chart.plot.bottom();
            layout.charts.push_back(chart);
        }
        y -= theme.px(kChartGap);
    }
    layout.ticks = QRectF(0, std::round(y), request.size.width(), ticksHeight);
    if (request.axisTitle)
        layout.axisTitle = QRectF(layout.axisLeft, layout.ticks.bottom(), width, titleHeight);
    layout.tickSpacing = QFontMetricsF(theme.font(TextSize::Axis)).horizontalAdvance(QStringLiteral("000.00 s")) * 1.8;
    return layout;
}

double comfortableHeight(TimeLayoutRequest request, const Theme &theme)
{
    return std::ceil(
        theme.px(lanesHeight(request) + chartsHeight(request.charts, headerHeight(request), kGoodPlot) + kTicks));
}

double leastHeight(TimeLayoutRequest request, const Theme &theme)
{
    return std::ceil(theme.px(lanesHeight(request)
                              + chartsHeight(std::min<size_t>(request.charts, 1), headerHeight(request), kLeastPlot)
                              + kTicks));
}

} // namespace widgets
