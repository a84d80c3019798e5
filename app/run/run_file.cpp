// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/run_file.h"

#include "app/files/whole_file.h"
#include "app/run/session.h"
#include "core/io/scenario/session_json.h"

namespace app {

using namespace resilience;

OpenedRun openedRun(const PreparedRun &prepared)
{
    const io::Session &saved = prepared.session;
    sim::Timeline run = prepared.timeline();
    Time where = kTimeZero;
    const bool touched = saved.journal != saved.scenario.script || saved.seed != saved.scenario.seed;
    if (saved.position || touched) {
        // All that was played, so that charts and lanes are as they were; then the moment that was on screen.
        where = at(saved.position.value_or(saved.until));
        if (run.runTo(at(saved.until), Session::kTurnsAtOnce) || run.now() > where)
            run.runTo(where);
    }
    KeptRuns kept;
    kept.ourName = saved.name;
    for (const io::SessionRun &one : saved.runs)
        kept.runs.push_back({one.name,
                             one.scenario ? std::make_shared<const sim::Scenario>(*one.scenario) : run.sharedScenario(),
                             one.seed, one.journal});
    kept.beside = saved.beside;
    return {prepared.lab, std::move(run), std::move(kept), where};
}

io::OrError<OpenedRun> readRun(const QString &path)
{
    const auto prepared = prepareFile(path.toStdString());
    if (!prepared)
        return prepared.error();
    return openedRun(*prepared);
}

namespace {
void goOnThere(Session &session, Time where)
{
    if (session.now() < where)
        session.goOnTo(where);
}
} // namespace

void open(Session &session, OpenedRun opened)
{
    session.openRun(*opened.lab, std::move(opened.run), std::move(opened.kept));
    goOnThere(session, opened.where);
}

void begin(Session &session, OpenedRun opened)
{
    session.begin(*opened.lab, std::move(opened.run), std::move(opened.kept));
    goOnThere(session, opened.where);
}

io::OrError<std::string> savedRun(const Session &session)
{
    const sim::Timeline &run = session.timeline();
    io::Session saved = io::sessionOf(run, run.frontier().time_since_epoch());
    saved.position = run.now().time_since_epoch();
    const KeptRuns &kept = session.keptRuns();
    saved.name = kept.ourName;
    saved.beside = kept.beside;
    for (const KeptRun &one : kept.runs)
        saved.runs.push_back({one.name,
                              one.scenario == run.sharedScenario() ? std::nullopt : std::optional(*one.scenario),
                              one.seed, one.journal});
    return io::sessionFile(saved);
}

std::optional<io::InputError> saveRun(const Session &session, const QString &path)
{
    const auto text = savedRun(session);
    return text ? WholeFile::write(QFile::encodeName(path).toStdString(), *text) : std::optional(text.error());
}

} // namespace app
