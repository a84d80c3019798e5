// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/run/snapshot.h"
#include "widgets/look/theme.h"
#include "widgets/stage/stage_label.h"
#include "widgets/stages/capstone/capstone_chips.h"
#include "widgets/stages/capstone/capstone_view.h"

#include <QRectF>
#include <QSizeF>

#include <array>
#include <optional>
#include <vector>

// How much of the shop a stage has room for.
namespace widgets::shop {

// What the stage can do without, step by step; the first that fits is taken. Lengths in px at scale 1.
struct Plan {
    bool notice; // a second row in the header
    ChipStyle chips;
    bool inside; // details, workers and queues in the boxes
    double client; // widths
    double front;
    double gateway;
    double line;
    double target;
    double row; // height for each service of the gateway
    bool aside = false; // the figures stand right of the picture, not below it
    double width() const { return client + front + gateway + line + target; }
    // The gateway's box is as high as all rows: there is room in it for longer.
    bool insideGateway() const { return inside || chips != ChipStyle::None || aside; }
};
extern const std::array<Plan, 9> kPlans; // the roomiest first

inline constexpr double kGap = 10; // px at scale 1
inline constexpr double kFiguresAside = 116; // the figures' width beside the picture

// What a plan is tried on.
struct Frame {
    const resilience::sim::Snapshot &snapshot;
    const Shop &shop;
    const Theme &theme;
    Plan plan;
    double px(double length) const { return theme.px(length); }
};

double rateHeight(const Theme &theme);
// Of the rate, the line and its chips.
double lineNeeds(const Frame &frame, const std::vector<PolicyChip> &chips);
QRectF chipArea(const Frame &frame, double left, double right, double top);
// The least for the boxes; the most, for on tall cards the picture keeps together.
double pictureHeight(const Frame &frame);
double highestPicture(const Frame &frame);

struct LineWidths {
    double front = 0; // from the shoppers to the gateway
    double line = 0; // from the gateway to each service
};
LineWidths lineWidths(const Frame &frame, double width);
// What the lines of the gateway need with all their chips below them, px; none where the chips do not fit at all.
std::optional<double> linesHeight(const Frame &frame, QSizeF room);
bool fits(const Frame &frame, QSizeF room);

// What the letters on the chips stand for, from left to right and at the top of (0, 0), in as many rows as fit; all or
// none.
std::vector<StageLabel> keyOf(const Frame &frame, double width, double height);

} // namespace widgets::shop
