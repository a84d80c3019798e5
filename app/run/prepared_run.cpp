// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/prepared_run.h"

#include "app/files/picture_text.h"
#include "app/run/option_values.h"
#include "core/io/json/nearest_name.h"
#include "core/io/json/text_file.h"
#include "core/io/scenario/intervention_check.h"
#include "labs/catalog.h"

#include <filesystem>
#include <memory>

namespace app {

using namespace resilience;
using io::InputError;
using io::OrError;

namespace {

// A name is a file's when nothing else has it and it looks like one, or there is one.
bool looksLikeFile(const std::string &name)
{
    std::error_code ignored;
    return name.find('/') != std::string::npos || name.ends_with(".json") || std::filesystem::exists(name, ignored);
}

std::vector<std::string> stepIds()
{
    std::vector<std::string> ids;
    for (const labs::Lab &lab : labs::catalog())
        ids.push_back(lab.id);
    return ids;
}

OrError<PreparedRun> findRun(const RunRequest &request)
{
    if (const labs::Lab *lab = labs::labWithId(request.source))
        return request.scenario ? prepareScenario(lab, *request.scenario)
                                : OrError<PreparedRun>(PreparedRun{lab, io::sessionOf(*lab->scenarios.front())});
    if (!looksLikeFile(request.source))
        return InputError{"", "", "the unknown step \"" + request.source + "\"", io::oneOf(stepIds()) + ", or a file",
                          io::nearestName(request.source, stepIds())};
    if (request.scenario)
        return InputError{"", "--scenario", "a scenario beside the file " + request.source, "it with a step only", ""};
    return prepareFile(request.source);
}

// Everything that is to be done, from the options alone.
OrError<std::vector<sim::JournalEntry>> plan(const RunRequest &request, const sim::Scenario &scenario)
{
    std::vector<sim::JournalEntry> entries;
    for (const std::string &text : request.faults) {
        const auto entry = parseFault(text, scenario);
        if (!entry)
            return entry.error();
        entries.push_back(*entry);
    }
    for (const std::string &text : request.clears) {
        const auto entry = parseClear(text, scenario);
        if (!entry)
            return entry.error();
        entries.push_back(*entry);
    }
    const sim::KnobAddresses addresses(scenario);
    for (const std::string &text : request.settings) {
        const auto turn = parseSetting(text, addresses);
        if (!turn)
            return turn.error();
        entries.push_back({kTimeZero, 0, *turn});
    }
    return entries;
}

// An untouched scenario and the options make one plan, whichever of the two a fault stands in. What somebody did in a
// session stays in its place.
void addTo(io::Session &session, std::vector<sim::JournalEntry> entries)
{
    if (session.journal == session.scenario.script) {
        const auto &script = session.scenario.script.entries();
        entries.insert(entries.begin(), script.begin(), script.end());
        session.journal = io::plannedJournal(std::move(entries));
        return;
    }
    const sim::Journal planned = io::plannedJournal(std::move(entries));
    for (const sim::JournalEntry &entry : planned.entries())
        session.journal.insert(entry);
}

std::optional<InputError> refusedSetting(const io::Session &session)
{
    std::vector<sim::TurnKnob> turns;
    for (const sim::JournalEntry &entry : session.journal.entries())
        if (const auto *turn = std::get_if<sim::TurnKnob>(&entry.what))
            turns.push_back(*turn);
    if (const auto refused = io::firstRefusedTurn(session.scenario, turns))
        return refused->at("--set");
    return std::nullopt;
}

} // namespace

sim::Timeline PreparedRun::timeline(sim::History::Keeps keeps) const
{
    return {std::make_shared<const sim::Scenario>(session.scenario), session.seed, session.journal, keeps};
}

OrError<const labs::Lab *> labNamed(const std::string &id, const std::string &place)
{
    if (const labs::Lab *lab = labs::labWithId(id))
        return lab;
    return InputError{"", place, "the unknown step \"" + id + "\"", io::oneOf(stepIds()),
                      io::nearestName(id, stepIds())};
}

OrError<PreparedRun> prepareScenario(const labs::Lab *lab, const std::string &name)
{
    std::vector<std::string> valid;
    for (const labs::Lab &candidate : labs::catalog()) {
        if (lab && lab != &candidate)
            continue;
        if (const auto scenario = candidate.scenario(name))
            return PreparedRun{&candidate, io::sessionOf(*scenario)};
        for (const auto &scenario : candidate.scenarios)
            valid.push_back(scenario->name);
    }
    if (!looksLikeFile(name))
        return InputError{"", "--scenario", "the unknown scenario \"" + name + "\"", io::oneOf(valid) + ", or a file",
                          io::nearestName(name, valid)};
    auto run = prepareFile(name);
    if (run && lab && run->lab != lab)
        return InputError{name, "", "a scenario of the step \"" + run->lab->id + "\"", "one of \"" + lab->id + "\"",
                          ""};
    return run;
}

OrError<PreparedRun> prepareFile(const std::string &path)
{
    const auto picture = textOfPicture(path);
    const auto text = picture ? *picture : io::readTextFile(path);
    if (!text)
        return text.error();
    auto file = io::readRunFile(*text, path);
    if (!file)
        return file.error();
    const auto lab = labNamed(file->session.scenario.step, file->isScenario ? "/step" : "/scenario/step");
    if (!lab) {
        InputError error = lab.error();
        error.file = path;
        return error;
    }
    return PreparedRun{*lab, std::move(file->session)};
}

OrError<PreparedRun> prepareRun(const RunRequest &request)
{
    auto run = findRun(request);
    if (!run)
        return run;
    if (request.seed) {
        const auto seed = parseSeed(*request.seed, "--seed");
        if (!seed)
            return seed.error();
        run->session.seed = *seed;
    }
    if (request.until) {
        const auto until = parseLength(*request.until, "--until");
        if (!until)
            return until.error();
        run->session.until = *until;
        run->session.position.reset();
    }
    auto entries = plan(request, run->session.scenario);
    if (!entries)
        return entries.error();
    if (entries->empty())
        return run;
    addTo(run->session, std::move(*entries));
    if (const auto error = refusedSetting(run->session))
        return *error;
    return run;
}

} // namespace app
