// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/look/theme.h"
#include "widgets/stage/stage_label.h"

#include <QRectF>
#include <QStringList>

#include <optional>
#include <vector>

class QPainter;

namespace widgets {

// A horizontal bar: its name on the left, a track filled from the left, and words at its end.
struct StageBarWords {
    QStringList name{}; // in several lengths, the longest first; may be empty, as may the text
    QStringList text{};
    double share = 0; // 0..1 that is filled
    QColor fill{}; // Hue::fill or Hue::line of what it means
    QColor textColor{}; // Hue::text; quiet ink where it is not valid
    std::optional<double> mark{}; // 0..1: a line across the track, such as a threshold
};
struct StageBar {
    StageLabel name{};
    QRectF track{};
    StageLabel text{};
    double share = 0;
    QColor fill{};
    std::optional<double> mark{};

    std::vector<StageLabel> labels() const { return {name, text}; }
    double xAt(double ratio) const { return track.left() + track.width() * ratio; }
};

double stageBarHeight(const Theme &theme);
// `nameWidth` and `textWidth` px are kept for the words on either side, so that bars below each other line up; with 0
// there are none.
StageBar layoutStageBar(const StageBarWords &words, const Theme &theme, const QRectF &area, double nameWidth,
                        double textWidth);
void paintStageBar(QPainter &painter, const StageBar &bar, const Theme &theme);

} // namespace widgets
