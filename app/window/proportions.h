// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSize>

namespace app {

// How the window is divided, in px. The stage gets 55 % of the width and more as soon as the columns beside it are wide
// enough to be read.
struct Proportions {
    int gap = 16; // between cards and around them
    int guide = 320; // width
    int side = 192; // width of knobs, faults, inspector
    int bottom = 216; // height of transport, lanes and charts

    bool operator==(const Proportions &) const = default;
};

// What can be left to the time below the stage: neither disappears.
int boundedBottom(QSize window, int wanted);

// `textScale`: 1..2.
Proportions proportionsFor(QSize window, double textScale);

} // namespace app
