// SPDX-License-Identifier: MIT
#include "core/sim/world/knob_access.h"
#include "core/sim/world/knob_families.h"

namespace resilience::sim {

namespace {

using Kind = KnobSpec::Kind;

bool hasLock(const KnobScope &scope) { return !scope.world.lock().holders().empty(); }
const LockScenario &lock(const KnobScope &scope) { return scope.world.lock().settings(); }

template <typename Change> void changeLock(const KnobHand &hand, Change change)
{
    RedlockConfig config = lock(hand).lock;
    change(config);
    KnobAccess::lock(hand.world).reconfigure(config, hand.context);
}

} // namespace

std::vector<KnobSpec> lockKnobs()
{
    // clang-format off
    return {
        {"lock_ttl", "Lease (ttl)", "s", Kind::Real, 1, 120, 1, true, {}, false,
         [](const KnobScope &w) { return toSeconds(lock(w).lock.ttl); },
         [](const KnobHand &w, double v) { changeLock(w, [v](auto &c) { c.ttl = fromSeconds(v); }); }, hasLock},
        {"lock_work", "Work before the write", "s", Kind::Real, 0.1, 1000, 0.5, true, {}, false,
         [](const KnobScope &w) { return toSeconds(lock(w).holders.front().work); },
         [](const KnobHand &w, double v) {
             KnobAccess::lock(w.world).changeHolders([v](LockHolderConfig &c) { c.work = fromSeconds(v); }, w.context);
         }, hasLock},
        {"fencing", "Fencing tokens", "", Kind::Toggle, 0, 1, 1, false, {}, false,
         [](const KnobScope &w) { return double(lock(w).fencing); },
         [](const KnobHand &w, double v) { KnobAccess::lock(w.world).setFencing(v != 0); }, hasLock},
        {"checks_before_writing", "Looks at its clock before writing", "", Kind::Toggle, 0, 1, 1, false, {}, false,
         [](const KnobScope &w) { return double(lock(w).checksBeforeWriting); },
         [](const KnobHand &w, double v) { KnobAccess::lock(w.world).setChecksBeforeWriting(v != 0); }, hasLock},
        {"extends", "Renews the lease while working", "", Kind::Toggle, 0, 1, 1, false, {}, false,
         [](const KnobScope &w) { return double(lock(w).holders.front().extends); },
         [](const KnobHand &w, double v) {
             KnobAccess::lock(w.world).changeHolders([v](LockHolderConfig &c) { c.extends = v != 0; }, w.context);
         }, hasLock},
        {"drift_factor", "Clock drift allowed for", "", Kind::Share, 0, 0.9, 0.01, false, {}, false,
         [](const KnobScope &w) { return lock(w).lock.driftFactor.share(); },
         [](const KnobHand &w, double v) { changeLock(w, [v](auto &c) { c.driftFactor = Ratio::of(v); }); }, hasLock},
        {"broken_release_without_compare", "Release without comparing the owner", "", Kind::Toggle, 0, 1, 1, false, {}, true,
         [](const KnobScope &w) { return double(!lock(w).releaseComparesOwner); },
         [](const KnobHand &w, double v) { KnobAccess::lock(w.world).setReleaseComparesOwner(v == 0); }, hasLock},
    };
    // clang-format on
}

} // namespace resilience::sim
