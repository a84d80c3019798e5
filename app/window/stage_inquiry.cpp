// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/stage_inquiry.h"

#include "core/tell/explain.h"

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

std::optional<uint32_t> componentBehind(const StageTarget &target, const widgets::StageScene &scene,
                                        const Snapshot &snapshot, const Timeline &run)
{
    using Kind = StageTarget::Kind;
    if (const auto what = scene.clicked(snapshot, target)) {
        if (const auto *set = std::get_if<SetFault>(&*what))
            return set->target;
        if (const auto *clear = std::get_if<ClearFault>(&*what))
            return clear->target;
        return std::nullopt;
    }
    if (const auto service = scene.serviceToBreak(snapshot, target))
        return service;
    const bool ofCheck = target.kind == Kind::Node || target.kind == Kind::Lane || target.kind == Kind::Slot
                         || target.kind == Kind::Part;
    if (!ofCheck || snapshot.health.empty())
        return std::nullopt;
    const Event *event = run.history().log().numbered(eventBehind(target, scene, snapshot, run));
    return event ? std::optional(event->service) : std::nullopt;
}

} // namespace app
