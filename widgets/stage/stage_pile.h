// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/parts/traffic/request.h"
#include "widgets/look/theme.h"
#include "widgets/stage/stage_label.h"

#include <QPointF>
#include <QRectF>
#include <QStringList>

#include <optional>

class QPainter;

namespace widgets {

// What was turned away for one cause, as pieces in one or two rows, with the count beside them.
struct StagePile {
    resilience::sim::RequestOutcome cause = resilience::sim::RequestOutcome::ShortCircuited;
    uint64_t count = 0;
    uint64_t falling = 0; // of them still on their way
    QPointF first{}; // centre of the first piece; the others follow to the right, then in the row above
    double pitch = 0;
    double radius = 0;
    uint64_t columns = 1;
    uint64_t rows = 1;
    StageLabel label{};
    std::optional<Hue> hue{}; // of its pieces, where that is not the cause's

    // The place of the n-th piece, from 0; those beyond the last place share it.
    QPointF place(uint64_t n) const;
    QRectF pieces() const; // around those that are drawn
    QRectF area() const; // with the label
};

struct PileStyle {
    double pitch = 13; // from piece to piece, px
    uint64_t rows = 2;
    uint64_t mostColumns = 10;
};

double stagePileHeight(const Theme &theme, const PileStyle &style);
// Stands on `bottom`, from `left` on, no further than `right`. None when nothing was turned away or there is no room
// for a single piece.
std::optional<StagePile> layoutStagePile(resilience::sim::RequestOutcome cause, uint64_t count, double left,
                                         double right, double bottom, const PileStyle &style, const Theme &theme);
// The same for pieces that keep another colour than the cause's, with words of their own (the longest first).
struct PileLook {
    resilience::sim::RequestOutcome cause = resilience::sim::RequestOutcome::ShortCircuited;
    QStringList words{};
    std::optional<Hue> hue{};
};
std::optional<StagePile> layoutStagePile(const PileLook &look, uint64_t count, double left, double right, double bottom,
                                         const PileStyle &style, const Theme &theme);
void paintStagePile(QPainter &painter, const StagePile &pile, const Theme &theme);

} // namespace widgets
