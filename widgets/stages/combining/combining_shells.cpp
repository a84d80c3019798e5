// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stages/combining/combining_shells.h"

#include "widgets/look/translation.h"
#include "widgets/stages/combining/combining_order.h"
#include "widgets/stages/combining/combining_targets.h"
#include "widgets/stages/combining/combining_words.h"
#include "widgets/stages/combining/shell_flights.h"

#include <algorithm>
#include <cmath>

namespace widgets {

using resilience::PolicyKind;
using resilience::PolicyOrder;
using resilience::sim::PipelineView;
using resilience::sim::RecentEnd;

namespace {

constexpr double kLaneShare = 0.64; // of the width, from the left
constexpr double kNarrowLaneShare = 0.71; // where the words need it
constexpr double kNarrow = 300; // at scale 1
constexpr size_t kMostRecent = 8;

QFont shellNameFont(const Theme &theme) { return theme.font(TextSize::Label, QFont::DemiBold); }
QFont shellValueFont(const Theme &theme) { return theme.font(TextSize::Label); }
QFont stackTitleFont(const Theme &theme) { return theme.font(TextSize::Body, QFont::DemiBold); }

double stackHeadHeight(const Theme &theme) { return lineHeight(stackTitleFont(theme)) + theme.px(8); }
double coreHeight(const Theme &theme, CoreRoom core)
{
    if (core == CoreRoom::None)
        return 0;
    return core == CoreRoom::Roomy ? stageBoxHeight(theme, theme.px(14), theme.px(11))
                                   : stageBoxHeight(theme, 0, theme.px(2));
}
double bottomEdge(const Theme &theme, CoreRoom core) { return theme.px(core == CoreRoom::Roomy ? 4 : 2); }

// The service with its shells' bottom edges.
double aroundCore(const Theme &theme, size_t shells, CoreRoom core)
{
    return coreHeight(theme, core) + theme.px(core == CoreRoom::None ? 2 : 8)
           + bottomEdge(theme, core) * static_cast<double>(shells);
}

CoreRoom coreThatFits(const Theme &theme, size_t shells, double room)
{
    for (const CoreRoom core : {CoreRoom::Roomy, CoreRoom::Words})
        if (room >= aroundCore(theme, shells, core) - 0.01)
            return core;
    return CoreRoom::None;
}

QColor valueColor(const StageContext &context, PolicyKind kind, bool inUse)
{
    if (kind != PolicyKind::CircuitBreaker || !inUse)
        return context.theme.quietInk;
    return context.theme.state(context.breaker().state).text;
}

// Its switch, its name, its number: left of the lane.
void layoutWords(Shell &shell, const ShellStack &stack, const StageContext &context)
{
    const Theme &theme = context.theme;
    const double middle = shell.strip.center().y();
    double left = shell.strip.left() + theme.px(9);
    if (stack.movable && !theme.still) {
        const QSizeF size(theme.px(18), theme.px(10));
        shell.toggle = QRectF(QPointF(left, middle - size.height() / 2), size);
        left = shell.toggle.right() + theme.px(7);
    }
    const double room = stack.laneX - theme.px(16) - left; // clear of the dots
    const QColor ink = shell.inUse ? theme.ink : theme.quietInk;
    const QStringList names = words::policyName(shell.kind);
    const QStringList values = words::policyValue(context.snapshot, stack.client, shell.kind);
    const QColor color = valueColor(context, shell.kind, shell.inUse);
    const double gap = theme.px(7);
    // The longest name that leaves room for some form of the number.
    for (const QString &name : names) {
        shell.name = leftAt(fitLabel({name}, room, shellNameFont(theme), ink), left, middle);
        shell.value = fitLabel(values, room - shell.name.rect.width() - gap, shellValueFont(theme), color);
        if (std::find(values.begin(), values.end(), shell.value.text) != values.end())
            break;
    }
    if (values.indexOf(shell.value.text) < 0)
        shell.value = makeLabel({}, shellValueFont(theme), color); // half a number is none
    shell.value = leftAt(shell.value, shell.name.rect.right() + gap, middle);
}

// What it has done: right of the lane. Waiting calls first, then the latest it said no to, then how many.
void layoutDeeds(Shell &shell, const ShellStack &stack, const StageContext &context)
{
    const Theme &theme = context.theme;
    const double middle = shell.strip.center().y();
    const double right = shell.strip.right() - theme.px(8);
    double left = stack.laneX + theme.px(13);
    if (context.snapshot.pipelineOf(context.clientIndex).config.order.has(PolicyKind::Hedging))
        left += theme.px(9); // a second attempt passes beside the first
    const auto cause = resilience::sim::outcomeOf(shell.kind);
    const QColor color = cause                               ? theme.outcome(*cause).text
                         : shell.kind == PolicyKind::Retry   ? theme.waiting.text
                         : shell.kind == PolicyKind::Hedging ? theme.inFlight.text
                                                             : theme.quietInk;
    const QStringList recentActions =
        words::policyActions(context.snapshot.pipelineOf(context.clientIndex), shell.kind);
    const double radius = std::min(theme.px(5), shell.strip.height() * 0.3);
    const double pitch = radius * 2 + theme.px(2);
    // Room for three pieces first, then for as many words as are left.
    shell.recentActions = fitLabel(recentActions, right - left - 3 * pitch - theme.px(4), shellNameFont(theme), color);
    if (recentActions.indexOf(shell.recentActions.text) < 0)
        shell.recentActions =
            fitLabel({recentActions.value(recentActions.size() - 1)}, right - left, shellNameFont(theme), color);
    shell.recentActions = rightAt(shell.recentActions, right, middle);
    const double end = shell.recentActions.text.isEmpty() ? right : shell.recentActions.rect.left() - theme.px(4);
    auto fit = static_cast<size_t>(std::max(0.0, (end - left) / pitch));
    const auto next = [&] {
        --fit;
        left += pitch;
        return QPointF(left - pitch / 2, middle);
    };
    for (const auto &call : context.snapshot.waiting)
        if (call.client == stack.client && call.at == shell.kind && call.pipeline == context.client().pipeline
            && fit > 0)
            shell.waiting.push_back({.request = call.request,
                                     .attempt = call.attemptsSent,
                                     .at = next(),
                                     .radius = radius,
                                     .next = isNext(context.snapshot, call.request)});
    if (!cause)
        return;
    const auto events = deedsOf(context.snapshot, context.client().pipeline, shell.kind);
    const size_t falling = fallingNow(context, shell.kind);
    const size_t settled = events.size() - std::min(events.size(), falling);
    const size_t shown = std::min(settled, fit);
    for (size_t i = settled - shown; i < settled; ++i)
        shell.pile.push_back(stageGlyph(*cause, next(), radius, events[i]->number, 0, theme));
}

void layoutStackHead(ShellStack &stack, const StageContext &context)
{
    const Theme &theme = context.theme;
    const double middle = stack.head.center().y() - theme.px(2);
    stack.title = leftAt(
        fitLabel({words::clientTitle(context.client())}, stack.head.width() * 0.4, stackTitleFont(theme), theme.ink),
        stack.head.left(), middle);
    double left = stack.title.rect.right() + theme.px(16);
    double right = stack.head.right();
    const auto &config = context.snapshot.pipelineOf(context.clientIndex).config;
    if (stack.movable && !theme.still && config.order != usualOrder(config)) {
        stack.resetText = fitLabel(
            {CombiningTr::tr("back to the usual order"), CombiningTr::tr("usual order"), CombiningTr::tr("reset")},
            (right - left) * 0.6, theme.font(TextSize::Label, QFont::DemiBold), theme.control.text);
        const double height = lineHeight(stack.resetText.font) + theme.px(4);
        stack.reset = QRectF(left, middle - height / 2, stack.resetText.rect.width() + theme.px(16), height);
        stack.resetText = centredAt(stack.resetText, stack.reset.center());
        left = stack.reset.right() + theme.px(10);
    }
    const double pitch = theme.px(13);
    std::vector<const RecentEnd *> ends;
    for (const RecentEnd &end : context.snapshot.recent)
        if (end.client == stack.client)
            ends.push_back(&end);
    const auto room = static_cast<size_t>(std::max(0.0, (right - left) / pitch));
    const size_t shown = std::min({ends.size(), room, kMostRecent});
    for (size_t i = 0; i < shown; ++i) {
        const RecentEnd &end = *ends[ends.size() - shown + i];
        const double x = right - (static_cast<double>(shown - i) - 0.5) * pitch;
        stack.recent.push_back(stageGlyph(end.outcome, {x, middle}, theme.px(5), end.event, 0, theme));
    }
    right -= static_cast<double>(shown) * pitch + theme.px(8);
    QStringList remarks{words::clientRate(context.client())};
    if (!theme.still) // what to do about the order is for whoever sits at it
        remarks.prepend(words::orderRemark(context.snapshot, stack.client));
    if (stack.reset.isEmpty())
        stack.detail = leftAt(fitLabel(remarks, right - left, shellValueFont(theme), theme.quietInk), left, middle);
}

// Without a row of its own the client is named in the outermost strip, with the number that is the point of the step.
void nameInStrip(ShellStack &stack, const StageContext &context)
{
    if (stack.shells.empty())
        return;
    Shell &outermost = stack.shells.front();
    const Theme &theme = context.theme;
    const double right = outermost.strip.right() - theme.px(8);
    const QString title = words::clientTitle(context.client());
    const uint64_t sent = context.snapshot.pipelineOf(context.clientIndex).counts.sent;
    const QStringList names{
        CombiningTr::tr("%1 · %2 sent").arg(title).arg(sent),
        (stack.movable ? CombiningTr::tr("yours: %1 sent") : CombiningTr::tr("usual: %1 sent")).arg(sent), title,
        QString()};
    stack.title = rightAt(
        fitLabel(names, right - stack.laneX - theme.px(16), theme.font(TextSize::Label, QFont::Bold), theme.ink), right,
        outermost.strip.center().y());
    if (!stack.title.text.isEmpty()) {
        outermost.recentActions = {};
        outermost.pile.clear();
    }
}

} // namespace

const Shell *ShellStack::shell(PolicyKind kind) const
{
    const auto found = std::find_if(shells.begin(), shells.end(), [kind](const Shell &s) { return s.kind == kind; });
    return found == shells.end() ? nullptr : &*found;
}

QRectF ShellStack::shellRect(double level) const
{
    const double top = head.bottom();
    return {QPointF(area.left() + level * step.width(), top + level * stripHeight),
            QPointF(area.right() - level * step.width(), area.bottom() - level * step.height())};
}

size_t ShellStack::placeAt(double y) const
{
    if (shells.empty())
        return 0;
    const double place = std::floor((y - head.bottom()) / std::max(1.0, stripHeight));
    return static_cast<size_t>(std::clamp(place, 0.0, static_cast<double>(shells.size() - 1)));
}

std::vector<StageLabel> ShellStack::labels() const
{
    std::vector<StageLabel> all{title, detail, resetText, core.name, core.detail, hidden};
    for (const Shell &shell : shells)
        for (const StageLabel &label : shell.labels())
            all.push_back(label);
    return all;
}

std::vector<StageShape> ShellStack::shapes() const
{
    std::vector<StageShape> all;
    if (!core.rect.isEmpty())
        all.push_back({QStringLiteral("service"), core.rect});
    for (const Shell &shell : shells)
        all.push_back({QString::fromLatin1(resilience::name(shell.kind)), shell.strip});
    if (!reset.isEmpty())
        all.push_back({QStringLiteral("reset"), reset});
    for (const StageGlyph &glyph : recent)
        all.push_back({QStringLiteral("recent call"), areaAround(glyph.at, glyph.radius)});
    return all;
}

void ShellStack::addHits(StageHits &hits, const Theme &theme) const
{
    if (!title.text.isEmpty() && !head.isEmpty())
        hits.push_back(
            {.target = targets::Client{client}, .area = title.rect.adjusted(-theme.px(3), 0, theme.px(3), 0)});
    if (!reset.isEmpty())
        hits.push_back({.target = targets::part(CombiningPart::ResetOrder), .area = reset, .round = true});
    for (const Shell &shell : shells)
        hits.push_back({.target = targets::Policy{client, shell.kind}, .area = shell.strip});
    for (const Shell &shell : shells)
        if (!shell.toggle.isEmpty())
            hits.push_back({.target = targets::PolicySwitch{{client, shell.kind}},
                            .area = shell.toggle.adjusted(-theme.px(4), -theme.px(3), theme.px(4), theme.px(3)),
                            .round = true});
    if (!core.rect.isEmpty())
        hits.push_back({.target = targets::Service{coreService}, .area = core.rect});
    for (const StageGlyph &glyph : recent)
        hits.push_back({.target = targets::RecentOutcome{glyph.event},
                        .area = areaAround(glyph.at, glyph.radius + theme.px(1)),
                        .primary = &glyph == &recent.back(),
                        .round = true});
    for (const Shell &shell : shells) {
        for (const StageGlyph &glyph : shell.pile)
            hits.push_back(glyph.hit(theme));
        for (const StageDot &dot : shell.waiting)
            hits.push_back(dot.hit(theme));
    }
    for (const StageDot &dot : dots)
        hits.push_back(dot.hit(theme));
}

double leastStripHeight(const Theme &theme) { return lineHeight(shellNameFont(theme)) + theme.px(1); }

double shellStackExtra(const Theme &theme, size_t shells, bool head, CoreRoom core)
{
    return (head ? stackHeadHeight(theme) : 0) + aroundCore(theme, shells, core);
}

ShellStack layoutShellStack(const StageContext &context, const QRectF &area, double stripHeight, bool head,
                            bool movable)
{
    const Theme &theme = context.theme;
    const PipelineView &pipeline = context.snapshot.pipelineOf(context.clientIndex);
    const PolicyOrder shown = shownOrder(pipeline.config);
    ShellStack stack{.client = context.clientIndex, .movable = movable, .area = area, .stripHeight = stripHeight};
    stack.head = QRectF(area.topLeft(), QSizeF(area.width(), head ? stackHeadHeight(theme) : 0));
    stack.laneX = area.left() + area.width() * (area.width() < theme.px(kNarrow) ? kNarrowLaneShare : kLaneShare);
    const auto count = static_cast<double>(shown.size());
    const double room = area.bottom() - stack.head.bottom() - count * stripHeight;
    const CoreRoom core = coreThatFits(theme, shown.size(), room);
    stack.step = {std::min(theme.px(6), area.width() * 0.017), bottomEdge(theme, core)};
    if (head)
        layoutStackHead(stack, context);
    for (const PolicyKind kind : shown) {
        Shell shell{.kind = kind, .inUse = pipeline.config.order.has(kind)};
        shell.blocking = kind == PolicyKind::CircuitBreaker && shell.inUse
                         && (context.breaker().state == resilience::BreakerState::Open
                             || context.breaker().state == resilience::BreakerState::ForcedOpen);
        shell.rect = stack.shellRect(static_cast<double>(stack.shells.size()));
        shell.strip = QRectF(shell.rect.topLeft(), QSizeF(shell.rect.width(), stripHeight));
        layoutWords(shell, stack, context);
        layoutDeeds(shell, stack, context);
        stack.shells.push_back(std::move(shell));
    }
    if (!head)
        nameInStrip(stack, context);
    const QRectF inside = stack.shellRect(count);
    const double gap = theme.px(4);
    const double width = std::min(inside.width() - 2 * gap, theme.px(240) * context.figure);
    // Under the lane, as far as the shells allow.
    const double left = std::max(std::min(stack.laneX - width / 2, inside.right() - gap - width), inside.left() + gap);
    stack.coreService = context.client().target;
    if (const auto *service = context.service(); service && core != CoreRoom::None) {
        StageBoxWords words = boxWords(*service);
        // Attempts side by side are what hedging is about: rather they than how the service answers.
        const bool calls = core == CoreRoom::Roomy || pipeline.config.order.has(PolicyKind::Hedging);
        if (calls && core != CoreRoom::Roomy)
            words.detail.clear();
        stack.core = layoutStageBox(words, theme, QRectF(left, inside.top() + gap, width, inside.height() - 2 * gap),
                                    calls ? theme.px(14) : 0);
    }
    stack.laneTop = std::max(stack.area.top(), stack.head.bottom() - theme.px(4));
    stack.laneBottom = stack.core.rect.isEmpty() ? inside.top() : stack.core.rect.top();
    layoutShellFlights(stack, context);
    return stack;
}

} // namespace widgets
