// SPDX-License-Identifier: GPL-3.0-or-later
// The stage in the window, what lies over it, and what happens when somebody acts on it.
#include "app/panels/controls/labels.h"
#include "app/panels/guide/guide_panel.h"
#include "app/panels/guide/question_veil.h"
#include "app/panels/many/many_view.h"
#include "app/panels/settings/knob_text.h"
#include "app/panels/settings/side_panel.h"
#include "app/panels/stage_pair.h"
#include "app/panels/why_card.h"
#include "app/stages/panel_factory.h"
#include "app/window/main_window.h"
#include "app/window/stage_inquiry.h"
#include "widgets/time/time_panel.h"

#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace app {

using namespace resilience;

QWidget *MainWindow::makeStageCard()
{
    m_stageCard = new QFrame(this);
    m_stageCard->setObjectName(QStringLiteral("stage-card"));
    auto *inside = new QVBoxLayout(m_stageCard);
    inside->setContentsMargins(0, 0, 0, 0);
    m_veil = new QuestionVeil(
        m_session,
        [this](const labs::Spot &spot) {
            const QRectF area = areaOf(spot);
            return area.isEmpty() ? area : area.translated(stageOffset());
        },
        [this](const std::string &name) {
            std::vector<QRectF> parts = m_stage ? m_stage->ours().partsNamed(name) : std::vector<QRectF>();
            for (QRectF &part : parts)
                part.translate(stageOffset());
            return parts;
        },
        m_stageCard);
    inside->setSpacing(0);
    m_legendLink = new QPushButton(tr("legend · what is simplified · words"), m_stageCard);
    m_legendLink->setObjectName(QStringLiteral("legend"));
    m_legendLink->setToolTip(tr("What the signs on this stage mean, what is simplified, and the words of the field"));
    m_legendLink->setFocusPolicy(Qt::TabFocus);
    setRole(m_legendLink, "footnote");
    m_manyView = new ManyView(m_many, m_session, m_stageCard);
    m_manyView->hide();
    inside->addWidget(m_manyView, 1);
    inside->addWidget(m_legendLink, 0, Qt::AlignRight);
    return m_stageCard;
}

// Where the stage of our run begins in its card.
QPointF MainWindow::stageOffset() const
{
    return m_stage ? QPointF(m_stage->ours().widget()->mapTo(m_stageCard, QPoint())) : QPointF();
}

QRectF MainWindow::areaOf(const labs::Spot &spot) const
{
    if (!m_stage)
        return {};
    switch (spot.kind) {
    case labs::Spot::Kind::Client:
        return m_stage->ours().areaOf(widgets::targets::Client{spot.index});
    case labs::Spot::Kind::Service:
        return m_stage->ours().areaOf(widgets::targets::Service{spot.index});
    case labs::Spot::Kind::State:
        return m_stage->ours().areaOf(widgets::targets::StateBubble{spot.state});
    case labs::Spot::Kind::Nothing:
        break;
    }
    return {};
}

// What is done on the stage of the other run makes that one ours.
StageView &MainWindow::actOn(StageView &view)
{
    if (&view != &m_stage->ours())
        m_session.swapRuns();
    return m_stage->ours();
}

void MainWindow::wire(StageView &view)
{
    view.onAsked([this, &view](const widgets::StageTarget &target) {
        m_guard.noteChosen();
        const widgets::StageScene &scene = actOn(view).scene();
        m_why->setAsked(target);
        if (const auto component = componentBehind(target, scene, m_session.snapshot(), m_session.timeline()))
            m_side->chooseFaultTarget(*component);
        m_session.inspect(eventBehind(target, scene, m_session.snapshot(), m_session.timeline()));
    });
    view.onFaultToggled([this, &view](uint32_t service) {
        actOn(view);
        const auto &component = m_session.snapshot().components.at(service);
        const auto &faults = m_session.lab().faults;
        const auto kind = std::find_if(faults.begin(), faults.end(), [&](auto one) { return canHave(component, one); });
        if (kind != faults.end())
            m_session.toggleFault(service, *kind);
    });
    view.onIntervention([this, &view](const sim::Intervention &what) {
        m_guard.noteChosen();
        actOn(view);
        const auto why = m_session.intervene(what);
        m_side->showRefusal(why ? refusalText(*why) : QString());
    });
    view.onFaultEnd([this, &view](const sim::FaultEnd &end) {
        m_guard.noteChosen();
        actOn(view);
        m_side->chooseFaultTarget(end.target);
        m_session.endFault(end);
    });
}

// A lab's own pictures: the stage and the charts.
void MainWindow::makeStageOf(const labs::Lab &lab)
{
    m_stageOf = &lab;
    m_stage = std::make_unique<StagePair>([kind = lab.panels.front()] { return makeScene(kind); }, m_stageCard);
    m_stage->onMade([this](StageView &view) { wire(view); });
    connect(m_stage.get(), &StagePair::otherWanted, &m_session, &Session::swapRuns);
    static_cast<QVBoxLayout *>(m_stageCard->layout())->insertWidget(0, m_stage.get(), 1);
    m_time->setCharts(lab.charts);
    m_stage->setTheme(m_appearance.theme());
    m_stage->setReducedMotion(m_appearance.reducedMotion());
    QWidget *const stage = m_stage->ours().widget();
    setTabOrder(m_guide->lastStop(), stage);
    m_guard.setHome(stage);
    m_stage->show(); // else it would take its room only later
    stage->setFocus();
    divide();
}

} // namespace app
