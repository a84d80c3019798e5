// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/run_file.h"

#include "app/run/session.h"
#include "app/run/whole_file.h"
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
    return {prepared.lab, std::move(run), where};
}

io::OrError<OpenedRun> readRun(const QString &path)
{
    const auto prepared = prepareFile(path.toStdString());
    if (!prepared)
        return prepared.error();
    return openedRun(*prepared);
}

io::OrError<std::string> savedRun(const Session &session)
{
    const sim::Timeline &run = session.timeline();
    io::Session saved = io::sessionOf(run, run.frontier().time_since_epoch());
    saved.position = run.now().time_since_epoch();
    return io::sessionFile(saved);
}

std::optional<io::InputError> saveRun(const Session &session, const QString &path)
{
    const auto text = savedRun(session);
    return text ? WholeFile::write(QFile::encodeName(path).toStdString(), *text) : std::optional(text.error());
}

} // namespace app
