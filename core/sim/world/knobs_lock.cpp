// SPDX-License-Identifier: MIT
#include "core/sim/world/knob_access.h"
#include "core/sim/world/knob_families.h"

namespace resilience::sim {

namespace {

using Kind = KnobSpec::Kind;

bool hasLock(const World &world) { return !world.lock().holders().empty(); }
const LockScenario &lock(const World &world) { return world.lock().settings(); }

template <typename Change> void changeLock(World &world, StepContext &context, Change change)
{
    RedlockConfig config = lock(world).lock;
    change(config);
    KnobAccess::lock(world).reconfigure(config, context);
}

} // namespace

std::vector<KnobSpec> lockKnobs()
{
    // clang-format off
    return {
        {"lock_ttl", "Lease (ttl)", "s", Kind::Real, 1, 120, 1, true, {}, false,
         [](const World &w) { return toSeconds(lock(w).lock.ttl); },
         [](World &w, double v, StepContext &t) { changeLock(w, t, [v](auto &c) { c.ttl = fromSeconds(v); }); }, hasLock},
        {"lock_work", "Work before the write", "s", Kind::Real, 0.1, 1000, 0.5, true, {}, false,
         [](const World &w) { return toSeconds(lock(w).holders.front().work); },
         [](World &w, double v, StepContext &t) {
             KnobAccess::lock(w).changeHolders([v](LockHolderConfig &c) { c.work = fromSeconds(v); }, t);
         }, hasLock},
        {"fencing", "Fencing tokens", "", Kind::Toggle, 0, 1, 1, false, {}, false,
         [](const World &w) { return double(lock(w).fencing); },
         [](World &w, double v, StepContext &) { KnobAccess::lock(w).setFencing(v != 0); }, hasLock},
        {"checks_before_writing", "Looks at its clock before writing", "", Kind::Toggle, 0, 1, 1, false, {}, false,
         [](const World &w) { return double(lock(w).checksBeforeWriting); },
         [](World &w, double v, StepContext &) { KnobAccess::lock(w).setChecksBeforeWriting(v != 0); }, hasLock},
        {"extends", "Renews the lease while working", "", Kind::Toggle, 0, 1, 1, false, {}, false,
         [](const World &w) { return double(lock(w).holders.front().extends); },
         [](World &w, double v, StepContext &t) {
             KnobAccess::lock(w).changeHolders([v](LockHolderConfig &c) { c.extends = v != 0; }, t);
         }, hasLock},
        {"drift_factor", "Clock drift allowed for", "", Kind::Share, 0, 0.9, 0.01, false, {}, false,
         [](const World &w) { return lock(w).lock.driftFactor.share(); },
         [](World &w, double v, StepContext &t) { changeLock(w, t, [v](auto &c) { c.driftFactor = Ratio::of(v); }); }, hasLock},
        {"broken_release_without_compare", "Release without comparing the owner", "", Kind::Toggle, 0, 1, 1, false, {}, true,
         [](const World &w) { return double(!lock(w).releaseComparesOwner); },
         [](World &w, double v, StepContext &) { KnobAccess::lock(w).setReleaseComparesOwner(v == 0); }, hasLock},
    };
    // clang-format on
}

} // namespace resilience::sim
