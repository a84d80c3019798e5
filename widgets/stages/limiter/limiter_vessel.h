// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/run/snapshot.h"
#include "widgets/look/theme.h"
#include "widgets/stage/stage_label.h"

#include <QPointF>
#include <QRectF>

#include <vector>

class QPainter;

namespace widgets {

// A limiter as a vessel: tokens that can be counted up to kCountable, a level with ticks above that. A tap above it
// drips at the rate; a leaky bucket has its hole below instead.
struct LimiterVessel {
    enum class Flow : uint8_t { In, Out } flow = Flow::In;
    QRectF glass; // the inside
    std::vector<QPointF> places; // of tokens, bottom first
    double radius = 0; // of a token; 0 = a level
    uint64_t full = 0; // places taken
    double level = 0; // share of the glass that is filled
    std::vector<double> ticks; // y of level marks
    double tap = 0; // px: how far the tap reaches above the glass, or what falls below it
    QPointF drip; // where the next token hangs; below the tap, or at the hole
    double dripGrowth = 0; // 0..1: how far the next one has come
    bool dripping = false; // the vessel is neither full nor, for a leak, empty
    StageLabel name;
    StageLabel count; // "3 of 5 tokens"
    StageLabel next; // "next in 0.3 s"

    std::vector<StageLabel> labels() const { return {name, count, next}; }
    QRectF outline() const; // glass, tap and hole
};
inline constexpr uint64_t kCountable = 20;

// Of the limiter of `pipeline`, an index.
LimiterVessel layoutVessel(const resilience::sim::Snapshot &snapshot, uint32_t pipeline, const QRectF &area,
                           const Theme &theme);
void paintVessel(QPainter &painter, const LimiterVessel &vessel, const Theme &theme);

} // namespace widgets
