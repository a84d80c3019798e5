// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/run/snapshot.h"
#include "widgets/look/theme.h"
#include "widgets/stage/stage_label.h"
#include "widgets/stages/capstone/capstone_view.h"

#include <QRectF>

#include <vector>

class QPainter;

namespace widgets {

// What a chip's colours say.
enum class ChipRole : uint8_t {
    Off, // not in use
    Idle, // in use, and lets everything pass
    Busy, // does something: rejects, cuts off, tries again, answers
    Open, // a breaker that blocks
    Trial, // a breaker that tries
};

// A policy on a line: a small labelled switch.
struct PolicyChip {
    uint32_t pipeline = 0;
    resilience::PolicyKind kind = resilience::PolicyKind::Retry;
    ChipRole role = ChipRole::Off;
    QRectF rect{};
    StageLabel label{};
};

enum class ChipStyle : uint8_t { Words, Letters, None };

// All policies known on a line, outermost first, flowing from `area`'s top left in centred rows as wide as it. Their
// places depend on which policies are known and on the theme only, not on what they do.
std::vector<PolicyChip> layoutChips(const resilience::sim::PipelineView &pipeline, const ShopLine &line,
                                    ChipStyle style, const QRectF &area, const Theme &theme);
double chipHeight(const Theme &theme);
void paintChip(QPainter &painter, const PolicyChip &chip, const Theme &theme);

} // namespace widgets
