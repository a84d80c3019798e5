// SPDX-License-Identifier: MIT
#include "core/io/scenario/comparison_json.h"

#include "core/io/json/json_text.h"
#include "core/io/json/seconds_json.h"
#include "core/io/scenario/event_json.h"
#include "core/sim/measure/run_figures.h"

namespace resilience::io {

namespace {

OrderedJson eventValue(const std::optional<sim::Event> &event, const sim::Timeline &run)
{
    return event ? OrderedJson::parse(EventLines(run.scenario()).lineOf(*event)) : OrderedJson(nullptr);
}

OrderedJson numberOrNull(std::optional<double> value) { return value ? OrderedJson(*value) : OrderedJson(nullptr); }

OrderedJson figuresValue(const sim::World &a, const sim::World &b)
{
    OrderedJson value = OrderedJson::object();
    for (const sim::RunFigure &figure : sim::runFigures()) {
        const auto ofA = figure.read(a);
        const auto ofB = figure.read(b);
        if (ofA || ofB)
            value[std::string(figure.id)] = {
                {"a", numberOrNull(ofA)},
                {"b", numberOrNull(ofB)},
                {"difference", numberOrNull(ofA && ofB ? std::optional(*ofA - *ofB) : std::nullopt)}};
    }
    return value;
}

} // namespace

std::string comparisonToJson(const ComparedRuns &runs)
{
    OrderedJson value{{"a", OrderedJson::parse(summaryToJson(runs.summaryOfA))},
                      {"b", OrderedJson::parse(summaryToJson(runs.summaryOfB))},
                      {"changes", runs.changes},
                      {"first_difference", nullptr}};
    if (runs.difference)
        value["first_difference"] = {{"at", secondsNumber(runs.difference->at)},
                                     {"a", eventValue(runs.difference->ours, runs.a)},
                                     {"b", eventValue(runs.difference->other, runs.b)}};
    value["figures"] = figuresValue(runs.a.world(), runs.b.world());
    return toText(value);
}

} // namespace resilience::io
