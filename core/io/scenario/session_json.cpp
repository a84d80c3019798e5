// SPDX-License-Identifier: MIT
#include "core/io/scenario/session_json.h"

#include "core/io/json/nearest_name.h"
#include "core/io/json/schema.h"
#include "core/io/json/seconds_json.h"
#include "core/io/json/text_file.h"
#include "core/io/scenario/intervention_check.h"
#include "core/io/scenario/intervention_value.h"
#include "core/io/scenario/policies_value.h"
#include "core/io/scenario/scenario_value.h"
#include "core/sim/parts/traffic/pipeline_owner.h"

#include <algorithm>
#include <tuple>
#include <vector>

namespace resilience::io {

namespace {

using sim::ClearFault;
using sim::Intervention;
using sim::JournalEntry;
using sim::Scenario;
using sim::SetFault;
using sim::SetPolicies;
using sim::TurnKnob;

constexpr const char *kScenarioFormat = "resilience-lab/scenario/1";
constexpr const char *kSessionFormat = "resilience-lab/session/1";
constexpr const char *kSessionWithRunsFormat = "resilience-lab/session/2";

InputError inFile(InputError error, const std::string &file)
{
    error.file = file;
    return error;
}

OrError<Intervention> policiesSetFrom(const Json &value, const Scenario &scenario, const std::string &place)
{
    const auto pipeline = pipelineNamed(value["of"].get<std::string>(), scenario, place + "/of");
    if (!pipeline)
        return pipeline.error();
    const auto order = policyOrderFrom(value["policies"], place + "/policies");
    return order ? OrError<Intervention>(SetPolicies{*pipeline, *order}) : order.error();
}

OrError<Intervention> interventionFrom(const Json &value, const Scenario &scenario, const sim::KnobAddresses &addresses,
                                       const std::string &place)
{
    if (value.contains("turn_knob")) {
        const auto turn = turnKnobFrom(value["turn_knob"], addresses, place + "/turn_knob");
        return turn ? OrError<Intervention>(*turn) : turn.error();
    }
    if (value.contains("set_policies"))
        return policiesSetFrom(value["set_policies"], scenario, place + "/set_policies");
    const bool sets = value.contains("set_fault");
    const std::string inside = place + (sets ? "/set_fault" : "/clear_fault");
    const Json &fault = value[sets ? "set_fault" : "clear_fault"];
    const auto target = componentNamed(fault["target"].get<std::string>(), scenario, inside + "/target");
    if (!target)
        return target.error();
    const auto kind = *named<sim::FaultKind>(fault["kind"].get<std::string>());
    if (auto error = checkFaultTarget(kind, *target, scenario, inside + "/kind"))
        return *error;
    if (!sets)
        return Intervention{ClearFault{*target, kind}};
    const auto amount = faultValueFrom(fault, kind, inside);
    return amount ? OrError<Intervention>(SetFault{*target, kind, *amount}) : amount.error();
}

std::optional<InputError> readJournal(const Json &value, const Scenario &scenario, const std::string &where,
                                      sim::Journal &journal)
{
    std::vector<TurnKnob> turns;
    std::vector<std::string> places;
    std::tuple<Time, uint64_t> latest{};
    const sim::KnobAddresses addresses(scenario);
    for (size_t i = 0; i < value.size(); ++i) {
        const std::string place = below(where, i);
        const auto what = interventionFrom(value[i], scenario, addresses, place);
        if (!what)
            return what.error();
        const std::tuple here(at(fromSeconds(value[i]["at"].get<double>())), value[i].value("order", uint64_t{0}));
        if (here < latest)
            return InputError{"", place + "/at", describe(value[i]["at"]), "no earlier place than the entry before",
                              ""};
        latest = here;
        journal.insert({std::get<0>(here), std::get<1>(here), *what});
        if (const auto *turn = std::get_if<TurnKnob>(&*what)) {
            turns.push_back(*turn);
            places.push_back(place);
        }
    }
    if (const auto refused = firstRefusedTurn(scenario, turns))
        return refused->at(places[refused->index] + (refused->applies ? "/turn_knob/value" : "/turn_knob/knob"));
    return std::nullopt;
}

std::optional<InputError> readRuns(const Json &value, Session &session)
{
    for (const char *key : {"name", "runs", "beside"})
        if (value.contains(key) && value["format"] == kSessionFormat)
            return InputError{"", below("", key), "it in " + std::string(kSessionFormat),
                              "it in " + std::string(kSessionWithRunsFormat), ""};
    session.name = value.value("name", std::string());
    const Json runs = value.value("runs", Json::array());
    for (size_t i = 0; i < runs.size(); ++i) {
        const std::string place = below("/runs", i);
        SessionRun run{runs[i]["name"].get<std::string>(), std::nullopt, runs[i]["seed"].get<uint64_t>(), {}};
        if (runs[i].contains("scenario")) {
            auto scenario = scenarioFromValue(runs[i]["scenario"], place + "/scenario");
            if (!scenario)
                return scenario.error();
            if (scenario->step != session.scenario.step)
                return InputError{"", place + "/scenario/step", describe(runs[i]["scenario"]["step"]),
                                  "the step of the session, \"" + session.scenario.step + "\"", ""};
            run.scenario = std::move(*scenario);
        }
        if (auto error = readJournal(runs[i]["journal"], run.scenario ? *run.scenario : session.scenario,
                                     place + "/journal", run.journal))
            return error;
        session.runs.push_back(std::move(run));
    }
    if (!value.contains("beside"))
        return std::nullopt;
    session.beside = value["beside"].get<size_t>();
    if (*session.beside >= session.runs.size())
        return InputError{"", "/beside", describe(value["beside"]),
                          "the place of one of /runs, below " + std::to_string(session.runs.size()), ""};
    return std::nullopt;
}

OrError<Session> sessionFromValue(const Json &value)
{
    auto scenario = scenarioFromValue(value["scenario"], "/scenario");
    if (!scenario)
        return scenario.error();
    Session session;
    session.scenario = std::move(*scenario);
    session.seed = value["seed"].get<uint64_t>();
    session.until = fromSeconds(value["until"].get<double>());
    if (value.contains("position")) {
        session.position = fromSeconds(value["position"].get<double>());
        if (*session.position > session.until)
            return InputError{"", "/position", describe(value["position"]), "at most /until, " + value["until"].dump(),
                              ""};
    }
    if (auto error = readJournal(value["journal"], session.scenario, "/journal", session.journal))
        return *error;
    if (auto error = readRuns(value, session))
        return *error;
    return session;
}

OrderedJson entryToValue(const JournalEntry &entry, const Scenario &scenario, const sim::KnobAddresses &addresses)
{
    OrderedJson value{{"at", secondsNumber(entry.at)}};
    if (entry.order > 0)
        value["order"] = entry.order;
    if (const auto *set = std::get_if<SetFault>(&entry.what)) {
        value["set_fault"] = {{"target", componentsOf(scenario)[set->target].name}, {"kind", spec(set->kind).name}};
        addFaultValue(value["set_fault"], set->kind, set->value);
    } else if (const auto *clear = std::get_if<ClearFault>(&entry.what)) {
        value["clear_fault"] = {{"target", componentsOf(scenario)[clear->target].name},
                                {"kind", spec(clear->kind).name}};
    } else if (const auto *turn = std::get_if<TurnKnob>(&entry.what)) {
        value["turn_knob"] = turnKnobToValue(*turn, addresses);
    } else {
        const auto &policies = std::get<SetPolicies>(entry.what);
        value["set_policies"] = {{"of", pipelineOwnersOf(scenario)[policies.pipeline].name},
                                 {"policies", policyOrderToValue(policies.order)}};
    }
    return value;
}

OrderedJson journalToValue(const sim::Journal &journal, const Scenario &scenario)
{
    OrderedJson value = OrderedJson::array();
    const sim::KnobAddresses addresses(scenario);
    for (const JournalEntry &entry : journal.entries())
        value.push_back(entryToValue(entry, scenario, addresses));
    return value;
}

OrderedJson runToValue(const SessionRun &run, const Scenario &scenario)
{
    OrderedJson value{{"name", run.name}, {"seed", run.seed}};
    if (run.scenario)
        value["scenario"] = scenarioToValue(*run.scenario);
    value["journal"] = journalToValue(run.journal, run.scenario ? *run.scenario : scenario);
    return value;
}

OrderedJson sessionToValue(const Session &session)
{
    const bool hasRuns = !session.name.empty() || !session.runs.empty();
    OrderedJson value{{"format", hasRuns ? kSessionWithRunsFormat : kSessionFormat},
                      {"scenario", scenarioToValue(session.scenario)},
                      {"seed", session.seed},
                      {"until", secondsNumber(session.until)}};
    if (session.position)
        value["position"] = secondsNumber(*session.position);
    if (!session.name.empty())
        value["name"] = session.name;
    value["journal"] = journalToValue(session.journal, session.scenario);
    for (const SessionRun &run : session.runs)
        value["runs"].push_back(runToValue(run, session.scenario));
    if (session.beside)
        value["beside"] = *session.beside;
    return value;
}

// The schema's own "const" speaks when the format is known; this finds out which schema it is.
OrError<std::string> formatOf(const Json &value)
{
    const std::vector<std::string> valid{kScenarioFormat, kSessionFormat, kSessionWithRunsFormat};
    if (!value.is_object())
        return InputError{"", "", describe(value), "a scenario or a session: an object", ""};
    if (!value.contains("format"))
        return InputError{"", "", "no key \"format\"", "\"format\", " + oneOf(valid), ""};
    const Json &format = value["format"];
    for (const std::string &name : valid)
        if (format == name)
            return name;
    return InputError{"", "/format", describe(format), oneOf(valid),
                      format.is_string() ? nearestName(format.get<std::string>(), valid) : ""};
}

// Reads what the format wants to be, held against its schema.
OrError<RunFile> readAs(const Json &value, const std::string &format)
{
    const bool isScenario = format == kScenarioFormat;
    if (auto error = checkSchema(value, isScenario ? "scenario" : "session"))
        return *error;
    if (isScenario) {
        const auto scenario = scenarioFromValue(value, "");
        return scenario ? OrError<RunFile>(RunFile{sessionOf(*scenario), true}) : scenario.error();
    }
    auto session = sessionFromValue(value);
    return session ? OrError<RunFile>(RunFile{std::move(*session), false}) : session.error();
}

} // namespace

Session sessionOf(const Scenario &scenario)
{
    Session session;
    session.scenario = scenario;
    session.seed = scenario.seed;
    session.until = scenario.until;
    session.journal = scenario.script;
    return session;
}

Session sessionOf(const sim::Timeline &timeline, Duration until)
{
    Session session;
    session.scenario = timeline.scenario();
    session.seed = timeline.seed();
    session.until = until;
    session.journal = timeline.journal();
    return session;
}

OrError<RunFile> readRunFile(std::string_view text, const std::string &file)
{
    const auto value = parseJson(text);
    if (!value)
        return inFile(value.error(), file);
    const auto format = formatOf(*value);
    if (!format)
        return inFile(format.error(), file);
    auto read = readAs(*value, *format);
    return read ? std::move(read) : inFile(read.error(), file);
}

OrError<Session> readSession(std::string_view text, const std::string &file)
{
    const auto value = parseJson(text);
    if (!value)
        return inFile(value.error(), file);
    auto read = readAs(*value, kSessionFormat); // of either number
    return read ? OrError<Session>(std::move(read->session)) : inFile(read.error(), file);
}

std::string sessionToJson(const Session &session) { return toText(sessionToValue(session)); }

OrError<std::string> sessionFile(const Session &session)
{
    size_t entries = session.journal.entries().size();
    for (const SessionRun &run : session.runs)
        entries = std::max(entries, run.journal.entries().size());
    if (entries > kMaxJournalEntries)
        return InputError{"", "", "a journal of " + std::to_string(entries) + " entries",
                          "at most " + std::to_string(kMaxJournalEntries), ""};
    const OrderedJson value = sessionToValue(session);
    std::string text = toText(value);
    if (text.size() > kMaxFileBytes)
        text = toLine(value);
    if (text.size() > kMaxFileBytes)
        return InputError{"", "", "a session of " + std::to_string(text.size()) + " bytes", "at most 1 MiB", ""};
    return text;
}

} // namespace resilience::io
