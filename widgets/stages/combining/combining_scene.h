// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/stage/stage_header.h"
#include "widgets/stage/stage_scene.h"
#include "widgets/stages/combining/combining_figures.h"
#include "widgets/stages/combining/combining_shells.h"

#include <optional>
#include <vector>

namespace widgets {

// Policies as nested shells around a call, on the same traffic in two orders: the first client's, which stays as it is,
// and the last client's, whose shells can be moved and switched off. Below, what each order costs. With one client
// there is nothing to compare, and its shells can be moved.
class CombiningScene : public StageScene {
public:
    QString name() const override;
    std::vector<LegendSign> legend() const override;
    // Null without a client, and when a client's pipeline is not there.
    std::unique_ptr<StagePicture> layout(const SharedSnapshot &snapshot, QSizeF size,
                                         const Theme &theme) const override;
    StageState state(const Snapshot &snapshot) const override;
    QString stageText(const Snapshot &snapshot) const override;
    QString targetText(const Snapshot &snapshot, const StageTarget &target) const override;
    std::optional<uint64_t> eventBehind(const Snapshot &snapshot, const StageTarget &target) const override;
    // Switches, and the button that puts the usual order back.
    std::optional<Intervention> clicked(const Snapshot &snapshot, const StageTarget &target) const override;
    bool draggable(const StageTarget &target) const override;
    std::optional<Intervention> dropped(const Snapshot &snapshot, const StageTarget &target, QPointF from, QPointF to,
                                        const StagePicture &picture) const override;
    std::optional<Intervention> moved(const Snapshot &snapshot, const StageTarget &target, int steps) const override;
};

class CombiningPicture : public StagePicture {
public:
    CombiningPicture(const resilience::sim::SharedSnapshot &snapshot, QSizeF size, const Theme &theme);

    void paint(QPainter &painter, const StagePhase &phase) const override;
    const StageHits &hits() const override { return m_hits; }
    std::vector<StageLabel> labels() const override;
    std::vector<StageShape> shapes() const override;
    std::vector<StageShape> parts() const override;
    QRectF next() const override { return m_next; }
    void paintDragged(QPainter &painter, const StageHit &hit, QPointF by) const override;

    const std::vector<ShellStack> &stacks() const { return m_stacks; } // the last one can be changed
    const CostTable &table() const { return m_table; }
    const std::optional<BudgetBar> &budget() const { return m_budget; }

private:
    void place();
    void addHits();
    void markNext();

    StageHeader m_header;
    std::vector<ShellStack> m_stacks;
    CostTable m_table;
    std::optional<BudgetBar> m_budget;
    StageHits m_hits;
    QRectF m_next;
    double m_figure = 1.0;
};

} // namespace widgets
