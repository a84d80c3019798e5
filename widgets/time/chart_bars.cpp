// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/time/chart_bars.h"

#include "widgets/look/outcome_glyph.h"
#include "widgets/look/translation.h"
#include "widgets/stage/stage_label.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace widgets {

namespace {

constexpr double kLeastBlock = 7; // px, of a call that is drawn by itself, either way
constexpr double kLeastBar = 1.5; // px

// A part that is too light to stand alone gets a rim.
void paintPart(QPainter &painter, const QRectF &part, const CurveLook &look, double radius, const Theme &theme)
{
    const QColor fill = curveFill(look, theme);
    const auto outcome = look.outcome();
    const bool rimmed = outcome && theme.outcome(*outcome).line != theme.outcome(*outcome).fill && part.width() > 3;
    painter.setPen(rimmed ? QPen(theme.outcome(*outcome).line, 1) : QPen(Qt::NoPen));
    painter.setBrush(fill);
    const double inset = rimmed ? 0.5 : 0;
    painter.drawRoundedRect(part.adjusted(inset, inset, -inset, -inset), radius, radius);
}

void paintBlockSign(QPainter &painter, const QRectF &block, sim::RequestOutcome outcome, const Theme &theme)
{
    const double radius = std::min({block.width() * 0.3, block.height() * 0.3, theme.px(5)});
    const Hue &hue = theme.outcome(outcome);
    const bool hollow = outcome == sim::RequestOutcome::TimedOut;
    painter.setPen(hollow ? QPen(hue.onFill, std::max(1.2, radius * 0.35)) : QPen(Qt::NoPen));
    painter.setBrush(hollow ? QBrush(Qt::NoBrush) : QBrush(hue.onFill));
    painter.drawPath(outcomeShape(outcome, block.center(), radius));
}

double xWithin(double seconds, const TimeAxis &axis, const QRectF &plot)
{
    const double share = (seconds - resilience::toSeconds(axis.from())) / resilience::toSeconds(axis.span());
    return std::clamp(plot.left() + share * plot.width(), plot.left(), plot.right());
}

} // namespace

void paintBars(QPainter &painter, const ChartData &data, const TimeAxis &axis, const QRectF &plot, const Theme &theme,
               double from)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const auto xOf = [&](double seconds) { return xWithin(seconds, axis, plot); };
    const double unit = plot.height() / data.top;
    const bool blocks = unit >= theme.px(kLeastBlock);
    for (const Bar &bar : data.bars) {
        const double left = xOf(bar.from);
        const double right = std::max(xOf(bar.to), left + kLeastBar);
        if (right <= plot.left() || left >= plot.right() || right < from - 2)
            continue;
        const double gap = right - left > 5 ? 1 : right - left > 3 ? 0.5 : 0;
        double bottom = plot.bottom();
        for (size_t i = 0; i < bar.counts.size(); ++i) {
            const uint32_t parts = blocks ? bar.counts[i] : std::min(bar.counts[i], 1U);
            const double height = blocks ? unit : unit * bar.counts[i];
            for (uint32_t part = 0; part < parts; ++part) {
                const QRectF block(left + gap / 2, bottom - height + (blocks ? 1 : 0), right - left - gap,
                                   height - (blocks ? 1 : 0));
                paintPart(painter, block, data.curves[i].look, blocks && gap > 0 ? theme.px(1.5) : 0, theme);
                const auto outcome = data.curves[i].look.outcome();
                if (outcome && blocks && block.width() >= theme.px(kLeastBlock))
                    paintBlockSign(painter, block, *outcome, theme);
                bottom -= height;
            }
        }
    }
    painter.restore();
}

void paintAreas(QPainter &painter, const ChartData &data, const TimeAxis &axis, const QRectF &plot, const Theme &theme)
{
    if (!data.spec || !data.spec->filled)
        return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(Qt::NoPen);
    for (const Curve &curve : data.curves) {
        const bool nobody = curve.look.role == sim::CurveRole::ForNobody;
        if (curve.look.beside || curve.look.many || (!nobody && curve.look.role != sim::CurveRole::Succeeded))
            continue;
        for (const auto &part : curve.parts) {
            if (part.empty())
                continue;
            QPolygonF area{QPointF(xWithin(part.front().x(), axis, plot), plot.bottom())};
            for (const QPointF &point : part)
                area << QPointF(xWithin(point.x(), axis, plot), plot.bottom() - point.y() / data.top * plot.height());
            area << QPointF(area.back().x(), plot.bottom());
            painter.setBrush(nobody ? theme.failed.soft : mixed(theme.succeeded.fill, theme.card, 0.4));
            painter.drawPolygon(area);
            if (nobody) {
                painter.setBrush(QBrush(theme.failed.line, Qt::BDiagPattern));
                painter.drawPolygon(area);
            }
        }
    }
    painter.restore();
}

void paintRushes(QPainter &painter, const ChartData &data, const TimeAxis &axis, const QRectF &plot, const Theme &theme)
{
    for (const Rush &rush : data.rushes) {
        const double left = xWithin(rush.from, axis, plot);
        const QRectF band(left, plot.top(), xWithin(rush.to, axis, plot) - left, plot.height());
        painter.fillRect(band, theme.waiting.soft);
        const StageLabel label = fitLabel({ChartsTr::tr("rush"), QString()}, band.width() - theme.px(4),
                                          theme.font(TextSize::Axis, QFont::Bold), theme.waiting.text);
        if (!label.text.isEmpty())
            paintLabel(painter, centredAt(label, {band.center().x(), band.top() + theme.px(9)}));
    }
}

} // namespace widgets
