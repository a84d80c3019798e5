// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSizeF>

#include <vector>

namespace tests {

struct StageCard {
    QSizeF size;
    double scale;
};

// From the least that a window of 1024 x 640 leaves to a projector's, with text of 100 to 160 %.
inline const std::vector<StageCard> kStageCards{
    {{480, 320}, 1.0}, {{480, 320}, 1.5}, {{480, 320}, 1.6},  {{560, 420}, 1.25}, {{712, 488}, 1.0},  {{758, 481}, 1.0},
    {{712, 488}, 1.5}, {{900, 600}, 1.0}, {{1180, 640}, 1.6}, {{1280, 800}, 1.0}, {{1860, 1000}, 2.0}};

} // namespace tests
