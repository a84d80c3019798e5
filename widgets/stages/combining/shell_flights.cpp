// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stages/combining/shell_flights.h"

#include "widgets/stage/stage_words.h"
#include "widgets/stages/combining/combining_targets.h"

#include <QLineF>

#include <algorithm>

namespace widgets {

using resilience::Duration;
using resilience::PolicyKind;
using resilience::toSeconds;
using resilience::sim::Event;
using resilience::sim::Leg;
using resilience::sim::Rejected;
using resilience::sim::Request;
using resilience::sim::Sent;

namespace {

// Seconds of screen time that a call turned away takes inwards to the shell, and then aside to its pile.
constexpr double kInwards = 0.35;
constexpr double kAside = 0.25;

bool isFalling(const StageContext &context, const Event &event)
{
    return event.as<Rejected>() && context.screenAge(event.at) < kInwards + kAside;
}

double placeOf(const ShellStack &stack, PolicyKind kind)
{
    const Shell *shell = stack.shell(kind);
    return shell && shell->inUse ? shell->strip.center().y() : stack.laneTop;
}

// Where calls begin: at the client, or, tried again, at the retry.
double startOf(const ShellStack &stack, bool again)
{
    return again ? placeOf(stack, PolicyKind::Retry) : stack.laneTop;
}

// Where the way of an attempt begins or, on its way back, ends.
double endOf(const ShellStack &stack, const Request &request)
{
    // An error may be tried again: it goes no further than the retry, which decides about it.
    const bool back = request.leg == Leg::Inbound;
    if (back ? request.beaten : request.place > 0)
        return placeOf(stack, PolicyKind::Hedging);
    return startOf(stack, back ? request.failed : request.attempt > 1);
}

// Attempts side by side part at the hedging.
QPointF beside(const ShellStack &stack, const Request &request, QPointF at, double pitch)
{
    const double parting = placeOf(stack, PolicyKind::Hedging);
    const double apart = std::clamp((at.y() - parting) / std::max(1.0, stack.stripHeight / 2), 0.0, 1.0);
    return at + QPointF(request.place * pitch * apart, 0);
}

// Whether others of its call are, or were, beside it: then its number tells which it is.
bool isHedged(const StageContext &context, const Request &request)
{
    const auto &all = context.snapshot.requests;
    return std::any_of(all.begin(), all.end(), [&request](const Request &other) {
        return other.id == request.id && other.pipeline == request.pipeline && (other.place > 0 || other.beaten);
    });
}

StageLabel attemptNumber(const StageDot &dot, const Theme &theme)
{
    const bool filled = !dot.serving && (dot.look == FlightLook::Out || dot.look == FlightLook::BackFailed);
    const QColor color = dot.serving || dot.abandoned ? theme.quietInk : filled ? theme.card : theme.ink;
    return makeLabel(QString::number(dot.attempt), theme.font(TextSize::Axis, QFont::DemiBold), color);
}

// On their way dots meet each other; numbers that lie on one another tell nothing.
void dropCrowdedNumbers(std::vector<StageDot> &flying)
{
    const auto meets = [](const StageDot &a, const StageDot &b) {
        return QLineF(a.at, b.at).length() < a.radius + b.radius - 0.5;
    };
    std::vector<bool> crowded(flying.size());
    for (size_t i = 0; i < flying.size(); ++i)
        for (size_t j = i + 1; j < flying.size(); ++j)
            if (meets(flying[i], flying[j]))
                crowded[i] = crowded[j] = true;
    for (size_t i = 0; i < flying.size(); ++i)
        if (crowded[i])
            flying[i].id = {};
}

// Those inside the service in a row, attempts of one call next to each other, framed, their numbers to the right.
void placeInService(ShellStack &stack, std::vector<StageDot> served, double radius, const Theme &theme)
{
    if (stack.core.row.isEmpty())
        return;
    std::stable_sort(served.begin(), served.end(),
                     [](const StageDot &a, const StageDot &b) { return a.request < b.request; });
    double number = 0;
    for (const StageDot &dot : served)
        number = std::max(number, dot.id.rect.width());
    const double gap = theme.px(3);
    stack.hidden = placeServed(served, stack.core.row, radius, number > 0 ? number + 2 * gap : gap, theme);
    QRectF frame;
    for (size_t i = 0; i < served.size(); ++i) {
        StageDot &dot = served[i];
        if (dot.id.text.isEmpty())
            continue;
        dot.id = leftAt(dot.id, dot.at.x() + dot.radius + theme.px(2), dot.at.y());
        const bool goesOn = i > 0 && served[i - 1].request == dot.request && !frame.isEmpty();
        const QRectF around = areaAround(dot.at, dot.radius + theme.px(1)).united(dot.id.rect.adjusted(0, 2, 0, -2));
        frame = goesOn ? frame.united(around) : around;
        if (goesOn) {
            if (i > 1 && !stack.together.empty() && served[i - 2].request == dot.request)
                stack.together.pop_back();
            stack.together.push_back(frame);
        }
    }
    stack.dots.insert(stack.dots.end(), served.begin(), served.end());
}

void addFalling(ShellStack &stack, const StageContext &context)
{
    for (const Shell &shell : stack.shells) {
        const auto cause = resilience::sim::outcomeOf(shell.kind);
        if (!cause)
            continue;
        for (const Event *event : deedsOf(context.snapshot, context.client().pipeline, shell.kind)) {
            if (!isFalling(context, *event))
                continue;
            const double age = context.screenAge(event->at);
            const double from = std::min(startOf(stack, event->attempt > 1), shell.strip.center().y());
            const double radius = std::min(context.theme.px(5), shell.strip.height() * 0.3);
            const double down = std::clamp(age / kInwards, 0.0, 1.0);
            const double aside = std::clamp((age - kInwards) / kAside, 0.0, 1.0);
            const QPointF stop(stack.laneX, shell.strip.center().y());
            const double pile =
                shell.pile.empty() ? stack.laneX + context.theme.px(13) + radius : shell.pile.back().at.x();
            QPointF at(stack.laneX, from + (stop.y() - from) * down);
            at.rx() += (pile - stack.laneX) * aside;
            stack.falling.push_back(stageGlyph(*cause, at, radius, event->number, 0, context.theme));
        }
    }
}

// Attempts of the client that went out lately, per simulated second.
double attemptRate(const StageContext &context)
{
    const double span = std::min(kRateWindow, toSeconds(context.snapshot.now));
    if (span <= 0)
        return 0;
    const auto from = context.snapshot.now - resilience::fromSeconds(span);
    const auto sent =
        std::count_if(context.snapshot.events.begin(), context.snapshot.events.end(), [&](const Event &event) {
            return event.pipeline == context.client().pipeline && event.at > from && event.as<Sent>();
        });
    return static_cast<double>(sent) / span;
}

} // namespace

size_t fallingNow(const StageContext &context, PolicyKind kind)
{
    if (tooFastForDots(context.snapshot))
        return 0;
    const auto recentActions = deedsOf(context.snapshot, context.client().pipeline, kind);
    return static_cast<size_t>(std::count_if(recentActions.begin(), recentActions.end(),
                                             [&](const Event *event) { return isFalling(context, *event); }));
}

void layoutShellFlights(ShellStack &stack, const StageContext &context)
{
    const Theme &theme = context.theme;
    if (tooFastForDots(context.snapshot)) {
        const StageLabel rate = fitLabel({words::rate(attemptRate(context))}, stack.core.row.width(),
                                         theme.font(TextSize::Label, QFont::DemiBold), theme.inFlight.text);
        if (!stack.core.row.isEmpty())
            stack.hidden = centredAt(rate, stack.core.row.center());
        return;
    }
    const double radius = std::min(theme.px(7), stack.stripHeight * 0.36) * std::min(1.3, context.figure);
    const uint32_t places = std::max(2U, context.snapshot.pipelineOf(stack.client).config.hedging.maxAttempts) - 1;
    const double room = stack.area.right() - stack.laneX - radius - theme.px(6);
    const double pitch = std::min(radius * 2 + theme.px(2), room / places);
    std::vector<StageDot> served;
    for (const Request &request : context.snapshot.requests) {
        if (request.client != stack.client || request.caller)
            continue;
        const bool hedged = isHedged(context, request);
        StageDot dot = stageDot(request, context.snapshot, hedged ? std::min(radius, pitch / 2) : radius);
        if (hedged)
            dot.id = attemptNumber(dot, theme);
        if (dot.serving || request.leg == Leg::Queued) {
            served.push_back(dot);
            continue;
        }
        dot.at = beside(stack, request,
                        legPlace(request, context.snapshot.now, {stack.laneX, endOf(stack, request)},
                                 {stack.laneX, stack.laneBottom}),
                        pitch);
        dot.id = centredAt(dot.id, dot.at);
        if (dot.id.rect.width() > 2 * dot.radius - theme.px(3))
            dot.id = {};
        stack.dots.push_back(dot);
    }
    dropCrowdedNumbers(stack.dots);
    placeInService(stack, std::move(served), radius, theme);
    addFalling(stack, context);
}

} // namespace widgets
