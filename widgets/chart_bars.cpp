// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chart_bars.h"

#include "widgets/outcome_glyph.h"

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

} // namespace

void paintBars(QPainter &painter, const ChartData &data, const TimeAxis &axis, const QRectF &plot, const Theme &theme,
               double from)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const auto xOf = [&](double seconds) {
        const double share = (seconds - resilience::toSeconds(axis.from())) / resilience::toSeconds(axis.span());
        return std::clamp(plot.left() + share * plot.width(), plot.left(), plot.right());
    };
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

} // namespace widgets
