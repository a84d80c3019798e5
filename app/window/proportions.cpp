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

int boundedBottom(QSize window, int wanted)
{
    return std::clamp(wanted, std::min(180, window.height() / 3), std::max(180, int(window.height() * 0.66)));
}

Proportions proportionsFor(QSize window, double textScale)
{
    Proportions p;
    p.gap = window.width() < 1200 || window.height() < 720 ? 8 : 16;
    // Larger text needs wider columns, but it may take more lines as well: the stage must not become a column itself.
    const double wider = 1 + (textScale - 1) * 0.5;
    p.guide = std::min(int(share(window.width(), 0.25, 240, 360) * wider), int(window.width() * 0.27));
    p.side = std::min(int(share(window.width(), 0.15, 192, 272) * wider), int(window.width() * 0.25));
    // One chart of at least 120 px at 800, two of 180 at 1080.
    const int above = window.height() - 800;
    const int usual =
        above <= 0 ? std::max(216, 304 + above * 55 / 100) : std::min(304 + above, window.height() * 54 / 100);
    const int large = std::min(int(window.height() * 0.285 * (1 + (textScale - 1) * 0.6)), window.height() * 42 / 100);
    p.bottom = std::max(usual, large);
    return p;
}

} // namespace app
