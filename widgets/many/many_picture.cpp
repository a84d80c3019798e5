// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/many/many_picture.h"

#include "widgets/stage/stage_label.h"

#include <QPainter>

#include <algorithm>

namespace widgets {

namespace {

constexpr double kMargin = 20; // px at scale 1, as all of these
constexpr double kHighestDots = 240;

void paintWordsIn(QPainter &painter, const QRectF &line, const QString &text, const QFont &font, const QColor &color)
{
    paintLabel(painter, leftAt(fitLabel({text}, line.width(), font, color), line.left(), line.center().y()));
}

} // namespace

ManyLayout layoutMany(const ManyPicture &picture, QSizeF size, const Theme &theme)
{
    ManyLayout layout;
    const QRectF room =
        QRectF(QPointF(), size).adjusted(theme.px(kMargin), theme.px(12), -theme.px(kMargin), -theme.px(8));
    layout.title = QRectF(room.left(), room.top(), room.width(), theme.px(28));
    layout.sentence = QRectF(room.left(), layout.title.bottom(), room.width(), theme.px(20));
    QRectF rest = room;
    rest.setTop(layout.sentence.bottom() + theme.px(8));
    const bool withMap = picture.map.cells() > 0;
    // The map is the more, the more rows it has.
    const double map =
        withMap ? std::min(rest.height() * 0.72, theme.px(96 + 44.0 * static_cast<double>(picture.map.rows.size())))
                : 0;
    const double dots = std::min(rest.height() - map, theme.px(kHighestDots));
    layout.dots = layoutRunDots(picture.dots, QRectF(rest.left(), rest.top(), rest.width(), dots), theme);
    if (!withMap)
        return layout;
    layout.mapTitle = QRectF(rest.left(), rest.top() + dots + theme.px(4), rest.width(), theme.px(24));
    layout.map = layoutHeatMap(picture.map,
                               QRectF(rest.left(), layout.mapTitle.bottom(), rest.width(),
                                      std::max(0.0, rest.bottom() - layout.mapTitle.bottom())),
                               theme);
    return layout;
}

void paintMany(QPainter &painter, const ManyPicture &picture, const ManyLayout &layout, const Theme &theme)
{
    paintWordsIn(painter, layout.title, picture.title, theme.font(TextSize::Heading, QFont::Bold), theme.ink);
    paintWordsIn(painter, layout.sentence, picture.sentence, theme.font(TextSize::Label), theme.quietInk);
    paintRunDots(painter, picture.dots, layout.dots, theme);
    if (picture.map.cells() == 0)
        return;
    paintWordsIn(painter, layout.mapTitle, picture.mapTitle, theme.font(TextSize::Body, QFont::DemiBold), theme.ink);
    paintHeatMap(painter, picture.map, layout.map, theme);
}

} // namespace widgets
