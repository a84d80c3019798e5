// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/stage/stage_context.h"
#include "widgets/stage/stage_figure.h"
#include "widgets/stage/stage_header.h"
#include "widgets/stage/stage_picture.h"
#include "widgets/stages/health/health_node.h"
#include "widgets/stages/health/health_track.h"
#include "widgets/stages/health/health_wires.h"

#include <optional>
#include <vector>

namespace widgets {

// The health check's stage: client, routing table, nodes one below the other, and what the nodes depend on.
class HealthPicture : public StagePicture {
public:
    // The snapshot must have a prober whose client and targets it knows.
    HealthPicture(const resilience::sim::SharedSnapshot &snapshot, QSizeF size, const Theme &theme);

    void paint(QPainter &painter, const StagePhase &phase) const override;
    const StageHits &hits() const override { return m_hits; }
    std::vector<StageLabel> labels() const override;
    std::vector<StageShape> shapes() const override;
    QRectF next() const override { return m_next; }

    const std::vector<HealthNode> &nodes() const { return m_nodes; }
    const std::vector<HealthWire> &wires() const { return m_wires; }

private:
    struct Plan {
        bool notice; // a second row in the header
        bool gates; // the routing table
        bool level; // latency bars
        bool live; // rows of liveness results
        bool rowNames;
        int lines; // of words beside each node
        bool track; // what a node was, and was believed to be, over the last seconds
        bool last; // the row of the client's last calls
        bool figure; // the number of nodes that get traffic
    };
    static const std::vector<Plan> &plans();
    double heightOf(const Plan &plan) const;
    double clientWidth() const;
    double backWidth() const; // of what the nodes depend on; 0 = nothing
    double nodeWidth(const Plan &plan) const;
    bool fits(const Plan &plan) const;
    HealthNodeStyle styleOf(const Plan &plan) const;

    void placeColumns(const Plan &plan, const QRectF &area);
    void placeBack(const QRectF &area);
    void placeFigure(const QRectF &area);
    void placeLast(const QRectF &area);
    void placeDots();
    void markNext();
    void addHits();

    const resilience::sim::ProberView &watch() const { return snapshot().health.front(); }
    const resilience::sim::ClientView &client() const { return snapshot().clients[watch().client]; }
    bool dotsShown() const { return !tooFastForDots(snapshot()); }

    QRectF m_inner;
    double m_shapes = 1; // how much larger shapes (not text) are, on cards with room to spare
    StageHeader m_header;
    StageBox m_client;
    std::vector<HealthNode> m_nodes;
    std::vector<HealthWire> m_wires;
    std::vector<StageLabel> m_notes; // headings and names of lines
    std::vector<StageBox> m_back;
    std::vector<uint32_t> m_backServices;
    std::vector<QPolygonF> m_backWires; // by node, then by service behind
    std::optional<StageFigure> m_figure;
    std::optional<StageFigure> m_restarts; // how often somebody was restarted; once it has happened
    HealthTrack m_track;
    StageLabel m_lastName;
    std::vector<StageGlyph> m_last;
    std::vector<StageDot> m_dots;
    std::vector<StageLabel> m_hidden;
    std::vector<HealthProbeDot> m_probes;
    StageHits m_hits;
    QRectF m_next;
};

} // namespace widgets
