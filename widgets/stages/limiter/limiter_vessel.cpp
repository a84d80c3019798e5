// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stages/limiter/limiter_vessel.h"

#include "widgets/stage/stage_words.h"
#include "widgets/stages/limiter/limiter_words.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace widgets {

using namespace resilience;
using resilience::sim::PipelineView;
using resilience::sim::Snapshot;

namespace {

// Rows from the bottom, as square as the glass allows.
void placeTokens(LimiterVessel &vessel, uint64_t capacity, const Theme &theme)
{
    const double gap = theme.px(5);
    double best = 0;
    size_t columns = 1;
    for (size_t c = 1; c <= capacity; ++c) {
        const size_t rows = (capacity + c - 1) / c;
        const double pitch =
            std::min((vessel.glass.width() - gap) / double(c), (vessel.glass.height() - gap) / double(rows));
        if (pitch > best) {
            best = pitch;
            columns = c;
        }
    }
    const double pitch = std::min(best, theme.px(64));
    vessel.radius = std::max(1.0, (pitch - gap) / 2);
    const double left = vessel.glass.center().x() - pitch * double(columns) / 2 + pitch / 2;
    for (size_t i = 0; i < capacity; ++i)
        vessel.places.push_back({left + pitch * double(i % columns),
                                 vessel.glass.bottom() - gap / 2 - pitch * (double(i / columns) + 0.5)});
}

} // namespace

QRectF LimiterVessel::outline() const
{
    return flow == Flow::In ? glass.adjusted(0, -tap * 0.88, 0, 0) : glass.adjusted(0, 0, 0, tap);
}

LimiterVessel layoutVessel(const Snapshot &snapshot, uint32_t index, const QRectF &area, const Theme &theme)
{
    LimiterVessel vessel;
    const PipelineView &pipeline = snapshot.pipelines[index];
    const AnyLimiterConfig &config = pipeline.config.rateLimiter;
    const bool queues = kindOf(config) == LimiterKind::LeakyQueue;
    const bool leaks = kindOf(config) == LimiterKind::LeakyBucket || kindOf(config) == LimiterKind::LeakyQueue;
    vessel.flow = leaks ? LimiterVessel::Flow::Out : LimiterVessel::Flow::In;
    // In a queue stand those who wait; the one whose turn it is has gone on.
    const uint64_t seats = burstOf(config) - (queues ? 1 : 0);
    const double capacity = std::max(1.0, double(seats));
    const double inside = queues  ? double(words::waitingForTurn(snapshot, index))
                          : leaks ? capacity - pipeline.permits
                                  : pipeline.permits;

    const QFont label = theme.font(TextSize::Label);
    const double line = lineHeight(label) + theme.px(3);
    const double tap = std::clamp(area.height() * 0.14, theme.px(18), theme.px(44));
    const double words = line * 2 + theme.px(8) + lineHeight(theme.font(TextSize::Body, QFont::DemiBold));
    const double width =
        std::min({area.width() - theme.px(16), theme.px(230), std::max(theme.px(120), area.height() * 0.5)});
    QRectF glass(area.center().x() - width / 2, area.top() + line + (leaks ? theme.px(4) : tap), width,
                 std::max(theme.px(24), area.height() - words - tap));
    vessel.glass = glass;
    vessel.tap = tap;
    vessel.name = centredAt(fitLabel({words::limiterName(kindOf(config)), {}}, area.width(),
                                     theme.font(TextSize::Label, QFont::DemiBold), theme.ink),
                            {area.center().x(), area.top() + line / 2});

    vessel.level = std::clamp(inside / capacity, 0.0, 1.0);
    vessel.full = static_cast<uint64_t>(std::floor(inside + 1e-9));
    if (seats <= kCountable)
        placeTokens(vessel, seats, theme);
    else
        for (int i = 1; i < 5; ++i)
            vessel.ticks.push_back(glass.bottom() - glass.height() * i / 5);
    const double fraction = inside - std::floor(inside + 1e-9);
    vessel.dripping = leaks ? inside > 1e-9 : inside < capacity - 1e-9;
    vessel.dripGrowth = std::clamp(leaks ? 1 - fraction : fraction, 0.0, 1.0);
    vessel.drip = leaks ? QPointF(glass.center().x(), glass.bottom() + tap * 0.45)
                        : QPointF(glass.center().x() + glass.width() * 0.06, glass.top() - tap * 0.25);

    const double below = glass.bottom() + (leaks ? tap : theme.px(6));
    vessel.count = centredAt(fitLabel(words::limiterCount(snapshot, index), area.width(),
                                      theme.font(TextSize::Body, QFont::DemiBold), theme.ink),
                             {area.center().x(), below + line / 2});
    vessel.next = centredAt(fitLabel(words::limiterNext(pipeline), area.width(), label, theme.quietInk),
                            {area.center().x(), below + line * 1.5 + theme.px(2)});
    return vessel;
}

void paintVessel(QPainter &painter, const LimiterVessel &vessel, const Theme &theme)
{
    const QRectF &glass = vessel.glass;
    const double round = std::min(theme.px(14), glass.width() / 6);
    QPainterPath inside;
    inside.moveTo(glass.topLeft());
    inside.lineTo(glass.left(), glass.bottom() - round);
    inside.quadTo(glass.bottomLeft(), {glass.left() + round, glass.bottom()});
    inside.lineTo(glass.right() - round, glass.bottom());
    inside.quadTo(glass.bottomRight(), {glass.right(), glass.bottom() - round});
    inside.lineTo(glass.topRight());
    painter.fillPath(inside, theme.inset);
    if (vessel.radius <= 0) {
        painter.save();
        painter.setClipPath(inside);
        painter.fillRect(
            QRectF(glass.left(), glass.bottom() - glass.height() * vessel.level, glass.width(), glass.height()),
            theme.trial.fill);
        painter.restore();
        painter.setPen(QPen(theme.quietLine, 1));
        for (const double y : vessel.ticks)
            painter.drawLine(QPointF(glass.left(), y), QPointF(glass.left() + theme.px(8), y));
    }
    for (size_t i = 0; i < vessel.places.size(); ++i) {
        const bool there = i < vessel.full;
        painter.setPen(
            QPen(there ? theme.trial.line : theme.hairline, theme.px(1.3), there ? Qt::SolidLine : Qt::DotLine));
        painter.setBrush(there ? QBrush(theme.trial.fill) : Qt::NoBrush);
        painter.drawEllipse(vessel.places[i], vessel.radius, vessel.radius);
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme.ink, theme.px(2.6), Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    if (vessel.flow == LimiterVessel::Flow::In) {
        painter.drawPath(inside);
        // The drop hangs below the spout, and all of it stays below the name.
        const double spout = vessel.drip.x();
        const double height = std::min(theme.px(14), vessel.tap * 0.32);
        const double y = glass.top() - vessel.tap * 0.5;
        painter.setPen(
            QPen(theme.ink, std::min(theme.px(4.5), vessel.tap * 0.16), Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin));
        QPainterPath tap;
        tap.moveTo(spout - glass.width() * 0.24, y - height);
        tap.lineTo(spout, y - height);
        tap.lineTo(spout, y);
        painter.drawPath(tap);
    } else {
        painter.drawPath(inside);
        painter.setPen(QPen(theme.card, theme.px(6)));
        painter.drawLine(QPointF(glass.center().x() - theme.px(6), glass.bottom()),
                         QPointF(glass.center().x() + theme.px(6), glass.bottom()));
    }
    if (vessel.dripping) {
        painter.setPen(QPen(theme.trial.line, theme.px(1)));
        painter.setBrush(theme.trial.fill);
        const double drop = std::min(theme.px(6.5), vessel.tap * 0.22) * (0.3 + 0.7 * vessel.dripGrowth);
        painter.drawEllipse(vessel.drip, drop, drop);
    }
    for (const StageLabel &label : vessel.labels())
        paintLabel(painter, label);
}

} // namespace widgets
