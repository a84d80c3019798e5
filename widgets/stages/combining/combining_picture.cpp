// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/look/translation.h"
#include "widgets/stages/combining/combining_order.h"
#include "widgets/stages/combining/combining_scene.h"
#include "widgets/stages/combining/combining_targets.h"
#include "widgets/stages/combining/combining_words.h"

#include <QPainter>

#include <algorithm>
#include <array>

namespace widgets {

using resilience::PolicyKind;
using resilience::sim::Snapshot;
using resilience::sim::Upcoming;

namespace {

// What the stage can do without, step by step; the first that fits is taken.
struct StackPlan {
    bool notice; // a second row in the header
    bool head; // above each stack: whose it is
    CoreRoom core;
    size_t lines; // of the table
    bool budget;
    double strip; // at least, at scale 1; 0 = as low as its words allow
};
constexpr std::array<StackPlan, 14> kStackPlans{{
    {true, true, CoreRoom::Roomy, 6, true, 20},
    {true, true, CoreRoom::Roomy, 5, true, 18},
    {true, true, CoreRoom::Roomy, 4, true, 18},
    {true, true, CoreRoom::Roomy, 3, true, 17},
    {true, true, CoreRoom::Words, 3, true, 17},
    {true, true, CoreRoom::Words, 2, true, 0},
    {false, true, CoreRoom::Words, 2, true, 0},
    {false, true, CoreRoom::Words, 1, true, 0},
    {false, true, CoreRoom::Words, 2, false, 0},
    {true, true, CoreRoom::Words, 1, false, 0},
    {true, true, CoreRoom::Words, 0, false, 0},
    {false, true, CoreRoom::Words, 0, false, 0},
    {false, false, CoreRoom::Words, 0, false, 0},
    {false, false, CoreRoom::None, 0, false, 0},
}};
constexpr double kHighestStrip = 44; // at scale 1
constexpr double kNarrowestStack = 236; // at scale 1; below, one stack must do
constexpr double kStackGap = 8;
constexpr double kBetweenStacks = 24;

double leastStrip(const StackPlan &plan, const Theme &theme)
{
    return std::max(theme.px(plan.strip), leastStripHeight(theme));
}

// Everything but the strips.
double heightAround(const StackPlan &plan, size_t shells, const Theme &theme)
{
    double height = stageHeaderHeight(theme, plan.notice) + theme.px(kStackGap)
                    + shellStackExtra(theme, shells, plan.head, plan.core);
    if (plan.lines > 0)
        height += theme.px(kStackGap) + costTableHeight(theme, plan.lines);
    if (plan.budget)
        height += theme.px(kStackGap) + budgetBarHeight(theme);
    return height;
}

StageHeaderWords combiningHeaderWords(const Snapshot &snapshot, const Theme &theme)
{
    StageHeaderWords words{
        .title = words::costTitle(snapshot), .titleColor = theme.ink, .detail = words::costDetail(snapshot)};
    addStageNotice(words, snapshot,
                   {CombiningTr::tr("Press Space to start. Then drag a shell of your order to another place."),
                    CombiningTr::tr("Space starts. Then drag a shell."), CombiningTr::tr("Press Space to start."),
                    CombiningTr::tr("Space starts.")});
    return words;
}

} // namespace

CombiningPicture::CombiningPicture(const resilience::sim::SharedSnapshot &shared, QSizeF size, const Theme &theme)
    : StagePicture(shared, size, theme)
{
    place();
    addHits();
    markNext();
}

void CombiningPicture::place()
{
    const Snapshot &snapshot = this->snapshot();
    const Theme &theme = this->theme();
    const QRectF inner = stageInner(size(), theme);
    const uint32_t changed = changedClient(snapshot);
    const size_t shells = shownOrder(snapshot.pipelines[snapshot.clients[changed].pipeline].config).size();
    const auto fits = [&](const StackPlan &plan) {
        return heightAround(plan, shells, theme) + static_cast<double>(shells) * leastStrip(plan, theme)
               <= inner.height();
    };
    const auto found = std::find_if(kStackPlans.begin(), kStackPlans.end(), fits);
    const StackPlan plan = found == kStackPlans.end() ? kStackPlans.back() : *found;
    const double around = heightAround(plan, shells, theme);
    const double spare = (inner.height() - around) / static_cast<double>(std::max<size_t>(shells, 1));
    const double strip = std::min(spare, theme.px(kHighestStrip));
    m_figure = std::clamp(strip / theme.px(22), 1.0, 1.4);

    const double headerHeight = stageHeaderHeight(theme, plan.notice);
    m_header = layoutStageHeader(combiningHeaderWords(snapshot, theme), theme,
                                 QRectF(inner.topLeft(), QSizeF(inner.width(), headerHeight)), plan.notice);
    const double gap = theme.px(kStackGap);
    double bottom = inner.bottom();
    if (plan.budget) {
        const double height = budgetBarHeight(theme);
        m_budget = layoutBudgetBar(attemptBudget(snapshot.pipelines[snapshot.clients[changed].pipeline].config),
                                   QRectF(inner.left(), bottom - height, inner.width(), height), theme);
        bottom -= height + gap;
    }
    const double between = theme.px(kBetweenStacks);
    const bool both = changed > 0 && (inner.width() - between) / 2 >= theme.px(kNarrowestStack);
    if (plan.lines > 0) {
        const double height = costTableHeight(theme, plan.lines);
        m_table = layoutCostTable(snapshot, QRectF(inner.left(), bottom - height, inner.width(), height), plan.lines,
                                  !both, theme);
        bottom -= height + gap;
    }
    const double width = both ? (inner.width() - between) / 2 : inner.width();
    const QRectF area(inner.left(), inner.top() + headerHeight + gap, width, bottom - inner.top() - headerHeight - gap);
    if (both)
        m_stacks.push_back(layoutShellStack({snapshot, theme, 0, m_figure}, area, strip, plan.head, false));
    m_stacks.push_back(layoutShellStack({snapshot, theme, changed, m_figure},
                                        both ? area.translated(width + between, 0) : area, strip, plan.head, true));
}

void CombiningPicture::addHits()
{
    // Those that can be moved come first: the Tab key is for them.
    for (auto stack = m_stacks.rbegin(); stack != m_stacks.rend(); ++stack)
        stack->addHits(m_hits, theme());
    if (m_budget)
        m_hits.push_back({.target = targets::part(CombiningPart::Budget),
                          .area = m_budget->track.adjusted(0, -theme().px(3), 0, theme().px(3)),
                          .primary = false});
}

void CombiningPicture::markNext()
{
    if (!showsNext(snapshot()))
        return;
    const auto stack = std::find_if(m_stacks.begin(), m_stacks.end(), [&](const ShellStack &s) {
        return snapshot().next->actor == resilience::sim::Subject::client(s.client);
    });
    if (stack == m_stacks.end())
        return;
    const double away = theme().px(2);
    const auto around = [away](const QRectF &rect) { return rect.adjusted(-away, -away, away, away); };
    const auto strip = [&](PolicyKind kind) {
        const Shell *shell = stack->shell(kind);
        return shell ? shell->strip : QRectF();
    };
    switch (snapshot().next->where) {
    case Upcoming::Where::Service:
        if (!stack->core.rect.isEmpty())
            m_next = around(stack->core.rect);
        break;
    case Upcoming::Where::Client:
        m_next = stack->title.rect.adjusted(-theme().px(6), -theme().px(1), theme().px(6), theme().px(1));
        break;
    case Upcoming::Where::Policy:
        if (snapshot().next->policy)
            m_next = strip(*snapshot().next->policy);
        break;
    case Upcoming::Where::Breaker:
        m_next = strip(PolicyKind::CircuitBreaker);
        break;
    default:
        break;
    }
}

void CombiningPicture::paint(QPainter &painter, const StagePhase &phase) const
{
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    paintStageHeader(painter, m_header, theme());
    for (const ShellStack &stack : m_stacks)
        paintShellStack(painter, stack, {snapshot(), theme(), stack.client, m_figure}, phase);
    paintCostTable(painter, m_table);
    if (m_budget)
        paintBudgetBar(painter, *m_budget, theme());
    paintStageNext(painter, m_next, theme());
}

std::vector<StageLabel> CombiningPicture::labels() const
{
    std::vector<StageLabel> all = m_header.labels();
    const auto add = [&all](const std::vector<StageLabel> &more) { all.insert(all.end(), more.begin(), more.end()); };
    for (const ShellStack &stack : m_stacks)
        add(stack.labels());
    add(m_table.labels());
    if (m_budget)
        add({m_budget->name, m_budget->text});
    std::erase_if(all, [](const StageLabel &label) { return label.text.isEmpty(); });
    return all;
}

std::vector<StageShape> CombiningPicture::shapes() const
{
    std::vector<StageShape> all;
    for (const ShellStack &stack : m_stacks)
        for (const StageShape &shape : stack.shapes())
            all.push_back(shape);
    if (!m_header.pillShape.isEmpty())
        all.push_back({QStringLiteral("pill"), m_header.pillShape});
    if (m_budget && !m_budget->track.isEmpty())
        all.push_back({QStringLiteral("budget"), m_budget->track});
    return all;
}

std::vector<StageShape> CombiningPicture::parts() const
{
    std::vector<StageShape> all;
    if (const Shell *breaker = m_stacks.back().shell(PolicyKind::CircuitBreaker))
        all.push_back({QStringLiteral("your breaker"), breaker->strip});
    if (m_budget)
        all.push_back({QStringLiteral("budget"), m_budget->track.united(m_budget->name.rect)
                                                     .united(m_budget->text.rect)
                                                     .adjusted(0, -theme().px(4), 0, theme().px(4))});
    return all;
}

void CombiningPicture::paintDragged(QPainter &painter, const StageHit &hit, QPointF by) const
{
    const auto policy = policyOf(snapshot(), hit.target);
    const ShellStack &stack = m_stacks.back();
    const Shell *shell = policy && policy->client == stack.client ? stack.shell(policy->kind) : nullptr;
    if (shell && shell->inUse)
        paintDraggedShell(painter, stack, *shell, by, theme());
}

} // namespace widgets
