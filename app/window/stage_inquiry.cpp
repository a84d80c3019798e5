// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/stage_inquiry.h"

#include "core/sim/explain/explain.h"

namespace app {

using namespace resilience;
using namespace resilience::sim;
using widgets::StageTarget;

namespace {
template <typename Wanted> uint64_t latest(const Timeline &run, Wanted wanted)
{
    const EventLog &log = run.history().log();
    for (uint64_t number = run.lastEvent(); number >= log.firstNumber() && number > 0; --number) {
        const Event *event = log.numbered(number);
        if (event && wanted(*event))
            return number;
    }
    return 0;
}
} // namespace

uint64_t eventBehind(const StageTarget &target, const widgets::StageScene &scene, const Snapshot &snapshot,
                     const Timeline &run)
{
    if (const auto named = scene.eventBehind(snapshot, target))
        return *named;
    switch (target.kind) {
    case StageTarget::Kind::RecentOutcome:
    case StageTarget::Kind::Event:
        return target.id;
    case StageTarget::Kind::Request:
        return tellingEvent(run, target.id);
    case StageTarget::Kind::RejectionPile:
        return latest(run, [&](const Event &event) { return endedBy(event) == RequestOutcome(target.id); });
    case StageTarget::Kind::Switch:
        return latest(run, [&](const Event &event) { return event.as<Transitioned>() && event.client == target.id; });
    case StageTarget::Kind::StateBubble:
        return latest(run, [&](const Event &event) {
            const auto *moved = event.as<Transitioned>();
            return moved && moved->move.to == target.from;
        });
    case StageTarget::Kind::Arrow:
        return latest(run, [&](const Event &event) {
            const auto *moved = event.as<Transitioned>();
            return moved && moved->move.from == target.from && moved->move.to == target.to;
        });
    case StageTarget::Kind::Client:
    case StageTarget::Kind::Service:
    case StageTarget::Kind::Policy:
    case StageTarget::Kind::Node:
    case StageTarget::Kind::Lane:
    case StageTarget::Kind::Slot:
    case StageTarget::Kind::Part:
    case StageTarget::Kind::None:
        break;
    }
    return 0;
}

} // namespace app
