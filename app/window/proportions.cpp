// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/proportions.h"

#include <algorithm>
#include <cmath>

namespace app {

namespace {
int share(int whole, double part, int least, int most)
{
    return std::clamp(int(std::lround(whole * part)), least, most);
}
} // namespace

Proportions proportionsFor(QSize window, double textScale)
{
    Proportions p;
    p.gap = window.width() < 1200 || window.height() < 720 ? 8 : 16;
    // Larger text needs wider columns, but it may take more lines as well: the stage must not become a column itself.
    const double wider = 1 + (textScale - 1) * 0.5;
    p.guide = std::min(int(share(window.width(), 0.25, 240, 360) * wider), int(window.width() * 0.27));
    p.side = std::min(int(share(window.width(), 0.15, 192, 272) * wider), int(window.width() * 0.25));
    p.bottom = std::min(int(share(window.height(), 0.285, 212, 330) * (1 + (textScale - 1) * 0.6)),
                        int(window.height() * 0.42));
    return p;
}

} // namespace app
