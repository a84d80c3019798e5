// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/stage/stage_box.h"
#include "widgets/stage/stage_dots.h"
#include "widgets/stage/stage_label.h"
#include "widgets/stages/health/health_process.h"
#include "widgets/stages/health/health_words.h"

#include <QRectF>

#include <optional>
#include <vector>

class QPainter;

namespace widgets {

// What a node has room for.
struct HealthNodeStyle {
    int lines = 3; // of words: its name, what is believed, what is true; with 2 the worse of those
    bool live = true; // the row of liveness results, where liveness is probed
    bool level = true; // the bar of latency
    bool rowNames = true;
};

// The results of one series of probes, the newest at the right, and then the wait for the next one.
struct HealthProbeRow {
    StageLabel name{};
    std::vector<StageGlyph> glyphs{};
    QRectF bracket{}; // around those that count; empty when none does
    bool failing = false;
    QPointF ring{};
    double ringRadius = 0;
    double waited = 0; // the share of the interval that is over
    bool out = false; // a probe is on its way
    StageLabel verdict{};
    QRectF area{};
};

// How long the latest probe took, against the levels.
struct HealthLevelBar {
    StageLabel name{};
    QRectF track{};
    double degradedAt = 0; // x
    double unhealthyAt = 0;
    std::optional<double> mark{}; // x of the latest probe
    bool beyond = false; // it took longer than the bar reaches, or had no answer
    StageLabel text{};
    QRectF area{};
};

struct HealthNode {
    uint32_t place = 0; // among the client's targets
    uint32_t service = 0;
    QRectF rect{};
    ProcessShape process{};
    StageLabel name{};
    StageLabel belief{};
    StageLabel truth{};
    QRectF served{}; // room for the calls it works on
    std::optional<HealthProbeRow> ready{};
    std::optional<HealthProbeRow> live{};
    std::optional<HealthLevelBar> level{};

    std::vector<StageLabel> labels() const;
};

double healthNodeHeight(const Theme &theme, const HealthNodeStyle &style, double figure);
HealthNode layoutHealthNode(const resilience::sim::Snapshot &snapshot, const resilience::sim::ProberView &watch,
                            uint32_t place, const Theme &theme, const QRectF &rect, const HealthNodeStyle &style,
                            double figure);
void paintHealthNode(QPainter &painter, const HealthNode &node, const Theme &theme);

} // namespace widgets
