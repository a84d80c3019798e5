// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell_flights.h"

#include "widgets/combining_targets.h"
#include "widgets/stage_words.h"

#include <algorithm>

namespace widgets {

using resilience::Duration;
using resilience::PolicyKind;
using resilience::toSeconds;
using resilience::sim::Event;
using resilience::sim::Leg;
using resilience::sim::Request;
using resilience::sim::RequestOutcome;
using resilience::sim::Sent;
using resilience::sim::TurnedAway;

namespace {

// Seconds of screen time that a call turned away takes inwards to the shell, and then aside to its pile.
constexpr double kInwards = 0.35;
constexpr double kAside = 0.25;

bool isFalling(const StageContext &context, const Event &event)
{
    return event.as<TurnedAway>() && context.screenAge(event.at) < kInwards + kAside;
}

// Where calls begin: at the client, or, tried again, at the retry.
double startOf(const ShellStack &stack, bool again)
{
    const Shell *retry = again ? stack.shell(PolicyKind::Retry) : nullptr;
    return retry && retry->inUse ? retry->strip.center().y() : stack.laneTop;
}

void addFalling(ShellStack &stack, const StageContext &context)
{
    for (const Shell &shell : stack.shells) {
        const auto cause = outcomeOf(shell.kind);
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

std::optional<RequestOutcome> outcomeOf(PolicyKind kind)
{
    switch (kind) {
    case PolicyKind::TotalTimeout:
    case PolicyKind::AttemptTimeout:
        return RequestOutcome::TimedOut;
    case PolicyKind::RateLimiter:
        return RequestOutcome::Throttled;
    case PolicyKind::CircuitBreaker:
        return RequestOutcome::ShortCircuited;
    case PolicyKind::Bulkhead:
        return RequestOutcome::Rejected;
    case PolicyKind::Fallback:
    case PolicyKind::Retry:
    case PolicyKind::Hedging:
        break;
    }
    return std::nullopt;
}

size_t fallingNow(const StageContext &context, PolicyKind kind)
{
    if (tooFastForDots(context.snapshot))
        return 0;
    const auto deeds = deedsOf(context.snapshot, context.client().pipeline, kind);
    return static_cast<size_t>(
        std::count_if(deeds.begin(), deeds.end(), [&](const Event *event) { return isFalling(context, *event); }));
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
    std::vector<StageDot> served;
    for (const Request &request : context.snapshot.requests) {
        if (request.client != stack.client || request.caller != resilience::sim::kNobody)
            continue;
        StageDot dot = stageDot(request, context.snapshot, radius);
        if (dot.serving || request.leg == Leg::Queued) {
            served.push_back(dot);
            continue;
        }
        // An error may be tried again: it goes no further than the retry, which decides about it.
        const bool back = request.leg == Leg::Inbound;
        const double top = startOf(stack, back ? request.failed : request.attempt > 1);
        dot.at = legPlace(request, context.snapshot.now, {stack.laneX, top}, {stack.laneX, stack.laneBottom});
        stack.dots.push_back(dot);
    }
    if (!stack.core.row.isEmpty()) {
        const QRectF row = stack.core.row.adjusted(0, 0, 0, 0);
        stack.hidden = placeServed(served, row, radius, theme.px(3), theme);
        stack.dots.insert(stack.dots.end(), served.begin(), served.end());
    }
    addFalling(stack, context);
}

} // namespace widgets
