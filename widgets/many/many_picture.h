// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/many/heat_map.h"
#include "widgets/many/run_dots.h"

namespace widgets {

// What many runs tell: a sentence about the one that is open, all runs as dots, and the map of two knobs where there is
// one.
struct ManyPicture {
    QString title;
    QString sentence;
    RunDots dots;
    QString mapTitle;
    HeatMap map; // without cells there is none
    bool operator==(const ManyPicture &) const = default;
};

struct ManyLayout {
    QRectF title;
    QRectF sentence;
    RunDotsLayout dots;
    QRectF mapTitle;
    HeatMapLayout map;
};
ManyLayout layoutMany(const ManyPicture &picture, QSizeF size, const Theme &theme);
void paintMany(QPainter &painter, const ManyPicture &picture, const ManyLayout &layout, const Theme &theme);

} // namespace widgets
