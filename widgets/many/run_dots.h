// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/look/theme.h"

#include <QPointF>
#include <QRectF>
#include <QString>

#include <optional>
#include <vector>

class QPainter;

// Each run a dot, over what it came to: how many are how good, and where this one is among them.
namespace widgets {

struct RunDots {
    std::vector<std::optional<double>> values; // by run; none = nothing to tell
    std::optional<double> own; // of the run that is open
    QString title; // of the axis
    double least = 0; // the ends of the axis, with their words
    double most = 1;
    QString leastText;
    QString mostText;
    bool operator==(const RunDots &) const = default;
};

struct RunDotsLayout {
    QRectF plot; // the axis is its lower edge
    double radius = 2;
    std::vector<std::optional<QPointF>> dots; // by run

    // The nearest run within reach.
    std::optional<size_t> indexAt(QPointF place) const;
};
RunDotsLayout layoutRunDots(const RunDots &dots, const QRectF &room, const Theme &theme);
void paintRunDots(QPainter &painter, const RunDots &dots, const RunDotsLayout &layout, const Theme &theme);

} // namespace widgets
