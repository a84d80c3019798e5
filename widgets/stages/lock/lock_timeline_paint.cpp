// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stages/lock/lock_timeline.h"

#include "widgets/look/outcome_glyph.h"
#include "widgets/look/translation.h"
#include "widgets/stage/stage_words.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace widgets {

using namespace resilience;
using sim::RequestOutcome;

namespace {

void paintHatched(QPainter &painter, const QRectF &bar, const Theme &theme)
{
    QColor under = theme.card;
    under.setAlphaF(0.55F);
    painter.setPen(Qt::NoPen);
    painter.setBrush(under);
    painter.drawRect(bar);
    painter.setBrush(QBrush(theme.waiting.line, Qt::BDiagPattern));
    painter.setPen(QPen(theme.waiting.line, theme.px(1)));
    painter.drawRect(bar);
}

void paintGrip(QPainter &painter, QPointF at, const Theme &theme)
{
    painter.setPen(QPen(theme.waiting.line, theme.px(2)));
    painter.setBrush(theme.card);
    painter.drawEllipse(at, theme.px(5), theme.px(5));
}

// Words on a hatched bar, on a ground of their own.
void paintOnHatched(QPainter &painter, const StageLabel &label, const Theme &theme)
{
    if (label.text.isEmpty())
        return;
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.card);
    painter.drawRoundedRect(label.rect.adjusted(-theme.px(3), 0, theme.px(3), 0), theme.px(2), theme.px(2));
    paintLabel(painter, label);
}

void paintLane(QPainter &painter, const LockLane &lane, const LockTimeline &timeline, const Theme &theme)
{
    painter.setPen(QPen(theme.hairline, theme.px(1)));
    painter.drawLine(QPointF(timeline.axis.left(), lane.middle), QPointF(timeline.axis.right(), lane.middle));
    paintLabel(painter, lane.name);
    for (const LockLeaseShape &lease : lane.leases) {
        if (!lease.ahead.isEmpty()) {
            painter.setPen(QPen(theme.succeeded.line, theme.px(1), Qt::DashLine));
            painter.setBrush(theme.succeeded.soft);
            painter.drawRect(lease.ahead);
        }
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.succeeded.fill);
        painter.drawRect(lease.bar);
    }
    for (const LockPauseShape &pause : lane.pauses) {
        paintHatched(painter, pause.bar, theme);
        if (!pause.planned.isEmpty()) {
            painter.setBrush(Qt::NoBrush);
            painter.setPen(QPen(theme.waiting.line, theme.px(1), Qt::DashLine));
            painter.drawRect(pause.planned);
        }
    }
    for (const LockLeaseShape &lease : lane.leases)
        paintLabel(painter, lease.token);
    for (const LockPauseShape &pause : lane.pauses)
        paintOnHatched(painter, pause.text, theme);
    for (const LockBeliefLine &belief : lane.beliefs) {
        const double good = std::min(belief.overdue, belief.to);
        painter.setPen(QPen(theme.ink, theme.px(2.6), Qt::SolidLine, Qt::FlatCap));
        painter.drawLine(QPointF(belief.from, lane.belief), QPointF(good, lane.belief));
        if (belief.to <= belief.overdue)
            continue;
        painter.drawLine(QPointF(good, lane.belief - theme.px(4)), QPointF(good, lane.belief + theme.px(5)));
        // Whole dashes, the last of which ends where the belief does: a gap there would say that it ended before.
        const double width = theme.px(2.6);
        const double gaps = std::max(0.0, std::round(((belief.to - good) / width - 4) / 6));
        const double unit = (belief.to - good) / width / (gaps * 6 + 4);
        QPen pen(theme.failed.line, width, Qt::SolidLine, Qt::FlatCap);
        if (gaps > 0)
            pen.setDashPattern({4 * unit, 2 * unit});
        painter.setPen(pen);
        painter.drawLine(QPointF(good, lane.belief), QPointF(belief.to, lane.belief));
    }
    paintLabel(painter, lane.over);
    for (const StageGlyph &refusal : lane.refusals)
        paintStageGlyph(painter, refusal, theme);
}

} // namespace

void paintLockTimeline(QPainter &painter, const LockTimeline &timeline, const Theme &theme)
{
    if (timeline.area.isEmpty())
        return;
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.failed.soft);
    for (const QRectF &overlap : timeline.overlaps)
        painter.drawRect(overlap);
    painter.setPen(QPen(theme.quietLine, theme.px(2), Qt::SolidLine, Qt::FlatCap));
    painter.drawLine(QPointF(timeline.axis.left(), timeline.storage), QPointF(timeline.axis.right(), timeline.storage));
    for (const LockWriteMark &write : timeline.writes) {
        painter.setPen(QPen(write.stale && write.accepted ? theme.failed.line : theme.ink, theme.px(1.4)));
        painter.drawLine(write.from, write.glyph.at);
    }
    for (const LockLane &lane : timeline.lanes)
        paintLane(painter, lane, timeline, theme);
    for (const LockWriteMark &write : timeline.writes) {
        paintStageGlyph(painter, write.glyph, theme);
        paintLabel(painter, write.text);
    }
    for (const StageLabel &label : {timeline.storageName, timeline.storageRule, timeline.overlapText, timeline.key})
        paintLabel(painter, label);
    for (const StageLabel &tick : timeline.ticks)
        paintLabel(painter, tick);
    painter.setPen(QPen(theme.ink, theme.px(2)));
    painter.drawLine(QPointF(timeline.now, timeline.lanes.front().belief - theme.px(6)),
                     QPointF(timeline.now, timeline.storage + theme.px(8)));
    for (const QPointF &writing : timeline.writing)
        paintFlight(painter, FlightLook::Out, writing, theme.px(4), theme);
    if (theme.still)
        return;
    for (const LockLane &lane : timeline.lanes)
        for (const LockPauseShape &pause : lane.pauses)
            paintGrip(painter, pause.grip, theme);
}

void paintDraggedPause(QPainter &painter, const LockTimeline &timeline, const LockPauseShape &pause, double x,
                       const Theme &theme)
{
    const Time end = pauseEndAt(timeline, pause, x);
    QRectF bar = pause.bar;
    bar.setRight(std::max(timeline.axis.clampedX(end), bar.left() + theme.px(2)));
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.card);
    painter.drawRect(bar);
    paintHatched(painter, bar, theme);
    // Beside the end, where the pointer does not hide it.
    StageLabel text = makeLabel(LockTr::tr("paused %1").arg(words::duration(end - pause.from)),
                                theme.font(TextSize::Label, QFont::Bold), theme.waiting.text);
    const double away = theme.px(12);
    const bool right = bar.right() + away + text.rect.width() <= timeline.area.right();
    text = right ? leftAt(text, bar.right() + away, bar.center().y())
                 : rightAt(text, bar.right() - away, bar.center().y());
    paintOnHatched(painter, text, theme);
    paintGrip(painter, {bar.right(), bar.center().y()}, theme);
}

} // namespace widgets
