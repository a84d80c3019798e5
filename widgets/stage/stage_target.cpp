// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stage/stage_target.h"

#include <QLineF>

#include <algorithm>

namespace widgets {

uint64_t StageTarget::event() const
{
    if (const auto *event = as<targets::Event>())
        return event->event;
    const auto *outcome = as<targets::RecentOutcome>();
    return outcome ? outcome->event : 0;
}

bool StageHit::contains(QPointF point, double slack) const
{
    if (curve.isEmpty())
        return area.contains(point);
    constexpr int kSamples = 32;
    for (int i = 0; i <= kSamples; ++i)
        if (QLineF(curve.pointAtPercent(i / double(kSamples)), point).length() <= slack)
            return true;
    return false;
}

uint64_t StageHit::standsFor() const { return event != 0 ? event : target.event(); }

StageTarget hitTest(const StageHits &hits, QPointF point)
{
    constexpr double kSlack = 7;
    for (auto hit = hits.rbegin(); hit != hits.rend(); ++hit)
        if (hit->contains(point, kSlack))
            return hit->target;
    return {};
}

const StageHit *findHit(const StageHits &hits, const StageTarget &target)
{
    const auto hit = std::find_if(hits.begin(), hits.end(),
                                  [&target](const StageHit &candidate) { return candidate.target == target; });
    return hit == hits.end() ? nullptr : &*hit;
}

const StageHit *findEvent(const StageHits &hits, uint64_t event)
{
    const auto hit = std::find_if(hits.begin(), hits.end(), [event](const StageHit &candidate) {
        return event != 0 && candidate.standsFor() == event;
    });
    return hit == hits.end() ? nullptr : &*hit;
}

QRectF areaAround(QPointF centre, double radius)
{
    return {centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius};
}

} // namespace widgets
