// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/export/stage_picture.h"

#include "app/stages/panel_factory.h"

#include <QPainter>

namespace app {

using resilience::labs::PanelKind;
using resilience::sim::Snapshot;

void paintStage(QPainter &painter, PanelKind kind, Snapshot snapshot, QSizeF size, const widgets::Theme &theme)
{
    snapshot.playing = true;
    snapshot.next.reset();
    if (const auto picture = makeScene(kind)->layout(std::move(snapshot), size, theme))
        picture->paint(painter, {});
}

} // namespace app
