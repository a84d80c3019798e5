// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/run/timeline.h"
#include "core/sim/sweep/run_band.h"
#include "core/time.h"
#include "widgets/look/theme.h"
#include "widgets/many/many_picture.h"

#include <QByteArray>
#include <QSize>
#include <QString>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace app {

enum class ExportFormat : uint8_t { Svg, Pdf, Png, Csv };
// Of words in SVG: text, which can be edited and searched, with a choice of fonts; or the outlines of its letters,
// which look the same where every one of those is missing.
enum class ExportText : uint8_t { Live, Outlined };

// Another run that is to be drawn beside the one that is exported.
struct RunBeside {
    resilience::sim::Timeline run; // at the same moment
    QString name;
    QString ourName;
    std::optional<resilience::Time> firstDifference;
};

// Many runs of the same, which are to be exported too: as the picture of all of them, behind the curves of charts, and
// as a table.
struct ManyExport {
    widgets::ManyPicture picture;
    QByteArray table; // CSV
    std::shared_ptr<const resilience::sim::RunBand> band; // null where they are not of this run
};

struct ExportOptions {
    // All of them by default. Csv is data, the others are pictures.
    std::vector<ExportFormat> formats{ExportFormat::Svg, ExportFormat::Pdf, ExportFormat::Png, ExportFormat::Csv};
    // Light by default, whatever the window looks like: a slide is bright.
    widgets::ThemeKind theme = widgets::ThemeKind::Light;
    // Of every picture, in px at 96 dpi. 16:9 by default; kLeast to kMost either way. Type grows with it.
    QSize size{1280, 720};
    // Of PNG, kLeastDpi to kMostDpi, such that pixels() is at most kMostPixels: 96 gives `size` pixels, 192 twice as
    // many either way, on the same paper size.
    int dpi = 96;
    // Off leaves the paper transparent.
    bool ground = true;
    ExportText text = ExportText::Live;
    // Whether files of the same names may be replaced.
    bool overwrite = false;
    // Draws the stage at this moment too, beside the moment the run stands at.
    std::optional<resilience::Time> at;
    // Pictures then show both runs, and files have "-compared" in their names.
    std::shared_ptr<const RunBeside> beside{};
    std::shared_ptr<const ManyExport> many{};

    static constexpr int kLeast = 320;
    static constexpr int kMost = 8192;
    static constexpr int kLeastDpi = 24;
    static constexpr int kMostDpi = 1200;
    static constexpr double kMostPixels = 1e8; // of one PNG; as many take 400 MB while it is made
    bool makes(ExportFormat format) const { return std::find(formats.begin(), formats.end(), format) != formats.end(); }
    // How many a PNG has.
    double pixels() const { return size.width() * (dpi / 96.0) * size.height() * (dpi / 96.0); }
};

} // namespace app
