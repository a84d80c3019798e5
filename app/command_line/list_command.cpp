// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command_line/list_command.h"

#include "core/io/json/json_text.h"
#include "core/io/json/schema.h"
#include "core/io/json/seconds_json.h"
#include "core/sim/world/knobs.h"
#include "labs/catalog.h"

#include <algorithm>
#include <iomanip>
#include <ostream>

namespace app {

using namespace resilience;
using io::OrderedJson;
using sim::KnobSpec;

namespace {

std::vector<const KnobSpec *> knobsOf(const labs::Lab &lab)
{
    std::vector<const KnobSpec *> knobs;
    for (const auto *ids : {&lab.mainKnobs, &lab.otherKnobs})
        for (const std::string &id : *ids)
            knobs.push_back(&sim::knobs()[sim::knobNamed(id).value()]);
    return knobs;
}

std::string rangeOf(const KnobSpec &knob)
{
    if (knob.kind == KnobSpec::Kind::Toggle)
        return "on, off";
    if (knob.kind == KnobSpec::Kind::Choice) {
        std::string text;
        for (const char *choice : knob.choices)
            text += (text.empty() ? "" : ", ") + std::string(choice);
        return text;
    }
    return shortNumber(knob.minimum) + " to " + shortNumber(knob.maximum) + (*knob.unit ? " " : "") + knob.unit;
}

// "pipeline: retry.max_attempts", or what there is only one of.
std::string ownerText(const KnobSpec &knob)
{
    return std::string(name(knob.owner)) + (targetKindOf(knob.owner) ? ": " + knob.path : std::string());
}

const char *kindWord(KnobSpec::Kind kind)
{
    switch (kind) {
    case KnobSpec::Kind::Whole:
        return "whole";
    case KnobSpec::Kind::Real:
        return "real";
    case KnobSpec::Kind::Share:
        return "share";
    case KnobSpec::Kind::Choice:
        return "choice";
    case KnobSpec::Kind::Toggle:
        return "toggle";
    }
    return "?";
}

OrderedJson knobToValue(const KnobSpec &knob)
{
    OrderedJson value{{"id", knob.id}, {"label", knob.label}, {"unit", knob.unit}, {"kind", kindWord(knob.kind)}};
    value["belongs_to"] = name(knob.owner);
    if (targetKindOf(knob.owner))
        value["path"] = knob.path;
    if (knob.forAll == KnobSpec::ForAll::InProportion)
        value["for_all"] = "in proportion to the first";
    if (knob.kind == KnobSpec::Kind::Choice) {
        value["choices"] = knob.choices;
    } else if (knob.kind != KnobSpec::Kind::Toggle) {
        value["minimum"] = knob.minimum;
        value["maximum"] = knob.maximum;
    }
    value["broken_variant"] = knob.faultyVariant;
    return value;
}

OrderedJson scenarioToValue(const sim::Scenario &scenario)
{
    OrderedJson value{{"name", scenario.name},
                      {"title", scenario.title},
                      {"description", scenario.description},
                      {"seed", scenario.seed},
                      {"until", io::secondsNumber(scenario.until)}};
    for (const sim::ServiceConfig &service : scenario.services)
        value["services"].push_back(service.name);
    for (const sim::ClientConfig &client : scenario.clients)
        value["clients"].push_back(client.name);
    return value;
}

OrderedJson faultToValue(sim::FaultKind kind)
{
    const sim::FaultSpec &fault = spec(kind);
    OrderedJson value{{"kind", fault.name}, {"label", fault.label}, {"has_value", fault.hasValue()}};
    if (fault.hasValue()) {
        value["value"] = name(fault.value);
        value["unit"] = fault.unit();
        value["default"] = fault.defaultValue;
        value["minimum"] = fault.minimum;
        value["maximum"] = fault.maximum;
    }
    return value;
}

OrderedJson labToValue(const labs::Lab &lab)
{
    OrderedJson value{{"id", lab.id}, {"title", lab.title}, {"objective", lab.guide.objective}};
    for (const auto &scenario : lab.scenarios)
        value["scenarios"].push_back(scenarioToValue(*scenario));
    for (const KnobSpec *knob : knobsOf(lab))
        value["knobs"].push_back(knobToValue(*knob));
    for (const sim::FaultKind fault : lab.faults)
        value["faults"].push_back(faultToValue(fault));
    for (const sim::ChartSpec *chart : lab.charts)
        value["charts"].push_back(std::string(chart->id));
    for (const labs::Goal &goal : lab.goals)
        value["goals"].push_back({{"id", goal.id}, {"text", goal.text}});
    return value;
}

void printRow(const std::string &name, const std::string &text, std::ostream &out)
{
    out << "    " << std::left << std::setw(26) << name << ' ' << text << '\n';
}

void printFault(sim::FaultKind kind, std::ostream &out)
{
    const sim::FaultSpec &fault = spec(kind);
    printRow(fault.name,
             fault.hasValue()
                 ? std::string(fault.label) + ": " + rangeText(fault) + ", default " + shortNumber(fault.defaultValue)
                 : fault.label,
             out);
}

// Those that no step offers; files and the command line can have them all the same.
std::vector<sim::FaultKind> otherFaults()
{
    std::vector<sim::FaultKind> others;
    for (const sim::FaultSpec &fault : sim::kFaultSpecs)
        if (std::none_of(labs::catalog().begin(), labs::catalog().end(), [&fault](const labs::Lab &lab) {
                return std::find(lab.faults.begin(), lab.faults.end(), fault.kind) != lab.faults.end();
            }))
            others.push_back(fault.kind);
    return others;
}

void printLab(const labs::Lab &lab, std::ostream &out)
{
    const auto row = [&](const std::string &name, const std::string &text) { printRow(name, text, out); };
    out << lab.id << ": " << lab.title << "\n  scenarios\n";
    for (const auto &scenario : lab.scenarios)
        row(scenario->name, scenario->description);
    out << "  knobs\n";
    for (const KnobSpec *knob : knobsOf(lab))
        row(knob->id, std::string(knob->label) + ": " + rangeOf(*knob) + " (" + ownerText(*knob)
                          + (knob->faultyVariant ? "; a broken variant)" : ")"));
    out << "  faults\n";
    for (const sim::FaultKind kind : lab.faults)
        printFault(kind, out);
    out << "  charts\n";
    for (const sim::ChartSpec *chart : lab.charts)
        out << "    " << std::string(chart->id) << '\n';
}

} // namespace

void listAsText(std::ostream &out)
{
    for (const labs::Lab &lab : labs::catalog())
        printLab(lab, out);
    if (const auto others = otherFaults(); !others.empty()) {
        out << "in files\n  faults\n";
        for (const sim::FaultKind kind : others)
            printFault(kind, out);
    }
}

void listAsJson(std::ostream &out)
{
    OrderedJson value;
    for (const labs::Lab &lab : labs::catalog())
        value["steps"].push_back(labToValue(lab));
    for (const sim::FaultSpec &fault : sim::kFaultSpecs)
        value["faults"].push_back(faultToValue(fault.kind));
    out << io::toText(value);
}

void listSchema(std::ostream &out) { out << io::schemaWithAllItNeeds("scenario"); }

} // namespace app
