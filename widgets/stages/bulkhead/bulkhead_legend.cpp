// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/look/translation.h"
#include "widgets/stages/bulkhead/bulkhead_scene.h"

namespace widgets {

std::vector<LegendSign> BulkheadScene::legend() const
{
    // clang-format off
    return {
        {Sign::Succeeded}, {Sign::Failed}, {Sign::TimedOut},
        {Sign::TurnedAwayAtDoor, LegendTr::tr("rejected: no slot, and no seat. Each keeps the colour of its caller")},
        {Sign::SlotFilling, LegendTr::tr("a slot; the filling is the time its call will still take. The letter tells whose call it is, the number is the same in both hulls")},
        {Sign::SlotOther, LegendTr::tr("a slot held by a call to the first service, which can be made slow")},
        {Sign::Wall, LegendTr::tr("the wall between two pools: drag it, or move it with Alt and an arrow")},
        {Sign::Door, LegendTr::tr("a door of callers; the same calls come to every hull")},
        {Sign::WaitingDot, LegendTr::tr("a seat in the queue, taken")},
    };
    // clang-format on
}

} // namespace widgets
