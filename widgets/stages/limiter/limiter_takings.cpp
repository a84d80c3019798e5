// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stages/limiter/limiter_takings.h"

#include "widgets/look/outcome_glyph.h"
#include "widgets/stage/stage_context.h"

#include <QPainter>

#include <algorithm>

namespace widgets {

using resilience::sim::Snapshot;

namespace {

constexpr size_t kMostTakings = 12;

}

QPointF LimiterTaking::at() const
{
    const double t = share;
    return from * ((1 - t) * (1 - t)) + over * (2 * t * (1 - t)) + to * (t * t);
}

std::vector<LimiterTaking> layoutTakings(const Snapshot &snapshot, const LimiterVessel &vessel, const LimiterTape &tape,
                                         const Theme &theme)
{
    std::vector<LimiterTaking> takings;
    if (vessel.flow != LimiterVessel::Flow::In || tape.rows.empty() || tooFastForDots(snapshot))
        return takings;
    const StageContext context{snapshot, theme};
    const std::vector<TapeMark> &marks = tape.rows.front().marks;
    const QPointF rim(vessel.glass.center().x(), vessel.glass.top());
    uint64_t taken = 0; // since: the later ones lay below
    for (auto mark = marks.rbegin(); mark != marks.rend() && takings.size() < kMostTakings; ++mark) {
        const double share = context.screenAge(mark->at) / kTakingTime;
        if (share >= 1)
            break;
        const QPointF to = mark->bar.center();
        LimiterTaking taking{.event = mark->event, .token = mark->passed, .from = rim, .to = to, .share = share};
        if (mark->passed) {
            const uint64_t place = vessel.full + taken++;
            taking.from = vessel.places.empty()
                              ? QPointF(rim.x(), vessel.glass.bottom() - vessel.glass.height() * vessel.level)
                              : vessel.places[std::min<size_t>(place, vessel.places.size() - 1)];
        }
        taking.over = {(taking.from.x() + vessel.glass.right()) / 2, std::min(rim.y(), to.y()) - theme.px(24)};
        takings.push_back(taking);
    }
    return takings;
}

void paintTakings(QPainter &painter, const std::vector<LimiterTaking> &takings, const LimiterVessel &vessel,
                  const Theme &theme)
{
    const double whole = vessel.radius > 0 ? vessel.radius : theme.px(8);
    for (const LimiterTaking &taking : takings) {
        const double radius = whole + (theme.px(3) - whole) * taking.share;
        if (!taking.token) {
            paintOutcome(painter, resilience::sim::RequestOutcome::Throttled, taking.at(), theme.px(5), theme);
            continue;
        }
        painter.setPen(QPen(theme.trial.line, theme.px(1.3)));
        painter.setBrush(theme.trial.fill);
        painter.drawEllipse(taking.at(), radius, radius);
    }
}

} // namespace widgets
