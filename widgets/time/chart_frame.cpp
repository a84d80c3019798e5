// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/time/chart_frame.h"

#include "widgets/look/hatching.h"
#include "widgets/look/outcome_glyph.h"
#include "widgets/look/translation.h"
#include "widgets/stage/stage_label.h"
#include "widgets/time/time_chart.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace widgets {

using resilience::BreakerState;

namespace {

// Where any fault was on, without overlap.
std::vector<std::pair<double, double>> covered(const std::vector<FaultBand> &faults)
{
    std::vector<std::pair<double, double>> spans;
    for (const FaultBand &band : faults)
        spans.emplace_back(band.left, band.right);
    std::sort(spans.begin(), spans.end());
    std::vector<std::pair<double, double>> joined;
    for (const auto &span : spans) {
        if (!joined.empty() && span.first <= joined.back().second)
            joined.back().second = std::max(joined.back().second, span.second);
        else
            joined.push_back(span);
    }
    return joined;
}

void paintGrid(QPainter &painter, const std::vector<double> &ticks, double top, const QRectF &plot, const Theme &theme)
{
    for (const double tick : ticks) {
        const double y = std::floor(plot.bottom() - tick / top * plot.height()) + 0.5;
        painter.setPen(QPen(tick == 0 ? theme.quietLine : theme.hairline, 1));
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
    }
}

// One way to lay out the legend; the roomiest that fits on one line is taken, or else the tightest, on several.
struct LegendStyle {
    bool brief;
    TextSize text;
    double gap; // between two entries, at scale 1
};
constexpr std::array kLegendStyles{LegendStyle{false, TextSize::Label, 20}, LegendStyle{true, TextSize::Label, 16},
                                   LegendStyle{true, TextSize::Axis, 12}};

struct LegendEntry {
    size_t curve = 0;
    size_t row = 0;
    double left = 0;
    StageLabel word;
};
// Sides are lines also where the chart has bars, and before there is anything to draw.
bool isBar(const ChartData &data, const Curve &curve)
{
    return data.spec && data.spec->form == sim::ChartForm::Bars && curve.parts.empty() && !curve.look.beside
           && !curve.look.many && curve.look.role != sim::CurveRole::Ours && curve.look.role != sim::CurveRole::Other;
}

struct Legend {
    LegendStyle style = kLegendStyles.front();
    std::vector<LegendEntry> entries;
    size_t rows = 1;
};

Legend legendIn(const LegendStyle &style, const ChartData &data, double left, double right, const Theme &theme)
{
    Legend legend{style, {}, 1};
    double x = left;
    for (size_t i = 0; i < data.curves.size(); ++i) {
        LegendEntry entry{i, 0, x, makeLabel(data.curves[i].word, theme.font(style.text), theme.ink)};
        const double sign =
            paintCurveSign(nullptr, data.curves[i].look, isBar(data, data.curves[i]), {}, style.brief, theme);
        const double width = sign + theme.px(5) + entry.word.rect.width();
        if (x > left && x + width > right) {
            ++legend.rows;
            entry.left = x = left;
        }
        entry.row = legend.rows - 1;
        legend.entries.push_back(std::move(entry));
        x += width + theme.px(style.gap);
    }
    return legend;
}

Legend legendOf(const ChartData &data, const TimeLayout &layout, const Theme &theme)
{
    const double left = legendLeft(data, layout, theme);
    for (const LegendStyle &style : kLegendStyles)
        if (Legend legend = legendIn(style, data, left, layout.axisRight, theme); legend.rows == 1)
            return legend;
    return legendIn(kLegendStyles[1], data, left, layout.axisRight, theme);
}

void paintLegend(QPainter &painter, const ChartData &data, const TimeLayout &layout, double middle, const Theme &theme)
{
    const Legend legend = legendOf(data, layout, theme);
    for (const LegendEntry &entry : legend.entries) {
        const Curve &curve = data.curves[entry.curve];
        const QPointF at(entry.left, middle + static_cast<double>(entry.row) * theme.px(kLegendRow));
        const double sign = paintCurveSign(&painter, curve.look, isBar(data, curve), at, legend.style.brief, theme);
        paintLabel(painter, leftAt(entry.word, at.x() + sign + theme.px(5), at.y()));
    }
}

} // namespace

QString chartName(const sim::ChartSpec &chart) { return ChartsTr::tr(chart.name); }

double legendLeft(const ChartData &data, const TimeLayout &layout, const Theme &theme)
{
    const double title =
        QFontMetricsF(theme.font(TextSize::Label)).horizontalAdvance(data.title + QStringLiteral(" ▾"));
    return std::max(layout.axisLeft, layout.gutterLeft + title + theme.px(16));
}

size_t legendRows(const ChartData &data, const TimeLayout &layout, const Theme &theme)
{
    return legendOf(data, layout, theme).rows;
}

void paintChartGround(QPainter &painter, const ChartData &data, const std::vector<StateBand> &states,
                      const std::vector<FaultBand> &faults, const QRectF &plot, const Theme &theme)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, false);
    for (const StateBand &band : states)
        if (band.state != BreakerState::Closed) // the normal state is the plain ground
            painter.fillRect(QRectF(band.left, plot.top(), band.right - band.left, plot.height()),
                             mixed(theme.state(band.state).soft, theme.card, 0.7));
    paintGrid(painter, valueTicks(data.top, plot.height(), theme.px(16), data.counts()), data.top, plot, theme);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor hatching = theme.failed.line;
    hatching.setAlphaF(0.22F);
    painter.setPen(QPen(hatching, 1));
    for (const auto &[left, right] : covered(faults))
        paintHatching(painter, QRectF(left, plot.top(), right - left, plot.height()), theme.px(8));
    painter.restore();
}

void paintChartFrame(QPainter &painter, const ChartData &data, const TimeLayout::Chart &chart, const TimeLayout &layout,
                     bool withTitle, const Theme &theme)
{
    painter.save();
    const QFont axisFont = theme.font(TextSize::Axis);
    for (const double tick : valueTicks(data.top, chart.plot.height(), theme.px(16), data.counts())) {
        const double y = chart.plot.bottom() - tick / data.top * chart.plot.height();
        paintLabel(painter, rightAt(makeLabel(valueText(tick), axisFont, theme.quietInk), layout.gutterRight, y));
    }
    const double middle = chart.header.top() + theme.px(11);
    if (withTitle)
        paintLabel(painter, leftAt(makeLabel(data.title, theme.font(TextSize::Label), theme.quietInk),
                                   chart.header.left(), middle));
    paintLegend(painter, data, layout, middle, theme);
    painter.restore();
}

} // namespace widgets
