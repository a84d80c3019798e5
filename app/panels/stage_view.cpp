// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/stage_view.h"

#include "widgets/stage/stage.h"

namespace app {

using widgets::Stage;
using widgets::StageTarget;

StageView::StageView(std::unique_ptr<widgets::StageScene> scene, QWidget *parent)
    : m_stage(new Stage(std::move(scene), parent))
{
}

StageView::~StageView() { delete m_stage; }

QWidget *StageView::widget() const { return m_stage; }

const widgets::StageScene &StageView::scene() const { return m_stage->scene(); }

void StageView::setTheme(const widgets::Theme &theme) { m_stage->setTheme(theme); }

void StageView::setReducedMotion(bool reduced) { m_stage->setReducedMotion(reduced); }

void StageView::setFrame(const resilience::sim::SharedSnapshot &snapshot, bool jumped)
{
    m_stage->setFrame(snapshot, jumped);
}

void StageView::setGhost(const resilience::sim::SharedSnapshot &snapshot) { m_stage->setGhost(snapshot); }

QRectF StageView::areaOf(const StageTarget &target) const
{
    const auto *picture = m_stage->picture();
    const auto *hit = picture && target ? widgets::findHit(picture->hits(), target) : nullptr;
    if (!hit)
        return {};
    // Of an arrow its middle: the box around it is mostly empty.
    return hit->curve.isEmpty() ? hit->area : widgets::areaAround(hit->curve.pointAtPercent(0.5), 4);
}

QRectF StageView::areaOf(uint64_t event) const
{
    const auto *picture = m_stage->picture();
    const auto *hit = picture ? widgets::findEvent(picture->hits(), event) : nullptr;
    return hit ? hit->area : QRectF();
}

std::vector<QRectF> StageView::partsNamed(const std::string &name) const
{
    std::vector<QRectF> areas;
    if (const auto *picture = m_stage->picture())
        for (const widgets::StageShape &part : picture->parts())
            if (part.name.toStdString() == name)
                areas.push_back(part.rect);
    return areas;
}

void StageView::onAsked(std::function<void(const StageTarget &)> act)
{
    QObject::connect(m_stage, &Stage::targetClicked, m_stage, std::move(act));
}

void StageView::onFaultToggled(std::function<void(uint32_t)> act)
{
    QObject::connect(m_stage, &Stage::faultToggleRequested, m_stage, std::move(act));
}

void StageView::onIntervention(std::function<void(const resilience::sim::Intervention &)> act)
{
    QObject::connect(m_stage, &Stage::interventionRequested, m_stage, std::move(act));
}

void StageView::onFaultEnd(std::function<void(const resilience::sim::FaultEnd &)> act)
{
    QObject::connect(m_stage, &Stage::faultEndRequested, m_stage, std::move(act));
}

} // namespace app
