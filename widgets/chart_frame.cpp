// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chart_frame.h"

#include "widgets/outcome_glyph.h"
#include "widgets/stage_label.h"
#include "widgets/time_chart.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace widgets {

using resilience::BreakerState;

namespace {

QString sayInChart(const char *text) { return QCoreApplication::translate("Charts", text); }

// Slanted strokes, cut to the rectangle by hand: not every vector format takes a clip.
void paintHatching(QPainter &painter, const QRectF &area, double spacing)
{
    // The strokes lie on one lattice for all bands, so that a growing band does not make them crawl.
    const double first = std::ceil((area.left() + area.top()) / spacing) * spacing;
    for (double sum = first; sum < area.right() + area.bottom(); sum += spacing) {
        const double top = std::max(area.top(), sum - area.right());
        const double bottom = std::min(area.bottom(), sum - area.left());
        painter.drawLine(QPointF(sum - top, top), QPointF(sum - bottom, bottom));
    }
}

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

// One way to lay out the legend; the roomiest that fits is taken.
struct LegendStyle {
    bool brief;
    TextSize text;
    double gap; // between two entries, at scale 1
};
constexpr std::array kLegendStyles{LegendStyle{false, TextSize::Label, 20}, LegendStyle{true, TextSize::Label, 16},
                                   LegendStyle{true, TextSize::Axis, 10}};

double paintLegend(QPainter *painter, const std::vector<Curve> &curves, const LegendStyle &style, QPointF at,
                   double end, const Theme &theme)
{
    const QFont font = theme.font(style.text);
    const double start = at.x();
    for (size_t i = 0; i < curves.size(); ++i) {
        const StageLabel word = makeLabel(curveWord(curves[i]), font, theme.ink);
        const double sign = paintCurveSign(nullptr, curves[i].kind, at, style.brief, theme);
        const double width = sign + theme.px(5) + word.rect.width();
        if (painter && at.x() + width > end) { // even so there is no room: say that there is more
            paintLabel(*painter, leftAt(makeLabel(QStringLiteral("…"), font, theme.ink), at.x(), at.y()));
            break;
        }
        if (painter) {
            paintCurveSign(painter, curves[i].kind, at, style.brief, theme);
            paintLabel(*painter, leftAt(word, at.x() + sign + theme.px(5), at.y()));
        }
        at.rx() += width + (i + 1 < curves.size() ? theme.px(style.gap) : 0);
    }
    return at.x() - start;
}

// What a point of the curve is made of, where there is room to say so.
void paintNote(QPainter &painter, const ChartData &data, QPointF at, double freeFrom, const Theme &theme)
{
    if (!isRate(data.kind) || data.curves.empty())
        return;
    const QString span = timeText(resilience::at(data.window), data.window, data.window / 3);
    const StageLabel note =
        rightAt(makeLabel(sayInChart(QT_TRANSLATE_NOOP("Charts", "averaged over the last %1")).arg(span),
                          theme.font(TextSize::Axis), theme.quietInk),
                at.x(), at.y());
    if (note.rect.left() >= freeFrom)
        paintLabel(painter, note);
}

} // namespace

QString chartName(ChartKind kind)
{
    switch (kind) {
    case ChartKind::OutcomesPerSecond:
        return sayInChart(QT_TRANSLATE_NOOP("Charts", "outcomes"));
    case ChartKind::Latency:
        return sayInChart(QT_TRANSLATE_NOOP("Charts", "latency"));
    case ChartKind::LatencyPercentiles:
        return sayInChart(QT_TRANSLATE_NOOP("Charts", "latency percentiles"));
    case ChartKind::Load:
        return sayInChart(QT_TRANSLATE_NOOP("Charts", "load"));
    case ChartKind::Levels:
        return sayInChart(QT_TRANSLATE_NOOP("Charts", "levels"));
    }
    return {};
}

QString chartTitle(const ChartData &data)
{
    switch (data.kind) {
    case ChartKind::OutcomesPerSecond:
        return data.unit;
    case ChartKind::Latency:
    case ChartKind::LatencyPercentiles:
        return sayInChart(QT_TRANSLATE_NOOP("Charts", "latency, %1")).arg(data.unit);
    case ChartKind::Load:
        return sayInChart(QT_TRANSLATE_NOOP("Charts", "load, /s"));
    case ChartKind::Levels:
        break;
    }
    return chartName(data.kind);
}

QString curveWord(const Curve &curve)
{
    switch (curve.kind) {
    case CurveKind::Succeeded:
        return sayInChart(QT_TRANSLATE_NOOP("Charts", "succeeded"));
    case CurveKind::Failed:
        return sayInChart(QT_TRANSLATE_NOOP("Charts", "failed"));
    case CurveKind::TimedOut:
        return sayInChart(QT_TRANSLATE_NOOP("Charts", "timed out"));
    case CurveKind::ShortCircuited:
        return sayInChart(QT_TRANSLATE_NOOP("Charts", "short-circuited"));
    case CurveKind::Rejected:
        return sayInChart(QT_TRANSLATE_NOOP("Charts", "rejected"));
    case CurveKind::Throttled:
        return sayInChart(QT_TRANSLATE_NOOP("Charts", "throttled"));
    case CurveKind::LatencyMean:
        return sayInChart(QT_TRANSLATE_NOOP("Charts", "mean"));
    case CurveKind::LatencyMax:
        return sayInChart(QT_TRANSLATE_NOOP("Charts", "maximum"));
    case CurveKind::LatencyMedian:
        return sayInChart(QT_TRANSLATE_NOOP("Charts", "median"));
    case CurveKind::LatencyP99:
        return sayInChart(QT_TRANSLATE_NOOP("Charts", "99th percentile"));
    case CurveKind::Offered:
        return sayInChart(QT_TRANSLATE_NOOP("Charts", "calls offered"));
    case CurveKind::Sent:
        return sayInChart(QT_TRANSLATE_NOOP("Charts", "attempts sent"));
    case CurveKind::Arrived:
        return sayInChart(QT_TRANSLATE_NOOP("Charts", "attempts arrived"));
    default:
        return curve.name; // a level
    }
}

QString readingText(double value, const ChartData &data)
{
    // Levels are counts, all but the permits: those come in fractions.
    if (data.kind == ChartKind::Levels)
        return QString::number(value, 'f', value == std::floor(value) ? 0 : 1);
    return QString::number(value, 'f', data.top >= 50 ? 0 : data.top >= 2 ? 1 : 2) + QLatin1Char(' ') + data.unit;
}

double paintCurveSign(QPainter *painter, CurveKind kind, QPointF at, bool brief, const Theme &theme)
{
    const bool hasShape = static_cast<size_t>(kind) < sim::kOutcomeCount;
    const double radius = theme.px(5);
    const double stroke = brief && hasShape ? 0 : theme.px(22);
    const double shape = hasShape ? 2 * radius : 0;
    const double between = shape > 0 && stroke > 0 ? theme.px(3) : 0;
    if (painter) {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        if (stroke > 0) {
            painter->setPen(curvePen(kind, theme));
            const double x = at.x() + shape + between;
            painter->drawLine(QPointF(x, at.y()), QPointF(x + stroke, at.y()));
        }
        if (hasShape)
            paintOutcome(*painter, static_cast<sim::RequestOutcome>(kind), at + QPointF(radius, 0), radius, theme);
        painter->restore();
    }
    return shape + between + stroke;
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
    paintGrid(painter, valueTicks(data.top, plot.height(), theme.px(16)), data.top, plot, theme);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor hatching = theme.failed.line;
    hatching.setAlphaF(0.22F);
    painter.setPen(QPen(hatching, 1));
    for (const auto &[left, right] : covered(faults))
        paintHatching(painter, QRectF(left, plot.top(), right - left, plot.height()), theme.px(8));
    painter.restore();
}

void paintChartFrame(QPainter &painter, const ChartData &data, const TimeLayout::Chart &chart, const TimeLayout &layout,
                     bool withName, const Theme &theme)
{
    painter.save();
    const QFont axisFont = theme.font(TextSize::Axis);
    for (const double tick : valueTicks(data.top, chart.plot.height(), theme.px(16))) {
        const double y = chart.plot.bottom() - tick / data.top * chart.plot.height();
        paintLabel(painter, rightAt(makeLabel(valueText(tick), axisFont, theme.quietInk), layout.gutterRight, y));
    }
    const double middle = chart.header.top() + theme.px(11);
    if (withName)
        paintLabel(painter, leftAt(makeLabel(chartTitle(data), theme.font(TextSize::Label), theme.quietInk),
                                   chart.header.left(), middle));
    const QPointF start(chart.plot.left(), middle);
    for (const LegendStyle &style : kLegendStyles) {
        const bool fits = paintLegend(nullptr, data.curves, style, start, 0, theme) <= chart.plot.width();
        if (!fits && &style != &kLegendStyles.back())
            continue;
        const double end =
            start.x() + paintLegend(&painter, data.curves, style, start, chart.plot.right() - theme.px(12), theme);
        paintNote(painter, data, QPointF(chart.plot.right(), middle), end + theme.px(24), theme);
        break;
    }
    painter.restore();
}

} // namespace widgets
