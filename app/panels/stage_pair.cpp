// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/stage_pair.h"

#include "app/panels/stage_tag.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace app {

namespace {
constexpr double kLeastStage = 380; // px at scale 1: narrower, it is no longer read
constexpr double kLeastInHall = 290; // where all type is large already
constexpr double kHallScale = 1.7;
constexpr int kGap = 8;
} // namespace

StagePair::StagePair(MakeScene makeScene, QWidget *parent)
    : QWidget(parent), m_makeScene(std::move(makeScene)), m_theme(widgets::Theme::light())
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_tagRow = new QHBoxLayout;
    m_stageRow = new QHBoxLayout;
    for (QHBoxLayout *row : {m_tagRow, m_stageRow}) {
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(kGap);
    }
    column->addLayout(m_tagRow);
    column->addLayout(m_stageRow, 1);
    makeView(0);
}

StagePair::~StagePair() = default;

int StagePair::widthOfTwo(const widgets::Theme &theme)
{
    const double least = theme.scale >= kHallScale ? kLeastInHall : kLeastStage;
    return 2 * static_cast<int>(theme.px(least)) + kGap;
}

void StagePair::makeView(size_t place)
{
    m_tags[place] = new StageTag(this);
    m_tags[place]->setObjectName(place == 0 ? QStringLiteral("run-tag-left") : QStringLiteral("run-tag-right"));
    m_tags[place]->setTheme(m_theme);
    m_tags[place]->hide();
    connect(m_tags[place], &StageTag::clicked, this, [this, place] {
        if (m_two && place != m_ours)
            emit otherWanted();
    });
    m_views[place] = std::make_unique<StageView>(m_makeScene(), this);
    m_views[place]->widget()->setObjectName(place == 0 ? QStringLiteral("stage") : QStringLiteral("stage-2"));
    m_views[place]->setTheme(m_theme);
    m_views[place]->setReducedMotion(m_reducedMotion);
    m_tagRow->addWidget(m_tags[place], 1);
    m_stageRow->addWidget(m_views[place]->widget(), 1);
    if (m_onMade)
        m_onMade(*m_views[place]);
}

void StagePair::onMade(std::function<void(StageView &)> act)
{
    m_onMade = std::move(act);
    for (const auto &view : m_views)
        if (view)
            m_onMade(*view);
}

void StagePair::setFrame(const Frame &frame)
{
    const bool two = static_cast<bool>(frame.other);
    const size_t ours = two && frame.oursRight ? 1 : 0;
    if ((two || ours == 1) && !m_views[1])
        makeView(1);
    const bool rearranged = two != m_two || ours != m_ours;
    m_two = two;
    m_ours = ours;
    if (rearranged)
        arrange();
    m_views[ours]->setFrame(frame.ours, frame.jumped || rearranged);
    m_other = frame.other;
    showGhost();
    if (!two)
        return;
    m_views[1 - ours]->setFrame(frame.other, frame.jumped || rearranged);
    m_tags[ours]->show(RunSide::Ours, frame.ourName, tr("Knobs, faults and questions go to this run"));
    m_tags[1 - ours]->show(RunSide::Other, frame.otherName, tr("Click to make this the run that you act on"));
}

// Without room for both the tags stand above the one that is shown: they are the switch.
void StagePair::arrange()
{
    const bool room = width() >= widthOfTwo(m_theme);
    const bool hadFocus = isAncestorOf(window()->focusWidget());
    ours().widget()->show(); // before the other goes: what has the focus hands it on
    if (hadFocus)
        ours().widget()->setFocus();
    for (size_t place = 0; place < m_views.size(); ++place) {
        if (!m_views[place])
            continue;
        m_tags[place]->setVisible(m_two);
        m_views[place]->widget()->setVisible(place == m_ours || (m_two && room));
    }
    showGhost();
}

// Where the other one has no room it shows through.
void StagePair::showGhost()
{
    const bool room = width() >= widthOfTwo(m_theme);
    for (size_t place = 0; place < m_views.size(); ++place)
        if (m_views[place])
            m_views[place]->setGhost(place == m_ours && !room ? m_other : resilience::sim::SharedSnapshot());
}

void StagePair::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void StagePair::setTheme(const widgets::Theme &theme)
{
    m_theme = theme;
    for (size_t place = 0; place < m_views.size(); ++place) {
        if (!m_views[place])
            continue;
        m_views[place]->setTheme(theme);
        m_tags[place]->setTheme(theme);
    }
    arrange();
}

void StagePair::setReducedMotion(bool reduced)
{
    m_reducedMotion = reduced;
    for (const auto &view : m_views)
        if (view)
            view->setReducedMotion(reduced);
}

} // namespace app
