// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/export/stage_picture.h"

#include "widgets/breaker_stage_scene.h"

#include <QPainter>

namespace app {

using resilience::labs::PanelKind;
using resilience::sim::Snapshot;

void paintStage(QPainter &painter, PanelKind kind, Snapshot snapshot, QSizeF size, const widgets::Theme &theme)
{
    snapshot.playing = true;
    snapshot.next.reset();
    switch (kind) {
    case PanelKind::BreakerStage:
        widgets::paintBreakerStage(painter, widgets::layoutBreakerStage(snapshot, size, theme), snapshot, theme, {});
        return;
    }
}

} // namespace app
