// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/run/snapshot.h"
#include "widgets/look/theme.h"
#include "widgets/stage/stage_label.h"
#include "widgets/stage/stage_phase.h"
#include "widgets/stage/stage_target.h"

#include <QPointF>
#include <QSizeF>
#include <QString>

#include <utility>
#include <vector>

class QPainter;

namespace widgets {

// A named area that nothing else may cross; a label lies inside it or clear of it.
struct StageShape {
    QString name;
    QRectF rect;
};

// One moment of a stage, laid out: a value that never changes once it is made, with all it takes to paint it. The same
// for the screen, for exports and for tests; no widget, no clock.
class StagePicture {
public:
    StagePicture(resilience::sim::SharedSnapshot snapshot, QSizeF size, const Theme &theme)
        : m_snapshot(std::move(snapshot)), m_size(size), m_theme(theme)
    {
    }
    StagePicture(const StagePicture &) = delete;
    StagePicture &operator=(const StagePicture &) = delete;
    virtual ~StagePicture();

    // Everything but the card, within (0, 0, size).
    virtual void paint(QPainter &painter, const StagePhase &phase) const = 0;
    virtual const StageHits &hits() const = 0;
    // Every text on the stage, and the shapes that must not overlap: what tests look at. An empty label is left out.
    virtual std::vector<StageLabel> labels() const = 0;
    virtual std::vector<StageShape> shapes() const { return {}; }
    // What can be covered while something is asked that it would tell; a name may stand for several areas.
    virtual std::vector<StageShape> parts() const { return {}; }
    // The outline of what the next event is about, while paused; empty when there is none. The picture paints it.
    virtual QRectF next() const { return {}; }
    // A hit on its way under the pointer, `by` px from its place: an outline, unless a picture knows better.
    virtual void paintDragged(QPainter &painter, const StageHit &hit, QPointF by) const;

    const resilience::sim::Snapshot &snapshot() const { return *m_snapshot; }
    QSizeF size() const { return m_size; }
    const Theme &theme() const { return m_theme; }

private:
    resilience::sim::SharedSnapshot m_snapshot;
    QSizeF m_size;
    Theme m_theme;
};

// The card the stage stands on. Exports without a background leave it out.
void paintStageCard(QPainter &painter, QSizeF size, const Theme &theme, bool paused);
// The dashed outline around what comes next; nothing when `next` is empty.
void paintStageNext(QPainter &painter, const QRectF &next, const Theme &theme);
// The outline of a hit, `away` px around it.
void paintStageOutline(QPainter &painter, const StageHit &hit, double away, const QPen &pen, const Theme &theme);
// The card without its margin.
QRectF stageInner(QSizeF size, const Theme &theme);

} // namespace widgets
