// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stage/stage_bar.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace widgets {

namespace {

constexpr double kTrackHeight = 12; // at scale 1

QFont barFont(const Theme &theme) { return theme.font(TextSize::Label); }
QFont textFont(const Theme &theme) { return theme.font(TextSize::Label, QFont::DemiBold); }

} // namespace

double stageBarHeight(const Theme &theme) { return std::max(theme.px(kTrackHeight), lineHeight(textFont(theme))); }

StageBar layoutStageBar(const StageBarWords &words, const Theme &theme, const QRectF &area, double nameWidth,
                        double textWidth)
{
    const double middle = area.center().y();
    const double gap = theme.px(10);
    const double left = area.left() + (nameWidth > 0 ? nameWidth + gap : 0);
    const double right = area.right() - (textWidth > 0 ? textWidth + gap : 0);
    const double height = theme.px(kTrackHeight);
    StageBar bar{.track = QRectF(left, middle - height / 2, std::max(0.0, right - left), height),
                 .share = std::clamp(words.share, 0.0, 1.0),
                 .fill = words.fill,
                 .mark = words.mark};
    if (nameWidth > 0)
        bar.name = leftAt(fitLabel(words.name, nameWidth, barFont(theme), theme.ink), area.left(), middle);
    if (textWidth > 0) {
        const QColor color = words.textColor.isValid() ? words.textColor : theme.quietInk;
        bar.text = leftAt(fitLabel(words.text, textWidth, textFont(theme), color), right + gap, middle);
    }
    return bar;
}

void paintStageBar(QPainter &painter, const StageBar &bar, const Theme &theme)
{
    const double radius = bar.track.height() / 2;
    QPainterPath track;
    track.addRoundedRect(bar.track, radius, radius);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.hairline);
    painter.drawPath(track);
    if (bar.share > 0) {
        // Cut from the track, so that a little of it is still a round end and not a circle too wide.
        QPainterPath filled;
        filled.addRect(QRectF(bar.track.topLeft(), QSizeF(bar.track.width() * bar.share, bar.track.height())));
        painter.setBrush(bar.fill);
        painter.drawPath(track.intersected(filled));
    }
    if (bar.mark) {
        const double x = bar.xAt(std::clamp(*bar.mark, 0.0, 1.0));
        painter.setPen(QPen(theme.ink, theme.px(1.6), Qt::SolidLine, Qt::FlatCap));
        painter.drawLine(QPointF(x, bar.track.top() - theme.px(3)), QPointF(x, bar.track.bottom() + theme.px(3)));
    }
    paintLabel(painter, bar.name);
    paintLabel(painter, bar.text);
}

} // namespace widgets
