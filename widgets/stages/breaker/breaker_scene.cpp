// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stages/breaker/breaker_scene.h"

#include "widgets/look/translation.h"
#include "widgets/stages/breaker/breaker_state_key.h"
#include "widgets/stages/breaker/breaker_target_text.h"

namespace widgets {

QString BreakerScene::name() const { return BreakerTr::tr("Circuit breaker stage"); }

std::unique_ptr<StagePicture> BreakerScene::layout(const SharedSnapshot &shared, QSizeF size, const Theme &theme) const
{
    const Snapshot &snapshot = *shared;
    if (m_client >= snapshot.clients.size())
        return nullptr;
    return std::make_unique<BreakerPicture>(shared, size, theme, m_client);
}

StageState BreakerScene::state(const Snapshot &snapshot) const
{
    const resilience::BreakerView &breaker = snapshot.clients[m_client].breaker;
    return {stateKeyOf(breaker.state), breaker.generation, breaker.since};
}

QString BreakerScene::stageText(const Snapshot &snapshot) const { return widgets::stageText(snapshot, m_client); }

QString BreakerScene::targetText(const Snapshot &snapshot, const StageTarget &target) const
{
    return widgets::targetText(snapshot, m_client, target);
}

BreakerPicture::BreakerPicture(const resilience::sim::SharedSnapshot &shared, QSizeF size, const Theme &theme,
                               uint32_t client)
    : StagePicture(shared, size, theme), m_layout(layoutBreakerStage(*shared, size, theme, client))
{
}

void BreakerPicture::paint(QPainter &painter, const StagePhase &phase) const
{
    paintBreakerStage(painter, m_layout, snapshot(), theme(), phase);
}

} // namespace widgets
