// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/export/export_options.h"
#include "core/sim/timeline.h"
#include "labs/lab.h"

#include <QString>
#include <QStringList>

#include <memory>
#include <optional>

class QMimeData;

namespace app {

struct ExportResult {
    QStringList files; // written, with their folder
    std::optional<QString> error; // why nothing was written
    bool badFolder = false; // ... which was because of the folder; another one may do
};

// Writes everything of a step into a folder: each picture in each format, and the data behind them; see picturesOf(),
// chartTable() and lanesTable(). All of the files appear, or none. Needs a QGuiApplication; no display.
ExportResult exportPictures(const resilience::sim::Timeline &run, const resilience::labs::Lab &lab,
                            const ExportOptions &options, const QString &folder);

// The stage as pixels and as SVG, for the clipboard. Null when it could not be made.
std::unique_ptr<QMimeData> stageForClipboard(const resilience::sim::Timeline &run, const resilience::labs::Lab &lab,
                                             const ExportOptions &options);

} // namespace app
