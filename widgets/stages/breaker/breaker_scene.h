// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/stage/stage_scene.h"
#include "widgets/stages/breaker/breaker_stage_scene.h"

namespace widgets {

// The circuit breaker of one client: wire and switch, state diagram, and the row of its latest calls.
class BreakerScene : public StageScene {
public:
    explicit BreakerScene(uint32_t client = 0) : m_client(client) {} // index

    QString name() const override;
    std::vector<LegendSign> legend() const override;
    // Null when there is no such client.
    std::unique_ptr<StagePicture> layout(const SharedSnapshot &snapshot, QSizeF size,
                                         const Theme &theme) const override;
    StageState state(const Snapshot &snapshot) const override;
    QString stageText(const Snapshot &snapshot) const override;
    QString targetText(const Snapshot &snapshot, const StageTarget &target) const override;

private:
    uint32_t m_client;
};

class BreakerPicture : public StagePicture {
public:
    // `client` must exist in the snapshot.
    BreakerPicture(const resilience::sim::SharedSnapshot &snapshot, QSizeF size, const Theme &theme, uint32_t client);

    void paint(QPainter &painter, const StagePhase &phase) const override;
    const StageHits &hits() const override { return m_layout.hits; }
    std::vector<StageLabel> labels() const override { return m_layout.labels(); }
    std::vector<StageShape> shapes() const override { return m_layout.shapes(); }
    QRectF next() const override { return m_layout.next; }

    const BreakerStageLayout &layout() const { return m_layout; }

private:
    BreakerStageLayout m_layout;
};

} // namespace widgets
