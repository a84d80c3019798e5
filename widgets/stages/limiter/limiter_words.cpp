// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stages/limiter/limiter_words.h"

#include "core/sim/measure/limiter_window.h"
#include "widgets/look/translation.h"
#include "widgets/stage/stage_words.h"
#include "widgets/stages/limiter/limiter_story.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

namespace widgets::words {

using namespace resilience;
using namespace resilience::sim;

namespace {

QString tokenNumber(double value) { return QLocale().toString(value, 'g', 3); }

bool leaks(const PipelineView &pipeline)
{
    const LimiterKind kind = kindOf(pipeline.config.rateLimiter);
    return kind == LimiterKind::LeakyBucket || kind == LimiterKind::LeakyQueue;
}

// How long until one more whole permit is there, at the long-run rate.
Duration untilNext(const PipelineView &pipeline)
{
    const double fraction = pipeline.permits - std::floor(pipeline.permits + 1e-9);
    return fromSeconds(std::max(0.0, 1 - fraction) / perSecondOf(pipeline.config.rateLimiter));
}

bool full(const PipelineView &pipeline)
{
    return pipeline.permits >= double(burstOf(pipeline.config.rateLimiter)) - 1e-9;
}

// The first client whose limiter is of that kind; null = none.
const PipelineView *pipelineWith(const Snapshot &snapshot, LimiterKind kind)
{
    for (const ClientView &client : snapshot.clients)
        if (kindOf(snapshot.pipelines[client.pipeline].config.rateLimiter) == kind)
            return &snapshot.pipelines[client.pipeline];
    return nullptr;
}

constexpr uint64_t kEnoughToCompare = 20; // calls that passed
constexpr double kClearlyFewer = 0.9;

// How much fewer the counter lets pass than the window without memory, where that is clear by now.
std::optional<double> counterPassesFewer(const Snapshot &snapshot)
{
    const PipelineView *counter = pipelineWith(snapshot, LimiterKind::SlidingWindowCounter);
    const PipelineView *fixed = pipelineWith(snapshot, LimiterKind::FixedWindow);
    if (!counter || !fixed || fixed->counts.sent < kEnoughToCompare)
        return std::nullopt;
    const double share = double(counter->counts.sent) / double(fixed->counts.sent);
    return share < kClearlyFewer ? std::optional{1 - share} : std::nullopt;
}

QString whyTheCounterIsStrict()
{
    return LimiterTr::tr("Its estimate falls by fractions, and a call needs a whole place.");
}

QString whyTooManyPassed(LimiterKind kind)
{
    return kind == LimiterKind::FixedWindow
               ? LimiterTr::tr("At the edge it counts from zero again, whatever passed just before.")
               : LimiterTr::tr("It takes the calls of the window before to be spread evenly, and they were not.");
}

} // namespace

std::vector<QStringList> limiterRemark(const Snapshot &snapshot)
{
    if (const auto fewer = counterPassesFewer(snapshot)) {
        const uint64_t counter = pipelineWith(snapshot, LimiterKind::SlidingWindowCounter)->counts.sent;
        const uint64_t fixed = pipelineWith(snapshot, LimiterKind::FixedWindow)->counts.sent;
        const QString share = percent(std::round(*fewer * 100) / 100);
        return {{LimiterTr::tr("The sliding counter has passed %1 calls, the fixed window %2: %3 fewer.")
                     .arg(counter)
                     .arg(fixed)
                     .arg(share),
                 LimiterTr::tr("sliding counter: %1 fewer than the fixed window").arg(share)},
                {whyTheCounterIsStrict(), {}}};
    }
    for (const LimiterKind kind : {LimiterKind::FixedWindow, LimiterKind::SlidingWindowCounter}) {
        const PipelineView *pipeline = pipelineWith(snapshot, kind);
        if (!pipeline || pipeline->mostInAWindow <= boundWithin(pipeline->config.rateLimiter))
            continue;
        const AnyLimiterConfig &config = pipeline->config.rateLimiter;
        return {{LimiterTr::tr("The %1 has let %2 calls pass within %3: %4 were meant.")
                     .arg(limiterName(kind))
                     .arg(pipeline->mostInAWindow)
                     .arg(duration(windowOf(config)))
                     .arg(burstOf(config)),
                 LimiterTr::tr("%1: %2 passed, %3 were meant")
                     .arg(limiterName(kind))
                     .arg(pipeline->mostInAWindow)
                     .arg(burstOf(config))},
                {whyTooManyPassed(kind), {}}};
    }
    return {};
}

QString limiterName(LimiterKind kind)
{
    switch (kind) {
    case LimiterKind::TokenBucket:
        return LimiterTr::tr("token bucket");
    case LimiterKind::LeakyBucket:
        return LimiterTr::tr("leaky bucket");
    case LimiterKind::LeakyQueue:
        return LimiterTr::tr("leaky queue");
    case LimiterKind::FixedWindow:
        return LimiterTr::tr("fixed window");
    case LimiterKind::SlidingWindowLog:
        return LimiterTr::tr("sliding log");
    case LimiterKind::SlidingWindowCounter:
        return LimiterTr::tr("sliding counter");
    }
    return {};
}

uint64_t waitingForTurn(const Snapshot &snapshot, uint32_t pipeline)
{
    return static_cast<uint64_t>(
        std::count_if(snapshot.waiting.begin(), snapshot.waiting.end(), [pipeline](const WaitingCall &call) {
            return call.pipeline == pipeline && call.at == PolicyKind::RateLimiter;
        }));
}

QStringList limiterCount(const Snapshot &snapshot, uint32_t index)
{
    const PipelineView &pipeline = snapshot.pipelines[index];
    const auto capacity = burstOf(pipeline.config.rateLimiter);
    const auto whole = static_cast<uint64_t>(std::floor(pipeline.permits + 1e-9));
    if (kindOf(pipeline.config.rateLimiter) == LimiterKind::LeakyQueue) {
        const uint64_t waiting = waitingForTurn(snapshot, index);
        // One goes, and the others wait: a seat less than there may be at once.
        return {LimiterTr::tr("%1 of %2 seats taken").arg(waiting).arg(capacity - 1),
                waiting == 1 ? LimiterTr::tr("1 waits") : LimiterTr::tr("%1 wait").arg(waiting)};
    }
    if (leaks(pipeline))
        return {LimiterTr::tr("filled %1 of %2").arg(tokenNumber(double(capacity) - pipeline.permits)).arg(capacity),
                LimiterTr::tr("%1 of %2").arg(tokenNumber(double(capacity) - pipeline.permits)).arg(capacity)};
    return {LimiterTr::tr("%1 of %2 tokens").arg(whole).arg(capacity),
            LimiterTr::tr("%1 of %2").arg(whole).arg(capacity)};
}

QStringList limiterPassed(const Snapshot &snapshot, uint32_t client)
{
    const PipelineView &pipeline = snapshot.pipelineOf(client);
    const uint64_t passed = pipeline.counts.sent;
    const uint64_t waiting = waitingForTurn(snapshot, snapshot.clients[client].pipeline);
    // A call that is tried again asks again; one whose caller gave up waiting has come all the same.
    const uint64_t asked =
        std::max(snapshot.clients[client].totals.offered,
                 passed + waiting + pipeline.counts.turnedAway[static_cast<size_t>(PolicyKind::RateLimiter)]);
    const QString share = LimiterTr::tr("%1 of %2").arg(passed).arg(asked);
    const QString brief = LimiterTr::tr("%1 passed").arg(passed);
    if (waiting == 0)
        return {LimiterTr::tr("%1 passed").arg(share), share, brief};
    return {LimiterTr::tr("%1 passed, %2 wait").arg(share).arg(waiting),
            LimiterTr::tr("%1, %2 wait").arg(share).arg(waiting), share, brief};
}

QStringList limiterNext(const PipelineView &pipeline)
{
    const QString rate = tokenNumber(perSecondOf(pipeline.config.rateLimiter));
    if (kindOf(pipeline.config.rateLimiter) == LimiterKind::LeakyQueue)
        return {LimiterTr::tr("%1 a second go on").arg(rate), LimiterTr::tr("%1 a second").arg(rate)};
    if (full(pipeline))
        return {leaks(pipeline) ? LimiterTr::tr("empty; leaks %1 a second").arg(rate)
                                : LimiterTr::tr("full; %1 a second").arg(rate),
                {}};
    const QString left = countdown(untilNext(pipeline), std::chrono::seconds{2});
    return {leaks(pipeline) ? LimiterTr::tr("room for one more in %1").arg(left)
                            : LimiterTr::tr("next token in %1").arg(left),
            left};
}

StageHeaderWords limiterHeader(const Snapshot &snapshot, const Theme &theme)
{
    StageHeaderWords words;
    const PipelineView &pipeline = snapshot.pipelines[subjectOf(snapshot.clients).pipeline];
    const bool open = pipeline.permits >= 1;
    words.title = {
        open ? LimiterTr::tr("PASSING · %1").arg(limiterCount(snapshot, subjectOf(snapshot.clients).pipeline).front())
             : LimiterTr::tr("THROTTLING · %1").arg(limiterNext(pipeline).front()),
        open ? LimiterTr::tr("PASSING") : LimiterTr::tr("THROTTLING")};
    words.titleColor = open ? theme.succeeded.text : theme.throttled.text;
    words.detail = {LimiterTr::tr("capacity %1 · %2 a second")
                        .arg(burstOf(pipeline.config.rateLimiter))
                        .arg(tokenNumber(perSecondOf(pipeline.config.rateLimiter))),
                    {}};
    for (const ServiceView &service : snapshot.services)
        if (!serviceFaults(service).isEmpty()) {
            const QString condition =
                LimiterTr::tr("%1: %2").arg(QString::fromStdString(service.name), serviceCondition(service));
            words.detail = {words.detail.front() + LimiterTr::tr(" · ") + condition, condition, {}};
            break;
        }
    addStageNotice(words, snapshot,
                   {LimiterTr::tr("Press Space to start: the same calls run through every limiter."),
                    LimiterTr::tr("Press Space to start.")},
                   false);
    return words;
}

QString limiterStageText(const Snapshot &snapshot)
{
    const PipelineView &pipeline = snapshot.pipelines[subjectOf(snapshot.clients).pipeline];
    const QString limiters = snapshot.clients.size() == 1
                                 ? LimiterTr::tr("One limiter.")
                                 : LimiterTr::tr("%1 limiters on the same calls.").arg(snapshot.clients.size());
    return LimiterTr::tr("%1 The %2 is %3.")
        .arg(limiters, limiterName(kindOf(pipeline.config.rateLimiter)),
             pipeline.permits >= 1 ? LimiterTr::tr("passing") : LimiterTr::tr("throttling"));
}

QString limiterTargetText(const Snapshot &snapshot, const StageTarget &target)
{
    if (const auto *told = target.as<targets::Event>()) {
        const auto found = std::find_if(snapshot.events.begin(), snapshot.events.end(),
                                        [&](const Event &event) { return event.number == told->event; });
        if (found == snapshot.events.end())
            return {};
        const QString name =
            limiterName(kindOf(snapshot.pipelines[snapshot.clients[found->actor.index].pipeline].config.rateLimiter));
        return (found->as<Sent>()     ? LimiterTr::tr("%1: call %2 passed at %3. Click for why.")
                : found->as<Queued>() ? LimiterTr::tr("%1: call %2 waits for its turn since %3. Click for why.")
                                      : LimiterTr::tr("%1: call %2 was throttled at %3. Click for why."))
            .arg(name)
            .arg(found->callNumber)
            .arg(moment(found->at));
    }
    const auto part = target.part<LimiterPart>();
    if (!part || part->of >= snapshot.clients.size())
        return {};
    const uint32_t index = snapshot.clients[part->of].pipeline;
    const PipelineView &pipeline = snapshot.pipelines[index];
    if (part->which == LimiterPart::Row) {
        const bool strict = kindOf(pipeline.config.rateLimiter) == LimiterKind::SlidingWindowCounter;
        const auto fewer = strict ? counterPassesFewer(snapshot) : std::nullopt;
        const QString why = fewer ? LimiterTr::tr(". That is %1 fewer than the fixed window. ")
                                            .arg(percent(std::round(*fewer * 100) / 100))
                                        + whyTheCounterIsStrict()
                                  : QString();
        return LimiterTr::tr("%1: %2 passed, %3 throttled; %4")
                   .arg(limiterName(kindOf(pipeline.config.rateLimiter)))
                   .arg(pipeline.counts.sent)
                   .arg(pipeline.counts.turnedAway[static_cast<size_t>(PolicyKind::RateLimiter)])
                   .arg(limiterCount(snapshot, index).front())
               + why;
    }
    return LimiterTr::tr("%1: %2; %3")
        .arg(limiterName(kindOf(pipeline.config.rateLimiter)), limiterCount(snapshot, index).front(),
             limiterNext(pipeline).front());
}

} // namespace widgets::words
