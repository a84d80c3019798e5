// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stages/retry/retry_words.h"

#include "widgets/look/translation.h"
#include "widgets/stage/service_tank.h"
#include "widgets/stage/stage_words.h"
#include "widgets/stages/retry/payment_ledger.h"

#include <QLocale>

#include <algorithm>

namespace widgets::words {

using namespace resilience;
using namespace resilience::sim;

namespace {

const BackoffConfig &backoffOf(const Snapshot &snapshot)
{
    return snapshot.pipelines[subjectOf(snapshot.clients).pipeline].config.retry.backoff;
}

size_t waitingToRetry(const Snapshot &snapshot)
{
    return static_cast<size_t>(std::count_if(snapshot.waiting.begin(), snapshot.waiting.end(),
                                             [](const WaitingCall &call) { return call.at == PolicyKind::Retry; }));
}

bool isDown(const Snapshot &snapshot)
{
    return resilience::sim::effectOf(subjectOf(snapshot.services).faults) >= resilience::sim::FaultEffect::Stuck;
}

const Event *find(const Snapshot &snapshot, uint64_t number)
{
    const auto found = std::lower_bound(snapshot.events.begin(), snapshot.events.end(), number,
                                        [](const Event &event, uint64_t wanted) { return event.number < wanted; });
    return found != snapshot.events.end() && found->number == number ? &*found : nullptr;
}

QString retryEventText(const Snapshot &snapshot, const Event &event)
{
    const QString who = QString::fromStdString(snapshot.clients[event.actor.index].name);
    if (const auto *planned = event.as<RetryPlanned>())
        return planned->range.high > planned->range.low
                   ? RetryTr::tr("%1 waits %2, drawn between %3 and %4, before attempt %5. Click for why.")
                         .arg(who, duration(planned->delay), duration(planned->range.low),
                              duration(planned->range.high))
                         .arg(planned->attempt)
                   : RetryTr::tr("%1 waits %2 before attempt %3. Click for why.")
                         .arg(who, duration(planned->delay))
                         .arg(planned->attempt);
    if (const auto *finished = event.as<Finished>())
        return RetryTr::tr("%1, attempt %2: %3 at %4. Click for why.")
            .arg(who)
            .arg(event.attempt)
            .arg(outcomeName(finished->outcome), moment(event.at));
    if (const auto *answered = event.as<Answered>()) {
        const QString what = RetryTr::tr("%1, call %2, attempt %3").arg(who).arg(event.request).arg(event.attempt);
        return answered->stored ? RetryTr::tr("%1: answered from memory at %2. No second payment. Click for why.")
                                      .arg(what, moment(event.at))
               : answered->again
                   ? RetryTr::tr("%1: carried out once more at %2. Click for why.").arg(what, moment(event.at))
                   : RetryTr::tr("%1: carried out at %2. Click for why.").arg(what, moment(event.at));
    }
    return {};
}

// What lies at the services, worked on or waiting, and how much of it for callers who have gone.
struct LateWork {
    static constexpr uint64_t kEnough = 4; // requests, to say something of their share

    uint64_t requests = 0;
    uint64_t forNobody = 0;
    bool most() const { return requests >= kEnough && forNobody * 2 > requests; }
};

LateWork lateWorkIn(const Snapshot &snapshot)
{
    LateWork work;
    for (const Request &request : snapshot.requests)
        if (request.leg == Leg::Serving || request.leg == Leg::Queued) {
            ++work.requests;
            work.forNobody += request.abandoned;
        }
    return work;
}

// Nothing is wrong with the service itself: it works, for callers who have gone.
bool busyForNobody(const Snapshot &snapshot)
{
    return !isDown(snapshot) && subjectOf(snapshot.services).busy > 0 && lateWorkIn(snapshot).most();
}

} // namespace

QString jitterName(Jitter jitter)
{
    switch (jitter) {
    case Jitter::None:
        return RetryTr::tr("no jitter");
    case Jitter::Full:
        return RetryTr::tr("full jitter");
    case Jitter::Equal:
        return RetryTr::tr("equal jitter");
    case Jitter::Decorrelated:
        return RetryTr::tr("decorrelated jitter");
    case Jitter::Proportional:
        return RetryTr::tr("proportional jitter");
    }
    return {};
}

QString strategyName(const BackoffConfig &backoff)
{
    switch (backoff.strategy) {
    case BackoffStrategy::Fixed:
        return RetryTr::tr("waits of %1").arg(duration(backoff.baseDelay));
    case BackoffStrategy::Linear:
        return RetryTr::tr("waits of %1 more each time").arg(duration(backoff.baseDelay));
    case BackoffStrategy::Exponential:
        return RetryTr::tr("waits from %1, times %2")
            .arg(duration(backoff.baseDelay), QLocale().toString(backoff.multiplier, 'g', 3));
    }
    return {};
}

StageHeaderWords retryHeader(const Snapshot &snapshot, const Theme &theme)
{
    StageHeaderWords words;
    const size_t waiting = waitingToRetry(snapshot);
    const QString waits = waiting == 0   ? RetryTr::tr("no retry waits")
                          : waiting == 1 ? RetryTr::tr("1 call waits to try again")
                                         : RetryTr::tr("%1 calls wait to try again").arg(waiting);
    const QString brief = RetryTr::tr("%1 waiting").arg(waiting);
    if (snapshot.now == kTimeZero) {
        words.title = {RetryTr::tr("READY")};
        words.titleColor = theme.ink;
    } else if (isDown(snapshot)) {
        words.title = {RetryTr::tr("DOWN · %1").arg(waits), RetryTr::tr("DOWN · %1").arg(brief), RetryTr::tr("DOWN")};
        words.titleColor = theme.failed.text;
    } else if (busyForNobody(snapshot)) {
        words.title = {RetryTr::tr("OVERLOADED · busy for nobody"), RetryTr::tr("OVERLOADED")};
        words.titleColor = theme.failed.text;
    } else if (waiting > 0) {
        words.title = {RetryTr::tr("RETRYING · %1").arg(waits), RetryTr::tr("RETRYING · %1").arg(brief),
                       RetryTr::tr("RETRYING")};
        words.titleColor = theme.waiting.text;
    } else {
        words.title = {RetryTr::tr("UP · no retry waits"), RetryTr::tr("UP")};
        words.titleColor = theme.succeeded.text;
    }
    const BackoffConfig &backoff = backoffOf(snapshot);
    words.detail = {RetryTr::tr("%1, %2").arg(strategyName(backoff), jitterName(backoff.jitter)),
                    jitterName(backoff.jitter)};
    if (busyForNobody(snapshot)) {
        const LateWork work = lateWorkIn(snapshot);
        words.detail = {
            RetryTr::tr("%1 of its %2 calls have no caller any more").arg(work.forNobody).arg(work.requests),
            RetryTr::tr("%1 of %2 have no caller").arg(work.forNobody).arg(work.requests)};
    }
    addStageNotice(words, snapshot,
                   {RetryTr::tr("Press Space to start. Then click the service to make it crash."),
                    RetryTr::tr("Press Space to start.")},
                   false);
    return words;
}

std::vector<RetryFigure> retryFigures(const Snapshot &snapshot, bool dense, uint32_t mostArrivals, const Theme &theme)
{
    const ServiceView &service = subjectOf(snapshot.services);
    std::vector<RetryFigure> figures;
    figures.push_back({{RetryTr::tr("attempts for each call"), RetryTr::tr("attempts each")},
                       QLocale().toString(snapshot.totals.attemptsPerCall(), 'f', 1),
                       theme.ink});
    const uint32_t queued = waitingAt(snapshot, 0);
    if (hasTank(service) && isDown(snapshot)) {
        figures.push_back({{RetryTr::tr("wait at the service, which does nothing"), RetryTr::tr("wait at the service"),
                            RetryTr::tr("wait")},
                           QString::number(queued),
                           theme.ink});
    } else if (hasTank(service)) {
        const Duration wait = waitOfQueue(service, queued);
        const QString each = QLocale().toString(service.workers / toSeconds(service.latency), 'g', 3);
        figures.push_back({{RetryTr::tr("the last in the queue waits %1 / %2 a second").arg(queued).arg(each),
                            RetryTr::tr("the last waits %1 / %2 a second").arg(queued).arg(each),
                            RetryTr::tr("wait in the queue"), RetryTr::tr("wait")},
                           duration(wait),
                           wait > subjectOf(snapshot.clients).timeout ? theme.failed.text : theme.ink});
    } else {
        const bool crowd = !dense && 2 * mostArrivals > snapshot.clients.size() && mostArrivals > 3;
        figures.push_back({dense ? QStringList{RetryTr::tr("most arrivals in 1 s, in sight"),
                                               RetryTr::tr("most in 1 s, in sight"), RetryTr::tr("most in sight")}
                                 : QStringList{RetryTr::tr("most arrivals in 0.1 s, in sight"),
                                               RetryTr::tr("most in 0.1 s, in sight"), RetryTr::tr("most in sight")},
                           QString::number(mostArrivals), crowd ? theme.failed.text : theme.ink});
    }
    if (dense)
        figures.push_back({{RetryTr::tr("answers that nobody waited for"), RetryTr::tr("answers for nobody"),
                            RetryTr::tr("for nobody")},
                           QString::number(snapshot.totals.late),
                           snapshot.totals.late > 0 ? theme.failed.text : theme.ink});
    else if (showsPayments(snapshot))
        figures.push_back({{RetryTr::tr("carried out twice"), RetryTr::tr("twice")},
                           QString::number(service.counts.again),
                           service.counts.again > 0 ? theme.failed.text : theme.succeeded.text});
    else
        figures.push_back({{RetryTr::tr("saved by a retry"), RetryTr::tr("saved")},
                           QString::number(snapshot.totals.recovered),
                           theme.succeeded.text});
    return figures;
}

QString retryStageText(const Snapshot &snapshot)
{
    const QString state = isDown(snapshot) ? RetryTr::tr("The service is down.") : RetryTr::tr("The service is up.");
    const QString clients = snapshot.clients.size() == 1 ? RetryTr::tr("One client")
                                                         : RetryTr::tr("%1 clients").arg(snapshot.clients.size());
    return RetryTr::tr("%1, %2. %3").arg(clients, jitterName(backoffOf(snapshot).jitter), state);
}

QString retryTargetText(const Snapshot &snapshot, const StageTarget &target)
{
    if (const auto *event = target.as<targets::Event>()) {
        const Event *told = find(snapshot, event->event);
        return told ? retryEventText(snapshot, *told) : QString();
    }
    if (const auto *service = target.as<targets::Service>())
        return RetryTr::tr("%1: %2. Click to make it crash, or to bring it back.")
            .arg(QString::fromStdString(snapshot.services[service->service].name),
                 serviceCondition(snapshot.services[service->service]));
    if (const auto lane = target.part<RetryPart>(); lane && lane->of < snapshot.clients.size()) {
        const ClientView &client = snapshot.clients[lane->of];
        return RetryTr::tr("%1: %2 calls offered, %3 attempts, %4 succeeded, %5 of these after a retry.")
            .arg(QString::fromStdString(client.name))
            .arg(client.totals.offered)
            .arg(client.totals.attempts)
            .arg(client.totals.of(RequestOutcome::Succeeded))
            .arg(client.totals.recovered);
    }
    if (const auto *flying = target.as<targets::Request>())
        for (const Request &request : snapshot.requests)
            if (request.id == flying->request)
                return RetryTr::tr("Call %1, attempt %2: under way. Click for why.")
                    .arg(request.id)
                    .arg(request.attempt);
    return {};
}

} // namespace widgets::words
