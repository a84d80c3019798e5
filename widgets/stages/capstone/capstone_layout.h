// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/run/snapshot.h"
#include "widgets/look/theme.h"
#include "widgets/stage/stage_box.h"
#include "widgets/stage/stage_dots.h"
#include "widgets/stage/stage_figure.h"
#include "widgets/stage/stage_header.h"
#include "widgets/stage/stage_picture.h"
#include "widgets/stage/stage_target.h"
#include "widgets/stages/capstone/capstone_chips.h"
#include "widgets/stages/capstone/capstone_view.h"
#include "widgets/stages/capstone/capstone_words.h"

#include <QSizeF>

#include <vector>

class QPainter;

namespace widgets {

// A service with its workers and its queue.
struct ShopBox {
    uint32_t service = 0; // index
    StageBox box{};
    std::vector<QRectF> workers{}; // the places; the first `busy` are taken
    uint32_t busy = 0;
    uint32_t wasted = 0; // of these, the first: what they do is for nobody
    StageLabel queueText{};
    QRectF queue{}; // the track; empty = not drawn
    double queueShare = 0;
    double queueWasted = 0; // of the track, the first part of what is filled
};

struct ShopLineShape {
    ShopLine line{};
    QPointF from{};
    QPointF to{};
    StageLabel rate{};
    std::vector<PolicyChip> chips{};
};

// A quiet number among the figures.
struct ShopNumber {
    ShopFigure figure = ShopFigure::Goodput;
    StageLabel caption{};
    StageLabel number{};
};

inline constexpr double kThickestShopLine = 9; // px at scale 1

struct ShopLayout {
    StageHeader header{};
    StageBox client{};
    std::vector<ShopBox> services{}; // the gateway first; empty on cards without room for the picture
    std::vector<ShopLineShape> lines{};
    std::vector<StageDot> dots{};
    StageFigure goodput{};
    std::vector<ShopNumber> numbers{};
    std::vector<StageLabel> key{}; // what the letters on the chips stand for; empty = there is no room, or no need
    double rule = 0; // y of the hairline above the figures; 0 = none
    QRectF inner{};
    QRectF next{};
    StageHits hits{};

    std::vector<StageLabel> labels() const;
    std::vector<StageShape> shapes() const;
    std::vector<StageShape> parts() const;
    void addHits(const Theme &theme); // from all the others
};

ShopLayout layoutShop(const resilience::sim::Snapshot &snapshot, const Shop &shop, QSizeF size, const Theme &theme);
void paintShop(QPainter &painter, const ShopLayout &layout, const Theme &theme);

} // namespace widgets
