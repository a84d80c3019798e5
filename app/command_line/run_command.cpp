// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command_line/run_command.h"

#include "app/command_line/play_to_end.h"
#include "app/command_line/run_report.h"
#include "app/command_line/stop_signal.h"
#include "app/files/whole_file.h"
#include "app/run/headless_run.h"
#include "app/run/prepared_run.h"
#include "core/duration_text.h"
#include "core/io/scenario/event_json.h"
#include "core/tell/transcript.h"

#include <ostream>

namespace app {

using namespace resilience;
using io::InputError;
using io::OrError;

namespace {

int runFailed(std::ostream &err, const InputError &error, int code)
{
    err << "resilience-lab: " << error.message() << '\n';
    return code;
}

// Opened before the run: a place that cannot be written to is found out at once.
struct OutputFiles {
    std::optional<WholeFile> events;
    std::optional<WholeFile> session;
};

std::optional<InputError> open(const std::optional<std::string> &path, std::optional<WholeFile> &into)
{
    if (!path)
        return std::nullopt;
    auto file = WholeFile::create(*path);
    if (!file)
        return file.error();
    into.emplace(std::move(*file));
    return std::nullopt;
}

// Plays it and puts the files in their places. The exit code; where it is not 0, `err` has said why.
int playInto(OutputFiles &files, HeadlessRun &run, std::ostream &err)
{
    HeadlessRun::Listener listener;
    const io::EventLines lines(run.timeline().scenario());
    if (files.events)
        listener = [&](const sim::Event &event) { files.events->stream() << lines.lineOf(event) << '\n'; };
    const StopSignal stop;
    if (!playToEnd(run, stop, err, listener, files.events ? &files.events->stream() : nullptr))
        return 1;
    if (const auto &refusal = run.timeline().refusal())
        return runFailed(err,
                         {"", "the journal at " + sim::durationText(refusal->entry.at),
                          refusal->error.field + " at " + refusal->error.found, refusal->error.expected, ""},
                         1);
    if (files.session) {
        io::Session session = io::sessionOf(run.timeline(), run.until());
        session.position = run.until(); // the window opens it where it ended
        const auto text = io::sessionFile(session);
        if (!text)
            return runFailed(err, text.error(), 1);
        files.session->stream() << *text;
    }
    for (auto *file : {&files.events, &files.session})
        if (*file)
            if (const auto error = (*file)->flush())
                return runFailed(err, *error, 1);
    for (auto *file : {&files.events, &files.session})
        if (*file)
            if (const auto error = (*file)->commit())
                return runFailed(err, *error, 1);
    return 0;
}

void print(const RunCommandRequest &request, const HeadlessRun &run, std::ostream &out, std::ostream &err)
{
    const sim::Timeline &timeline = run.timeline();
    if (request.transcript) {
        out << sim::transcript(timeline);
        if (timeline.history().log().firstNumber() > 1)
            err << "resilience-lab: the transcript begins with event " << timeline.history().log().firstNumber()
                << ": the log holds the latest " << sim::EventLog::kCapacity << "; --events has them all\n";
    }
    if (request.summary)
        out << io::summaryToJson(run.summary());
    if (!request.transcript && !request.summary && !request.events && !request.session)
        out << runReport(run.summary(), run.lab());
}

} // namespace

int runHeadless(const RunCommandRequest &request, std::ostream &out, std::ostream &err)
{
    const auto prepared = prepareRun(request.run);
    if (!prepared)
        return runFailed(err, prepared.error(), 2);
    if (request.events && request.events == request.session)
        return runFailed(err, {"", "--session", "the file of --events", "another file", ""}, 2);
    if (request.session)
        if (const auto text = io::sessionFile(prepared->session); !text)
            return runFailed(err, text.error(), 2);
    OutputFiles files;
    for (const auto &error : {open(request.events, files.events), open(request.session, files.session)})
        if (error)
            return runFailed(err, *error, 2);
    HeadlessRun run(*prepared, sim::History::Keeps::Events);
    if (const int code = playInto(files, run, err); code != 0)
        return code;
    print(request, run, out, err);
    return 0;
}

} // namespace app
