// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command_line/export_command.h"

#include "app/command_line/play_to_end.h"
#include "app/export/export_pictures.h"
#include "app/run/headless_run.h"
#include "app/run/prepared_run.h"
#include "core/duration_text.h"
#include "resources/load_resources.h"

#include <cmath>
#include <iostream>

namespace app {

using namespace resilience;

namespace {

int exportFailed(const std::string &message, int code)
{
    std::cerr << "resilience-lab: " << message << '\n';
    return code;
}

// What only the run, or two options together, can tell.
std::optional<io::InputError> impossible(const ExportOptions &options, const io::Session &session)
{
    if (options.at > at(session.until))
        return io::InputError{"", "--at", sim::durationText(*options.at),
                              "0 to " + sim::durationText(session.until) + ", where the run ends", ""};
    if (options.makes(ExportFormat::Png) && options.pixels() > ExportOptions::kMostPixels)
        return io::InputError{"", "--dpi",
                              std::to_string(std::llround(options.pixels() / 1e6)) + " megapixels with this --size",
                              "at most 100", ""};
    return std::nullopt;
}

} // namespace

int runExport(const ExportRequest &request)
{
    const auto prepared = prepareRun(request.run);
    if (!prepared)
        return exportFailed(prepared.error().message(), 2);
    const io::Session &session = prepared->session;
    if (const auto error = impossible(request.options, session))
        return exportFailed(error->message(), 2);
    HeadlessRun run(*prepared, sim::History::Keeps::All);
    if (!playToEnd(run, std::cerr))
        return 1;

    loadResources();
    sim::Timeline timeline = run.timeline();
    if (session.position)
        timeline.runTo(at(*session.position));
    const ExportResult result =
        exportPictures(timeline, run.lab(), request.options, QString::fromStdString(request.folder));
    if (!result.existing.isEmpty())
        return exportFailed(io::InputError{result.existing.front().toStdString(), "",
                                           std::to_string(result.existing.size())
                                               + (result.existing.size() == 1 ? " file" : " files") + " of these names",
                                           "none, or --force to replace what is there", ""}
                                .message(),
                            2);
    if (result.error)
        return exportFailed(result.error->toStdString(), result.badFolder ? 2 : 1);
    for (const QString &file : result.files)
        std::cout << file.toStdString() << '\n';
    return std::cout.flush() ? 0 : 1;
}

} // namespace app
