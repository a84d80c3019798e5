// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/stage/stage_dots.h"
#include "widgets/stages/health/health_node.h"

#include <QPolygonF>

#include <optional>
#include <vector>

class QPainter;

namespace widgets {

// From the client to one node: the way of the calls, through its line of the routing table, and that of the probes,
// which pass by it.
struct HealthWire {
    uint32_t place = 0;
    QPolygonF calls{};
    QPolygonF probes{};
    bool routed = false;
    bool unhealthy = false;
    double share = 0; // of the calls that arrived lately
    QRectF gate{}; // the line of the routing table; empty when there is no room for it
    StageLabel route{};
};

// A probe on its way, or waiting at a node for an answer that may never come.
struct HealthProbeDot {
    uint64_t event = 0; // number of its ProbeSent
    bool process = false; // start-up or liveness
    QPointF at{};
    double radius = 0;
    bool back = false;
    bool failed = false;
    bool lost = false;

    StageHit hit(const Theme &theme) const; // an Event target
};

// The point `share` (0..1) of the way along a line, by length.
QPointF alongLine(const QPolygonF &line, double share);

// The share of the client's calls that arrived at each service lately, by index of the service: in whole per cents that
// add up to 100.
std::vector<double> recentShares(const resilience::sim::Snapshot &snapshot, uint32_t client);

HealthWire layoutHealthWire(const words::HealthTarget &target, uint32_t place, double share, const QPointF &from,
                            const HealthNode &node, const QRectF &gateColumn, const Theme &theme, double figure);
void paintHealthWire(QPainter &painter, const HealthWire &wire, const Theme &theme);
// On top of the calls that pass through it.
void paintHealthGate(QPainter &painter, const HealthWire &wire, const Theme &theme);

std::vector<HealthProbeDot> layoutProbeDots(const resilience::sim::Snapshot &snapshot,
                                            const words::HealthTarget &target, const HealthWire &wire, double radius);
void paintProbeDot(QPainter &painter, const HealthProbeDot &dot, const Theme &theme);

} // namespace widgets
