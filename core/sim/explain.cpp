// SPDX-License-Identifier: MIT
#include "core/sim/explain.h"

#include "core/sim/explainer.h"

#include <algorithm>

namespace resilience::sim {

std::string count(uint64_t n, const char *one, const char *many)
{
    return std::to_string(n) + " " + (n == 1 ? one : many);
}

std::string percent(uint64_t hits, uint64_t total)
{
    const uint64_t tenths = total == 0 ? 0 : (hits * 1000 + total / 2) / total;
    return std::to_string(tenths / 10) + (tenths % 10 ? "." + std::to_string(tenths % 10) : "") + " %";
}

std::string percent(Ratio ratio) { return percent(ratio.parts(), Ratio::kParts); }

const Pipeline &Explainer::pipeline() const
{
    return before.pipelines()[event.pipeline != kNobody ? event.pipeline : before.clients()[event.client].pipeline()];
}

std::string Explainer::service() const { return componentsOf(timeline.scenario())[event.service].name; }

std::string Explainer::holder() const { return timeline.scenario().lock.holders[event.client].name; }

std::string Explainer::call() const
{
    const std::string number = "Call " + std::to_string(event.request);
    return event.caller == kNobody ? number : number + " from " + before.services()[event.caller].config().name;
}

void Explainer::say(std::string title, std::string text)
{
    out.title = std::move(title);
    out.text = std::move(text);
}

std::optional<Explanation> explain(const Timeline &timeline, uint64_t eventNumber)
{
    const Event *event = timeline.history().log().numbered(eventNumber);
    if (!event)
        return std::nullopt;
    Explainer explainer{timeline, *event, timeline.worldBefore(eventNumber)};
    std::visit(explainer, event->detail);
    return explainer.out;
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
