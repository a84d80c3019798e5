// SPDX-License-Identifier: MIT
#include "core/io/scenario/event_json.h"

#include "core/io/json/json_text.h"
#include "core/io/json/seconds_json.h"
#include "core/io/scenario/event_fields.h"

namespace resilience::io {

EventLines::EventLines(const sim::Scenario &scenario)
    : m_scenario(scenario), m_pipelines(pipelineOwnersOf(scenario)), m_knobs(scenario)
{
}

std::string EventLines::lineOf(const sim::Event &event) const
{
    OrderedJson value{{"number", event.number}, {"at", secondsNumber(event.at)}};
    addFields(value, event.detail);
    if (const auto *set = event.as<sim::PoliciesSet>()) {
        value["of"] = m_pipelines[set->pipeline].name;
        return toLine(value);
    }
    if (const auto *turned = event.as<sim::KnobTurned>())
        value["knob"] = m_knobs.textOf(turned->knob, turned->target);
    const auto add = [&](const char *key, const sim::Subject &subject) {
        if (subject)
            value[key] = nameOf(subject, m_scenario);
    };
    add(name(event.actor.kind), event.actor);
    add("caller", event.caller);
    add(name(event.target.kind), event.target);
    if (event.pipeline && m_pipelines[*event.pipeline].caller != event.actor)
        value["pipeline"] = m_pipelines[*event.pipeline].name;
    if (event.request > 0) {
        value["request"] = event.request;
        value["attempt"] = event.attempt;
    }
    if (event.ends)
        value["ends"] = endingToValue(*event.ends);
    return toLine(value);
}

} // namespace resilience::io
