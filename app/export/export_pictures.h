// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/export/export_options.h"
#include "core/sim/run/timeline.h"
#include "labs/kit/lab.h"

#include <QString>
#include <QStringList>

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>

class QMimeData;

namespace app {

struct ExportResult {
    QStringList files; // written, with their folder, for people
    std::optional<QString> error; // why nothing was written
    bool badFolder = false; // ... which was because of the folder; another one may do
    QStringList existing; // ... which was because these are there already, with their folder
    bool stopped = false; // ... which was asked for
};

// Writes everything of a step into a folder: each picture in each format, and the data behind them; see picturesOf(),
// chartTable() and lanesTable(). Names tell step and scenario. All of the files appear, or none; files that are there
// already are only replaced when the options say so. `stop` is asked between two pictures. Needs a QGuiApplication; no
// display.
ExportResult exportPictures(const resilience::sim::Timeline &run, const resilience::labs::Lab &lab,
                            const ExportOptions &options, const std::filesystem::path &folder,
                            const std::function<bool()> &stop = {});

// A picture as pixels and as SVG, for the clipboard: the stage; a chart. Null when it could not be made.
std::unique_ptr<QMimeData> stageForClipboard(const resilience::sim::Timeline &run, const resilience::labs::Lab &lab,
                                             const ExportOptions &options);
std::unique_ptr<QMimeData> chartForClipboard(const resilience::sim::Timeline &run, const resilience::labs::Lab &lab,
                                             const resilience::sim::ChartSpec &chart, const ExportOptions &options);
// The numbers behind a chart as CSV, which spreadsheets take from the clipboard as a table.
QByteArray chartData(const resilience::sim::Timeline &run, const resilience::sim::ChartSpec &chart);

} // namespace app
