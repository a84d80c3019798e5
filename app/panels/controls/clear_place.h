// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRect>

#include <vector>

namespace app {

// What a card that lies over others is to leave in sight: the more, the heavier it is.
struct KeptInSight {
    QRect area;
    double weight = 1;
};

// How much of it a card covers: pixels times weight.
double covered(const QRect &card, const std::vector<KeptInSight> &kept);

// Where within `bounds` a card of that size covers the least; among places that are equal in this, the one whose middle
// is nearest to `wish`. As far into a corner as it gets where the card is larger than `bounds`.
QRect clearPlace(QSize card, const QRect &bounds, const std::vector<KeptInSight> &kept, QPoint wish);

} // namespace app
