// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/look/translation.h"
#include "widgets/stages/lock/lock_scene.h"

namespace widgets {

std::vector<LegendSign> LockScene::legend() const
{
    // clang-format off
    return {
        {Sign::Succeeded, LegendTr::tr("a write that was accepted")},
        {Sign::Failed, LegendTr::tr("a stale write that was accepted: it overwrites a later one")},
        {Sign::Rejected, LegendTr::tr("a vote that was lost; at the storage, a write that was refused")},
        {Sign::Vote, LegendTr::tr("this node has granted the lease to that holder")},
        {Sign::Wire, LegendTr::tr("the network of a node or holder: click to cut it")},
        {Sign::LeaseBar, LegendTr::tr("what is left of a lease; the amber end is kept back for clocks that drift. A · +100 %: granted to A, the clock runs twice as fast")},
        {Sign::BeliefLine, LegendTr::tr("a holder takes the lease for its own; dashed: its lease is over")},
        {Sign::PauseBar, LegendTr::tr("a process that stands still; drag the ring, and the pause ends there instead")},
    };
    // clang-format on
}

} // namespace widgets
