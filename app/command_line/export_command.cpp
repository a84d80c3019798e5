// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command_line/export_command.h"

#include "app/command_line/play_to_end.h"
#include "app/command_line/stop_signal.h"
#include "app/export/export_pictures.h"
#include "app/run/headless_run.h"
#include "app/run/prepared_run.h"
#include "core/duration_text.h"
#include "resources/load_resources.h"

#include <QFileInfo>

#include <cmath>
#include <filesystem>
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

// By the bytes of the folder's name as it was given, which need not be text.
std::string inFolder(const ExportRequest &request, const QString &file)
{
    return (std::filesystem::path(request.folder) / QFileInfo(file).fileName().toStdString()).string();
}

ExportResult playAndDraw(const PreparedRun &prepared, const ExportRequest &request)
{
    HeadlessRun run(prepared, sim::History::Keeps::All);
    const StopSignal stop;
    if (!playToEnd(run, stop, std::cerr)) {
        ExportResult result;
        result.stopped = true;
        return result;
    }
    loadResources();
    sim::Timeline timeline = run.timeline();
    if (prepared.session.position)
        timeline.runTo(at(*prepared.session.position));
    return exportPictures(timeline, run.lab(), request.options, request.folder, [&] { return stop.raised(); });
}

} // namespace

int runExport(const ExportRequest &request)
{
    const auto prepared = prepareRun(request.run);
    if (!prepared)
        return exportFailed(prepared.error().message(), 2);
    if (const auto error = impossible(request.options, prepared->session))
        return exportFailed(error->message(), 2);
    const ExportResult result = playAndDraw(*prepared, request);
    if (result.stopped && !result.error)
        return 1;
    if (!result.existing.isEmpty())
        return exportFailed(io::InputError{inFolder(request, result.existing.front()), "",
                                           std::to_string(result.existing.size())
                                               + (result.existing.size() == 1 ? " file" : " files") + " of these names",
                                           "none, or --force to replace what is there", ""}
                                .message(),
                            2);
    if (result.error)
        return exportFailed(result.error->toStdString(), result.badFolder ? 2 : 1);
    for (const QString &file : result.files)
        std::cout << inFolder(request, file) << '\n';
    return 0;
}

} // namespace app
