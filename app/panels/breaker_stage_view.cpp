// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/breaker_stage_view.h"

#include "app/panels/lit_overlay.h"
#include "widgets/breaker_stage.h"

namespace app {

using widgets::BreakerStage;
using widgets::StageTarget;

BreakerStageView::BreakerStageView(QWidget *parent)
    : m_stage(new BreakerStage(parent)), m_lit(new LitOverlay(m_stage))
{
}

BreakerStageView::~BreakerStageView()
{
    delete m_stage;
}

QWidget *BreakerStageView::widget()
{
    return m_stage;
}

void BreakerStageView::setTheme(const widgets::Theme &theme)
{
    m_stage->setTheme(theme);
    m_lit->setTheme(theme);
}

void BreakerStageView::setReducedMotion(bool reduced)
{
    m_stage->setReducedMotion(reduced);
}

void BreakerStageView::setFrame(const resilience::sim::Snapshot &snapshot, bool jumped)
{
    m_stage->setFrame(snapshot, jumped);
}

void BreakerStageView::setLit(const std::vector<uint64_t> &events)
{
    m_lit->setLit(events, [this](uint64_t event) {
        const auto *hit = m_stage->currentLayout().find({StageTarget::Kind::RecentOutcome, event});
        return hit ? hit->area : QRectF();
    });
}

void BreakerStageView::onAsked(std::function<void(const StageTarget &)> act)
{
    QObject::connect(m_stage, &BreakerStage::targetClicked, m_stage, std::move(act));
}

void BreakerStageView::onFaultToggled(std::function<void(uint32_t)> act)
{
    QObject::connect(m_stage, &BreakerStage::faultToggleRequested, m_stage, std::move(act));
}

} // namespace app
