// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/time/chart_ends.h"

#include "widgets/look/translation.h"
#include "widgets/time/chart_look.h"

#include <QPainter>

#include <algorithm>

namespace widgets {

namespace {

constexpr size_t kEnoughOthers = 2;
constexpr double kLongestEnd = 130; // of a name; px at scale 1
constexpr double kEndGap = 10; // from the end to the name; px at scale 1

StageLabel endName(const QString &word, bool ours, const QColor &color, const Theme &theme)
{
    return fitLabel({word}, theme.px(kLongestEnd), theme.font(TextSize::Axis, ours ? QFont::DemiBold : QFont::Normal),
                    color);
}
double endLine(const Theme &theme) { return lineHeight(theme.font(TextSize::Axis)); }

// From top to bottom, each at least a line below the one before, none outside of [top, bottom].
void spread(std::vector<CurveEnd> &ends, double line, double top, double bottom)
{
    double free = top;
    for (CurveEnd &end : ends) {
        end.name.rect.moveTop(std::max(end.name.rect.top(), free));
        free = end.name.rect.top() + line;
    }
    for (auto end = ends.rbegin(); end != ends.rend(); ++end) {
        end->name.rect.moveTop(std::min(end->name.rect.top(), bottom - line));
        bottom = end->name.rect.top();
    }
}

// A chart in which nothing was ever counted looks broken unless it says so.
StageLabel nothingIn(const ChartData &data, const QRectF &plot, const Theme &theme)
{
    const bool curves =
        std::any_of(data.curves.begin(), data.curves.end(), [](const Curve &curve) { return !curve.parts.empty(); });
    const bool counted = !data.bars.empty() || std::any_of(data.curves.begin(), data.curves.end(), [](const Curve &c) {
        return std::any_of(c.parts.begin(), c.parts.end(), [](const auto &part) {
            return std::any_of(part.begin(), part.end(), [](const QPointF &point) { return point.y() > 0; });
        });
    });
    if (!data.counts() || !curves || counted)
        return {};
    return centredAt(makeLabel(ChartsTr::tr("none in this time"), theme.font(TextSize::Body), theme.quietInk),
                     {plot.center().x(), plot.center().y()});
}

} // namespace

double endNamesWidth(const TimeSource &source, const Theme &theme)
{
    const auto others =
        std::count_if(source.sides.begin(), source.sides.end(), [](const sim::Side &side) { return !side.ours; });
    if (static_cast<size_t>(others) < kEnoughOthers)
        return 0;
    double widest = 0;
    for (const sim::Side &side : source.sides)
        widest = std::max(widest, endName(QString::fromStdString(side.name), side.ours, theme.ink, theme).rect.width());
    return widest + theme.px(kEndGap);
}

std::vector<CurveEnd> curveEndsOf(const TimePicture &picture, size_t chart, const Theme &theme)
{
    const ChartData &data = picture.charts[chart];
    const QRectF &plot = picture.layout.charts[chart].plot;
    // A curve a side: names of sides fit where endNamesWidth() has made room, and say nothing of several levels of one.
    const auto with = [&data](sim::CurveRole role) {
        return static_cast<size_t>(std::count_if(data.curves.begin(), data.curves.end(), [role](const Curve &curve) {
            return curve.look.role == role && !curve.look.beside && !curve.look.many && !curve.parts.empty();
        }));
    };
    const double line = endLine(theme);
    if (with(sim::CurveRole::Other) < kEnoughOthers || with(sim::CurveRole::Ours) > 1
        || line * static_cast<double>(data.curves.size()) > plot.height())
        return {};
    std::vector<CurveEnd> ends;
    double last = plot.left();
    for (size_t i = 0; i < data.curves.size(); ++i) {
        const Curve &curve = data.curves[i];
        if (curve.look.beside || curve.look.many || curve.parts.empty() || curve.parts.back().empty())
            continue;
        const QPointF point = curve.parts.back().back();
        const QPointF end(picture.axis.clampedX(resilience::at(resilience::fromSeconds(point.x()))),
                          plot.bottom() - point.y() / data.top * plot.height());
        const bool ours = curve.look.role == sim::CurveRole::Ours;
        ends.push_back({i, end, endName(curve.word, ours, curveText(curve.look, theme), theme)});
        last = std::max(last, end.x());
    }
    std::stable_sort(ends.begin(), ends.end(),
                     [](const CurveEnd &a, const CurveEnd &b) { return a.end.y() < b.end.y(); });
    const double gap = theme.px(kEndGap);
    for (CurveEnd &end : ends)
        end.name = leftAt(end.name, last + gap, end.end.y());
    spread(ends, line, plot.top(), plot.bottom());
    return ends;
}

void paintChartNotes(QPainter &painter, const TimePicture &picture, const Theme &theme)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    for (size_t i = 0; i < picture.charts.size(); ++i) {
        paintLabel(painter, nothingIn(picture.charts[i], picture.layout.charts[i].plot, theme));
        for (const CurveEnd &end : curveEndsOf(picture, i, theme)) {
            const QRectF &rect = end.name.rect;
            QColor ground = theme.card;
            ground.setAlphaF(0.86F);
            painter.setPen(Qt::NoPen);
            painter.setBrush(ground);
            painter.drawRoundedRect(rect.adjusted(-2, 0, 2, 0), 2, 2);
            painter.setPen(QPen(theme.quietLine, theme.px(1)));
            painter.drawLine(end.end, QPointF(rect.left() - theme.px(2), rect.center().y()));
            paintLabel(painter, end.name);
        }
    }
    painter.restore();
}

} // namespace widgets
