// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/stage/stage_scene.h"
#include "widgets/stages/capstone/capstone_layout.h"

namespace widgets {

// The stage of the capstone: shoppers, a gateway and the services it calls, with their workers and queues, the policies
// on every line as chips that can be clicked, and below it what comes out: the goodput.
class CapstoneScene : public StageScene {
public:
    QString name() const override;
    std::vector<LegendSign> legend() const override;
    std::unique_ptr<StagePicture> layout(const SharedSnapshot &snapshot, QSizeF size,
                                         const Theme &theme) const override;
    QString stageText(const Snapshot &snapshot) const override;
    QString targetText(const Snapshot &snapshot, const StageTarget &target) const override;
    std::optional<uint64_t> eventBehind(const Snapshot &snapshot, const StageTarget &target) const override;
    std::optional<Intervention> clicked(const Snapshot &snapshot, const StageTarget &target) const override;
};

class CapstonePicture : public StagePicture {
public:
    CapstonePicture(const resilience::sim::SharedSnapshot &snapshot, const Shop &shop, QSizeF size, const Theme &theme);

    void paint(QPainter &painter, const StagePhase &phase) const override;
    const StageHits &hits() const override { return m_layout.hits; }
    std::vector<StageLabel> labels() const override { return m_layout.labels(); }
    std::vector<StageShape> shapes() const override { return m_layout.shapes(); }
    std::vector<StageShape> parts() const override { return m_layout.parts(); }
    QRectF next() const override { return m_layout.next; }
    const ShopLayout &shopLayout() const { return m_layout; }

private:
    ShopLayout m_layout;
};

} // namespace widgets
