// SPDX-License-Identifier: MIT
#include "core/tell/explain.h"

#include "core/tell/explainer.h"
#include "core/tell/figures.h"

#include <algorithm>

namespace resilience::sim {

const Pipeline &Explainer::pipeline() const
{
    return before.pipelines()[event.pipeline ? *event.pipeline : before.clients()[event.actor.index].pipeline()];
}

std::string Explainer::service() const { return nameOf(event.target, timeline.scenario()); }

std::string Explainer::holder() const { return nameOf(event.actor, timeline.scenario()); }

std::string Explainer::named(const Event &one) const
{
    const std::string number = std::to_string(one.callNumber);
    return one.actor.isClient() && before.flow().hasTwin(one.actor.index)
               ? number + " of " + nameOf(one.actor, timeline.scenario())
               : number;
}

std::string Explainer::call() const
{
    const std::string number = "Call " + named(event);
    return !event.caller ? number : number + " from " + nameOf(event.caller, timeline.scenario());
}

std::string Explainer::attempt() const
{
    const bool tried = event.attempt > 1 || pipeline().config().order.has(PolicyKind::Retry);
    std::string whose = call();
    whose[0] = 'c';
    return tried ? "Attempt " + std::to_string(event.attempt) + " of " + whose : call();
}

std::string Explainer::now() const { return momentText(event.at); }

bool Explainer::sameCall(const Event &other) const
{
    return other.request == event.request && other.caller == event.caller && other.pipeline == event.pipeline;
}

const RetryPlanned *Explainer::plannedBefore() const
{
    const Event *found = latest([this](const Event &other) {
        const auto *finished = other.as<Finished>();
        return sameCall(other)
               && (other.as<RetryPlanned>() || other.as<RetryGivenUp>() || other.as<Offered>() || other.ends
                   || other.as<Cancelled>() || other.as<OutOfTime>()
                   || (finished && finished->outcome == RequestOutcome::Succeeded));
    });
    return found ? found->as<RetryPlanned>() : nullptr;
}

void Explainer::say(std::string title, std::string text, std::string rule)
{
    out.title = std::move(title);
    out.text = std::move(text);
    out.rule = std::move(rule);
}

Explanation explain(const Timeline &timeline, const World &before, const Event &event)
{
    Explainer explainer{timeline, event, before};
    std::visit(explainer, event.detail);
    return explainer.out;
}

std::optional<Explanation> explain(const Timeline &timeline, uint64_t eventNumber)
{
    const Event *event = timeline.history().log().numbered(eventNumber);
    if (!event)
        return std::nullopt;
    return explain(timeline, timeline.worldBefore(eventNumber), *event);
}

std::string eventTitle(const Timeline &timeline, const std::optional<Event> &event)
{
    if (!event)
        return "nothing happens here by then";
    const auto why = explain(timeline, event->number);
    return why ? why->title : kindName(event->detail) + std::string(" at ") + momentText(event->at);
}

uint64_t tellingEvent(const Timeline &timeline, uint64_t request)
{
    const EventLog &log = timeline.history().log();
    uint64_t latest = 0;
    for (uint64_t number = timeline.lastEvent(); number >= log.firstNumber() && number > 0; --number) {
        const Event *event = log.numbered(number);
        if (!event || event->request != request || event->as<Transitioned>())
            continue;
        if (endedBy(*event))
            return number;
        latest = std::max(latest, number);
        if (event->as<Offered>())
            break;
    }
    return latest;
}

} // namespace resilience::sim
