// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stages/capstone/capstone_view.h"

#include "widgets/stage/stage_context.h"

#include <algorithm>

namespace widgets {

using resilience::PolicyKind;
using resilience::Time;
using resilience::toSeconds;
using resilience::sim::Answered;
using resilience::sim::Event;
using resilience::sim::Finished;
using resilience::sim::HedgeBegun;
using resilience::sim::Leg;
using resilience::sim::OutOfTime;
using resilience::sim::Rejected;
using resilience::sim::Request;
using resilience::sim::RequestOutcome;
using resilience::sim::RetryGivenUp;
using resilience::sim::RetryPlanned;
using resilience::sim::Sent;
using resilience::sim::Snapshot;

namespace {

constexpr double kLately = 2.0; // simulated seconds
constexpr double kLeast = 0.25; // a shorter time makes no rate

struct Lately {
    Time from;
    double seconds = 0;
};
// The snapshot's events may reach less far back.
Lately latelyOf(const Snapshot &snapshot)
{
    double seconds = std::min(kLately, toSeconds(snapshot.now));
    if (snapshot.events.size() >= Snapshot::kEvents)
        seconds = std::min(seconds, toSeconds(snapshot.now - snapshot.events.front().at));
    return {snapshot.now - resilience::fromSeconds(seconds), seconds};
}

void count(ShopLine &line, const Event &event, double share)
{
    const auto acted = [&line](PolicyKind kind) { line.acted[static_cast<size_t>(kind)] = true; };
    if (event.as<Sent>()) {
        line.sent += share;
    } else if (const auto *answered = event.as<Answered>()) {
        line.answered += share;
        line.forNobody += answered->forNobody ? share : 0;
    } else if (const auto *finished = event.as<Finished>()) {
        (finished->outcome == RequestOutcome::Succeeded ? line.succeeded : line.failed) += share;
        if (finished->outcome == RequestOutcome::TimedOut)
            acted(PolicyKind::AttemptTimeout);
        if (finished->outcome != RequestOutcome::Succeeded)
            acted(PolicyKind::Fallback);
    } else if (const auto *away = event.as<Rejected>()) {
        line.turnedAway += share;
        acted(away->by);
        acted(PolicyKind::Fallback);
    } else if (const auto *late = event.as<OutOfTime>()) {
        if (late->by)
            acted(*late->by);
        acted(PolicyKind::Fallback);
    } else if (event.as<RetryPlanned>()) {
        acted(PolicyKind::Retry);
    } else if (event.as<HedgeBegun>()) {
        acted(PolicyKind::Hedging);
    }
}

bool isTelling(const Event &event)
{
    const auto *finished = event.as<Finished>();
    return event.as<Rejected>() || event.as<OutOfTime>() || event.as<RetryGivenUp>()
           || (finished && finished->outcome != RequestOutcome::Succeeded);
}

} // namespace

std::optional<Shop> shopOf(const Snapshot &snapshot)
{
    if (snapshot.clients.empty() || subjectOf(snapshot.clients).target >= snapshot.services.size())
        return std::nullopt;
    Shop shop{.gateway = subjectOf(snapshot.clients).target};
    shop.lines.push_back({.pipeline = subjectOf(snapshot.clients).pipeline, .service = shop.gateway});
    for (uint32_t i = 0; i < snapshot.pipelines.size(); ++i) {
        const auto &owner = snapshot.pipelines[i].owner;
        if (owner.caller == resilience::sim::Subject::service(shop.gateway) && shop.lines.size() <= kMostServices)
            shop.lines.push_back({.pipeline = i, .service = owner.target, .optional = owner.optional});
    }
    const Lately lately = latelyOf(snapshot);
    if (lately.seconds < kLeast)
        return shop;
    for (auto event = snapshot.events.rbegin(); event != snapshot.events.rend() && event->at > lately.from; ++event)
        for (ShopLine &line : shop.lines)
            if (event->pipeline == line.pipeline)
                count(line, *event, 1 / lately.seconds);
    // Attempts of clients come in waves: their rate is taken over as long a time as the goodput, but never beside that
    // of refusals, which are over a shorter one.
    if (snapshot.clients.size() == 1 && snapshot.goodput.known() && shop.lines.front().turnedAway == 0)
        shop.lines.front().sent = static_cast<double>(snapshot.goodput.sent) / toSeconds(snapshot.goodput.span);
    // A fallback that is not in use has answered nothing.
    for (ShopLine &line : shop.lines)
        for (size_t kind = 0; kind < resilience::kPolicyKindCount; ++kind)
            line.acted[kind] =
                line.acted[kind] && snapshot.pipelines[line.pipeline].config.order.has(static_cast<PolicyKind>(kind));
    return shop;
}

Standing standingOf(const Snapshot &snapshot)
{
    if (paceOf(snapshot) == Pace::NotStarted)
        return Standing::NotStarted;
    const auto &goodput = snapshot.goodput;
    if (!goodput.known())
        return Standing::Early;
    if (goodput.metastable())
        return Standing::Metastable;
    return goodput.up() ? Standing::Up : goodput.down() ? Standing::Down : Standing::Struggling;
}

bool isForNobody(const Snapshot &snapshot, const Request &request)
{
    const Request *one = &request;
    while (!one->abandoned && one->parent != 0) {
        const auto parent = std::lower_bound(snapshot.requests.begin(), snapshot.requests.end(), one->parent,
                                             [](const Request &r, uint64_t key) { return r.key < key; });
        if (parent == snapshot.requests.end() || parent->key != one->parent)
            return true;
        one = &*parent;
    }
    return one->abandoned;
}

WorkForNobody workForNobody(const Snapshot &snapshot, uint32_t service)
{
    WorkForNobody found;
    for (const Request &request : snapshot.requests) {
        if (request.service != service || (request.leg != Leg::Serving && request.leg != Leg::Queued)
            || !isForNobody(snapshot, request))
            continue;
        ++(request.leg == Leg::Serving ? found.served : found.queued);
    }
    return found;
}

uint64_t tellingEvent(const Snapshot &snapshot, uint32_t pipeline)
{
    uint64_t result = 0;
    for (auto event = snapshot.events.rbegin(); event != snapshot.events.rend(); ++event) {
        if (event->pipeline != pipeline)
            continue;
        if (isTelling(*event))
            return event->number;
        const auto *answered = event->as<Answered>();
        if (result == 0 && (event->as<Finished>() || (answered && answered->forNobody)))
            result = event->number;
    }
    return result;
}

uint64_t tellingEnd(const Snapshot &snapshot)
{
    const auto failed = std::find_if(snapshot.recent.rbegin(), snapshot.recent.rend(),
                                     [](const auto &end) { return end.outcome != RequestOutcome::Succeeded; });
    if (failed != snapshot.recent.rend())
        return failed->event;
    return snapshot.recent.empty() ? 0 : snapshot.recent.back().event;
}

} // namespace widgets
