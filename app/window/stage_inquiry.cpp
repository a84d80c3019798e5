// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/stage_inquiry.h"

#include "core/tell/explain.h"

namespace app {

using namespace resilience;
using namespace resilience::sim;
using widgets::StageTarget;
namespace targets = widgets::targets;

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
    if (const uint64_t event = target.event())
        return event;
    if (const auto *request = target.as<targets::Request>())
        return tellingEvent(run, request->request);
    if (const auto *pile = target.as<targets::RejectionPile>())
        return latest(run, [&](const Event &event) { return endedBy(event) == pile->cause; });
    if (const auto *breaker = target.as<targets::BreakerSwitch>())
        return latest(run, [&](const Event &event) {
            return event.as<Transitioned>() && event.actor == resilience::sim::Subject::client(breaker->client);
        });
    if (const auto *bubble = target.as<targets::StateBubble>())
        return latest(run, [&](const Event &event) {
            const auto *moved = event.as<Transitioned>();
            return moved && moved->move.to == bubble->state;
        });
    if (const auto *arrow = target.as<targets::Arrow>())
        return latest(run, [&](const Event &event) {
            const auto *moved = event.as<Transitioned>();
            return moved && moved->move.from == arrow->from && moved->move.to == arrow->to;
        });
    return 0;
}

std::optional<uint32_t> componentBehind(const StageTarget &target, const widgets::StageScene &scene,
                                        const Snapshot &snapshot, const Timeline &run)
{
    if (const auto what = scene.clicked(snapshot, target)) {
        if (const auto *set = std::get_if<SetFault>(&*what))
            return set->target;
        if (const auto *clear = std::get_if<ClearFault>(&*what))
            return clear->target;
        return std::nullopt;
    }
    if (const auto service = scene.serviceToBreak(snapshot, target))
        return service;
    if (!target.is<targets::Part>() || snapshot.health.empty())
        return std::nullopt;
    const Event *event = run.history().log().numbered(eventBehind(target, scene, snapshot, run));
    return event ? placeOf(event->target, snapshot.components) : std::nullopt;
}

} // namespace app
