// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/guide/guide_panel.h"

#include "app/panels/controls/elided_combo_box.h"
#include "app/panels/controls/labels.h"
#include "app/panels/guide/goal_row.h"
#include "app/panels/guide/guide_part.h"
#include "app/panels/guide/guide_riddle.h"
#include "app/panels/guide/prediction_list.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>

namespace app {

using namespace resilience;

namespace {
QString text(const std::string &utf8) { return QString::fromStdString(utf8); }
} // namespace

GuidePanel::GuidePanel(Session &session, QWidget *parent)
    : ScrollCard(parent), m_session(session), m_theme(widgets::Theme::light())
{
    setObjectName(QStringLiteral("guide"));
    buildHead();
    buildPage();
    buildFoot();
}

void GuidePanel::buildPage()
{
    QWidget *page = bodyWidget();
    const auto part = [&](const QString &caption, const char *box) {
        auto *made = new GuidePart(caption, box, page);
        body()->addWidget(made);
        return made;
    };
    const auto label = [&](const char *role, const char *name) {
        auto *made = makeLabel(role, page);
        made->setObjectName(QLatin1String(name));
        body()->addWidget(made);
        return made;
    };
    m_description = label("quiet", "scenario-description");
    body()->addSpacing(4);
    m_title = label("heading", "beat-title");
    m_text = label("body", "beat-text");
    m_return = new QPushButton(page);
    m_return->setObjectName(QStringLiteral("beat-return"));
    setRole(m_return, "choice");
    connect(m_return, &QPushButton::clicked, this, [this] { m_session.backToGuide(); });
    body()->addWidget(m_return, 0, Qt::AlignLeft);
    m_action = part(tr("Do"), nullptr);
    m_watch = part(tr("Watch for"), "watch");
    m_goals = new QWidget(page);
    body()->addWidget(m_goals);
    m_predictions = new PredictionList(m_session, page);
    body()->addWidget(m_predictions);
    m_expected = part(tr("Expected"), nullptr);
    m_compare = new QPushButton(page);
    m_compare->setObjectName(QStringLiteral("beat-compare"));
    setRole(m_compare, "choice");
    connect(m_compare, &QPushButton::clicked, this, [this] {
        for (const labs::Comparison &ready : m_session.lab().comparisons)
            if (text(ready.id) == m_compare->property("comparison").toString())
                return m_session.open(ready);
    });
    body()->addWidget(m_compare, 0, Qt::AlignLeft);
    m_compared = label("body", "beat-compared");
    m_riddle = new GuideRiddle(page);
    body()->addWidget(m_riddle);
    m_takeaway = part(tr("Takeaway"), "seen");
    m_before = part(tr("Remember from the last page"), nullptr);
    m_objective = part(tr("What this step is for"), nullptr);
    m_notSolved = part(tr("What this does not solve"), nullptr);
    m_simplified = part(tr("What is simplified here"), nullptr);
    body()->addStretch(1);
}

void GuidePanel::buildHead()
{
    m_scenarios = new ElidedComboBox(this);
    m_scenarios->setObjectName(QStringLiteral("scenarios"));
    m_scenarios->setAccessibleName(tr("Scenario"));
    m_scenarios->setFocusPolicy(Qt::TabFocus);
    connect(m_scenarios, &ElidedComboBox::activated, this, [this](int index) {
        const auto &all = m_session.lab().scenarios;
        if (index >= 0 && size_t(index) < all.size())
            m_session.openScenario(all[size_t(index)]);
    });
    head()->addWidget(m_scenarios);
}

void GuidePanel::buildFoot()
{
    m_turning = new QWidget(this);

    m_back = new QPushButton(m_turning);
    m_back->setObjectName(QStringLiteral("beat-back"));
    m_back->setText(tr("Back"));
    m_back->setFocusPolicy(Qt::TabFocus);
    setRole(m_back, "choice");
    m_page = makeLabel("quiet", m_turning);
    m_page->setAlignment(Qt::AlignCenter);
    m_next = new QPushButton(tr("Next"), m_turning);
    m_next->setObjectName(QStringLiteral("beat-next"));
    m_next->setFocusPolicy(Qt::TabFocus);
    setRole(m_next, "choice");
    connect(m_back, &QPushButton::clicked, this, [this] { m_session.previousBeat(); });
    connect(m_next, &QPushButton::clicked, this, [this] { m_session.nextBeat(); });
    auto *column = new QVBoxLayout(m_turning);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(makeRule(m_turning));
    auto *row = new QHBoxLayout;
    column->addLayout(row);
    row->addWidget(m_back);
    row->addWidget(m_page, 1);
    row->addWidget(m_next);
    foot()->addWidget(m_turning);
    foot()->addSpacing(4);
}

void GuidePanel::buildGoals()
{
    delete m_goals->layout();
    qDeleteAll(m_goals->findChildren<QWidget *>(QString(), Qt::FindDirectChildrenOnly));
    m_rows.clear();
    auto *column = new QVBoxLayout(m_goals);
    column->setContentsMargins(0, 4, 0, 0);
    column->setSpacing(2);
    auto *head = new QHBoxLayout;
    m_goalsTitle = makeLabel("caption", m_goals);
    m_goalsReached = makeLabel("quiet", m_goals);
    m_goalsReached->setObjectName(QStringLiteral("goals-reached"));
    m_goalsReached->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    head->addWidget(m_goalsTitle, 1);
    head->addWidget(m_goalsReached, 1);
    column->addLayout(head);
    for (const labs::Goal &goal : m_lab->goals) {
        auto *row = new GoalRow(text(goal.text), m_goals);
        row->setObjectName(QStringLiteral("goal-") + text(goal.id));
        row->setTheme(m_theme);
        column->addWidget(row);
        m_rows.push_back(row);
    }
}

void GuidePanel::buildScenarios()
{
    const QSignalBlocker quiet(m_scenarios);
    m_scenarios->clear();
    for (const auto &scenario : m_lab->scenarios) {
        m_scenarios->addItem(text(scenario->title), text(scenario->name));
        m_scenarios->setItemData(m_scenarios->count() - 1, text(scenario->description), Qt::ToolTipRole);
    }
}

void GuidePanel::showScenario()
{
    const sim::Scenario &open = m_session.scenario();
    const int known = m_scenarios->findData(text(open.name));
    const QSignalBlocker quiet(m_scenarios);
    m_scenarios->setCurrentIndex(known);
    if (known < 0)
        m_scenarios->setPlaceholderText(text(open.title.empty() ? open.name : open.title));
    m_scenarios->setToolTip(tr("Seed %1").arg(m_session.timeline().seed()));
    showText(m_description, text(open.description));
}

void GuidePanel::showPage()
{
    const labs::Guide &guide = m_lab->guide;
    const size_t index = m_session.guide().beat();
    const labs::Beat beat = m_onGuide && index < guide.beats.size() ? guide.beats[index] : labs::Beat{};
    const bool over = m_session.guide().isOver(*m_lab, m_session.goals());
    showBeat(beat, over);
    if (!m_onGuide)
        showOffGuide();
    m_return->setVisible(!m_onGuide);
    showTurning(over);
}

void GuidePanel::showBeat(const labs::Beat &beat, bool over)
{
    const labs::Guide &guide = m_lab->guide;
    const size_t index = m_session.guide().beat();
    showText(m_title, text(beat.title));
    m_objective->setText(m_onGuide && index == 0 ? text(guide.objective) : QString());
    showText(m_text, text(beat.text));
    m_watch->setText(text(beat.watchFor));
    m_action->setText(text(beat.action));
    m_expected->setText(text(beat.expected));
    m_riddle->setTexts(text(beat.question), text(beat.answer));
    m_before->setText(m_onGuide && index > 0 ? text(guide.beats[index - 1].takeaway) : QString());
    showGoals(beat);
    showComparisons(beat);
    showEnd(beat, over);
}

void GuidePanel::showOffGuide()
{
    const labs::Guide &guide = m_lab->guide;
    const size_t index = m_session.guide().beat();
    showText(m_title, text(m_session.scenario().title));
    if (index >= guide.beats.size())
        return showText(m_text, QString());
    const labs::Beat &page = guide.beats[index];
    const std::string &open = m_session.scenario().name;
    const bool refers = std::find(page.seeAlso.begin(), page.seeAlso.end(), open) != page.seeAlso.end();
    showText(m_text,
             refers ? tr("It belongs to page %1, \"%2\": play it, and compare.").arg(index + 1).arg(text(page.title))
                    : tr("No page of the guide is about this run. Play it, turn what you like, and go on with "
                         "the guide when you have seen enough."));
    if (refers)
        m_watch->setText(text(page.watchFor));
    m_return->setText(tr("Back to page %1").arg(index + 1));
    m_return->setToolTip(text(page.title));
}

void GuidePanel::showGoals(const labs::Beat &beat)
{
    for (size_t i = 0; i < m_rows.size(); ++i)
        m_rows[i]->setVisible(std::find(beat.goals.begin(), beat.goals.end(), m_lab->goals[i].id) != beat.goals.end());
    showText(m_goalsTitle, beat.goals.size() == 1 ? tr("Goal of this page") : tr("Goals of this page"));
    showText(m_goalsReached, tr("%1 of %2 in this step").arg(m_session.goals().met()).arg(m_lab->goals.size()));
    m_goals->setVisible(!beat.goals.empty());
}

// What comes of it is told once it was looked at.
void GuidePanel::showComparisons(const labs::Beat &beat)
{
    const labs::Comparison *ready = nullptr;
    for (const labs::Comparison &one : m_lab->comparisons)
        if (m_onGuide && std::find(beat.comparisons.begin(), beat.comparisons.end(), one.id) != beat.comparisons.end())
            ready = &one;
    m_compare->setVisible(ready != nullptr);
    if (ready) {
        m_compare->setText(tr("Compare side by side"));
        m_compare->setToolTip(plainToolTip(
            tr("%1 and %2, side by side, from the start").arg(text(ready->ours.name), text(ready->other.name))));
        m_compare->setProperty("comparison", text(ready->id));
    }
    showText(m_compared, ready ? tr("%1. %2").arg(text(ready->title), text(ready->text)) : QString());
}

void GuidePanel::showTurning(bool over)
{
    m_page->setText(tr("%1 of %2").arg(m_session.guide().beat() + 1).arg(m_lab->guide.beats.size()));
    m_back->setEnabled(m_session.guide().hasPrevious());
    const bool lastPage = !m_session.guide().hasNext(*m_lab);
    const labs::Lab *next = lastPage ? m_session.nextLab() : nullptr;
    m_next->setText(next ? tr("Next step") : tr("Next"));
    m_next->setToolTip(next ? tr("On to \"%1\"").arg(text(next->title)) : QString());
    m_next->setEnabled(m_session.hasNextBeat());
    setRole(m_next, over && m_onGuide && m_next->isEnabled() ? "go" : "choice");
}

void GuidePanel::showEnd(const labs::Beat &beat, bool over)
{
    const bool last = m_onGuide && !m_session.guide().hasNext(*m_lab);
    // Told before it has been seen, a takeaway is a spoiler; where nothing can be met, there is nothing to wait for.
    m_takeaway->setText(over || beat.goals.empty() ? text(beat.takeaway) : QString());
    m_notSolved->setText(last ? text(m_lab->guide.notSolved) : QString());
    m_simplified->setText(last ? text(m_lab->guide.simplified) : QString());
}

void GuidePanel::setFrame()
{
    const bool otherLab = m_lab != &m_session.lab();
    if (otherLab) {
        m_lab = &m_session.lab();
        buildGoals();
        buildScenarios();
    }
    for (size_t i = 0; i < m_rows.size(); ++i)
        m_rows[i]->setMet(m_session.goals().isMet(i));
    const bool otherPage = otherLab || m_beat != m_session.guide().beat() || m_onGuide != m_session.onGuide();
    if (otherPage || m_goalsMet != m_session.goals().met() || !m_onGuide) {
        m_beat = m_session.guide().beat();
        m_onGuide = m_session.onGuide();
        m_goalsMet = m_session.goals().met();
        showPage();
    }
    if (otherPage)
        scrollToTop();
    showScenario();
    m_predictions->setFrame();
    coverAnswers();
}

// What tells how it ends keeps its place while somebody is asked for it.
void GuidePanel::coverAnswers()
{
    const bool asked = m_session.prediction().stage() == Prediction::Stage::Asked;
    setRole(m_description, asked ? "covered" : "quiet");
    for (GuidePart *part : {m_watch, m_expected, m_takeaway})
        part->setCovered(asked);
}

void GuidePanel::setTheme(const widgets::Theme &theme)
{
    m_theme = theme;
    for (GoalRow *row : m_rows)
        row->setTheme(theme);
    m_predictions->setTheme(theme);
}

QWidget *GuidePanel::lastStop() const { return m_next; }

} // namespace app
