// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stages/combining/combining_words.h"

#include "widgets/look/translation.h"
#include "widgets/stage/policy_words.h"
#include "widgets/stage/stage_words.h"
#include "widgets/stages/combining/combining_order.h"
#include "widgets/stages/combining/combining_tail.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

namespace widgets::words {

using resilience::BreakerState;
using resilience::BreakerView;
using resilience::Duration;
using resilience::PolicyKind;
using resilience::sim::ClientView;
using resilience::sim::PipelineView;
using resilience::sim::RequestOutcome;
using resilience::sim::Snapshot;
using resilience::sim::Totals;

namespace {

QString countText(uint64_t count) { return QLocale().toString(static_cast<qulonglong>(count)); }
QString none() { return QStringLiteral("–"); }

QString callCount(uint64_t count)
{
    return count == 1 ? CombiningTr::tr("1 call") : CombiningTr::tr("%1 calls").arg(countText(count));
}

QStringList policyCount(size_t count)
{
    if (count == 1)
        return {CombiningTr::tr("One policy around a call"), CombiningTr::tr("One policy")};
    return {CombiningTr::tr("%1 policies around one call").arg(count), CombiningTr::tr("%1 policies").arg(count)};
}

QStringList closedValue(const ClientView &client)
{
    const auto &rule = client.rule;
    const auto &window = client.breaker.window;
    if (rule.window.kind == resilience::OutcomeWindowConfig::Kind::Consecutive) {
        const QString run = CombiningTr::tr("%1 of %2").arg(window.consecutiveFailures).arg(rule.failureThreshold);
        return {CombiningTr::tr("CLOSED · %1 failures in a row").arg(run),
                CombiningTr::tr("CLOSED · %1 in a row").arg(run), CombiningTr::tr("CLOSED · %1").arg(run), run};
    }
    const QString share = CombiningTr::tr("%1 of %2").arg(window.failures).arg(window.calls);
    return {CombiningTr::tr("CLOSED · %1 failed").arg(share), CombiningTr::tr("CLOSED · %1").arg(share), share};
}

QStringList breakerValue(const ClientView &client, resilience::Time now)
{
    const BreakerView &breaker = client.breaker;
    switch (breaker.state) {
    case BreakerState::Closed:
        return closedValue(client);
    case BreakerState::HalfOpen: {
        const QString trial =
            CombiningTr::tr("trial %1 of %2").arg(std::max(1U, breaker.trialsGiven)).arg(client.rule.halfOpenMaxCalls);
        return {CombiningTr::tr("HALF-OPEN · %1").arg(trial), trial, CombiningTr::tr("HALF-OPEN")};
    }
    case BreakerState::Open:
    case BreakerState::ForcedOpen: {
        if (!breaker.openUntil)
            return {CombiningTr::tr("OPEN")};
        if (breaker.halfOpenAllowed)
            return {CombiningTr::tr("OPEN · the next call tries"), CombiningTr::tr("OPEN · next tries"),
                    CombiningTr::tr("OPEN")};
        const Duration whole = client.rule.openWait(std::max(1U, breaker.openingsInARow));
        const QString left = countdown(*breaker.openUntil - now, whole);
        return {CombiningTr::tr("OPEN · %1 left").arg(left), CombiningTr::tr("OPEN · %1").arg(left),
                CombiningTr::tr("OPEN")};
    }
    case BreakerState::Disabled:
        return {CombiningTr::tr("disabled")};
    case BreakerState::MetricsOnly:
        return {CombiningTr::tr("metrics only")};
    }
    return {};
}

QStringList bulkheadValue(const PipelineView &pipeline)
{
    const QString slots_ =
        CombiningTr::tr("%1 of %2").arg(pipeline.bulkhead.inUse).arg(pipeline.config.bulkhead.maxConcurrent);
    if (pipeline.bulkhead.queued > 0)
        return {CombiningTr::tr("%1 slots · %2 wait").arg(slots_).arg(pipeline.bulkhead.queued), slots_};
    return {CombiningTr::tr("%1 slots").arg(slots_), slots_};
}

QStringList hedgingValue(const resilience::HedgingConfig &config)
{
    const QString attempts =
        config.maxAttempts == 1 ? CombiningTr::tr("1 attempt") : CombiningTr::tr("%1 attempts").arg(config.maxAttempts);
    if (!config.delay)
        return {CombiningTr::tr("%1, after a failure").arg(attempts), attempts};
    return {CombiningTr::tr("%1, %2 apart").arg(attempts, duration(*config.delay)), attempts};
}

QStringList limiterValue(const PipelineView &pipeline)
{
    // The allowance keeps a permit that is complete but for the last binary digit from being missed.
    const auto permits = static_cast<uint64_t>(std::max(0.0, std::floor(pipeline.permits + 1e-9)));
    const QString share =
        CombiningTr::tr("%1 of %2").arg(permits).arg(resilience::burstOf(pipeline.config.rateLimiter));
    return {CombiningTr::tr("%1 permits").arg(share), share};
}

// Of those that were offered: of those that have ended, whoever gives up early would have more to be measured by.
QString successText(const ClientView &client)
{
    if (client.totals.offered == 0)
        return none();
    return CombiningTr::tr("%1 of %2")
        .arg(countText(client.totals.of(RequestOutcome::Succeeded)), countText(client.totals.offered));
}

QString attemptsText(const ClientView &client)
{
    if (client.totals.offered == 0)
        return none();
    return QLocale().toString(client.totals.attemptsPerCall(), 'f', 2);
}

QString openedText(const PipelineView &pipeline)
{
    if (!pipeline.config.order.has(PolicyKind::CircuitBreaker) && !pipeline.counts.firstOpened)
        return CombiningTr::tr("no breaker");
    return pipeline.counts.firstOpened ? CombiningTr::tr("at %1").arg(moment(*pipeline.counts.firstOpened))
                                       : CombiningTr::tr("not yet");
}

QString withinText(const Snapshot &snapshot, uint32_t client)
{
    const auto tail = settledTail(snapshot, client);
    return tail ? hundredths(*tail) : none();
}

// Attempts beyond the first of each call, whoever made them.
QString extraText(const ClientView &client)
{
    if (client.totals.offered == 0 || client.totals.attempts < client.totals.offered)
        return client.totals.offered == 0 ? none() : countText(0);
    const uint64_t extra = client.totals.attempts - client.totals.offered;
    const double share = static_cast<double>(extra) / static_cast<double>(client.totals.offered);
    return extra == 0 ? countText(0) : CombiningTr::tr("%1 (+%2 %)").arg(countText(extra)).arg(std::round(share * 100));
}

QStringList tailDetail(const Snapshot &snapshot, uint32_t changed)
{
    if (snapshot.totals.offered == 0)
        return {};
    if (!settledTail(snapshot, 0) || !settledTail(snapshot, changed))
        return {CombiningTr::tr("too few calls have ended to say which is quicker"),
                CombiningTr::tr("too few have ended to compare")};
    const QString here = withinText(snapshot, changed);
    return {CombiningTr::tr("99 % of its successes come within %1, not %2").arg(here, withinText(snapshot, 0)),
            CombiningTr::tr("99 % within %1, not %2").arg(here, withinText(snapshot, 0))};
}

bool hedgesAnywhere(const Snapshot &snapshot)
{
    return std::any_of(snapshot.clients.begin(), snapshot.clients.end(), [&](const ClientView &client) {
        const PipelineView &pipeline = snapshot.pipelines[client.pipeline];
        return pipeline.config.order.has(PolicyKind::Hedging) || pipeline.counts.hedges > 0;
    });
}

QString failureTimeText(const ClientView &client)
{
    const uint64_t count = client.totals.notSucceeded();
    return count == 0 ? none() : hundredths(client.totals.unsuccessful / static_cast<int64_t>(count));
}

template <typename Value> CostLine costLine(const Snapshot &snapshot, const QStringList &caption, Value value)
{
    CostLine line{.caption = caption};
    for (uint32_t i = 0; i < snapshot.clients.size(); ++i)
        line.values.push_back(value(i));
    line.differs = std::any_of(line.values.begin(), line.values.end(),
                               [&](const QString &other) { return other != line.values.front(); });
    return line;
}

} // namespace

QString clientTitle(const ClientView &client)
{
    return QString::fromStdString(client.name).replace(QLatin1Char('-'), QLatin1Char(' '));
}

QString clientRate(const ClientView &client) { return clientDetail(client); }

QString orderRemark(const Snapshot &snapshot, uint32_t client)
{
    if (client == changedClient(snapshot))
        return CombiningTr::tr("drag a shell to another place");
    return CombiningTr::tr("%1, in a fixed order").arg(clientDetail(snapshot.clients[client]));
}

QStringList policyName(PolicyKind kind)
{
    QStringList names{policyLabel(kind), policyBrief(kind)};
    if (kind == PolicyKind::CircuitBreaker)
        names.removeFirst();
    names.removeDuplicates();
    return names;
}

QStringList policyValue(const Snapshot &snapshot, uint32_t client, PolicyKind kind)
{
    const PipelineView &pipeline = snapshot.pipelineOf(client);
    if (!pipeline.config.order.has(kind))
        return {CombiningTr::tr("off")};
    switch (kind) {
    case PolicyKind::Fallback:
        return {CombiningTr::tr("answers instead")};
    case PolicyKind::TotalTimeout:
        return {duration(pipeline.config.totalTimeout)};
    case PolicyKind::Retry:
        return {pipeline.config.retry.maxAttempts == 1
                    ? CombiningTr::tr("1 attempt")
                    : CombiningTr::tr("%1 attempts").arg(pipeline.config.retry.maxAttempts)};
    case PolicyKind::RateLimiter:
        return limiterValue(pipeline);
    case PolicyKind::CircuitBreaker:
        return breakerValue(snapshot.clients[client], snapshot.now);
    case PolicyKind::Bulkhead:
        return bulkheadValue(pipeline);
    case PolicyKind::AttemptTimeout:
        return {duration(pipeline.config.attemptTimeout)};
    case PolicyKind::Hedging:
        return hedgingValue(pipeline.config.hedging);
    default:
        return policySettings(pipeline.config, kind);
    }
}

uint64_t policyDeedCount(const PipelineView &pipeline, PolicyKind kind)
{
    if (kind == PolicyKind::Fallback)
        return pipeline.counts.fellBack;
    if (kind == PolicyKind::Hedging)
        return pipeline.counts.hedges;
    return kind == PolicyKind::Retry ? pipeline.counts.retries : pipeline.counts.turnedAway[static_cast<size_t>(kind)];
}

QStringList policyActions(const PipelineView &pipeline, PolicyKind kind)
{
    const uint64_t count = policyDeedCount(pipeline, kind);
    if (count == 0)
        return {};
    const QString plain = countText(count);
    switch (kind) {
    case PolicyKind::Fallback:
        return {CombiningTr::tr("%1 answered").arg(plain), plain};
    case PolicyKind::Retry:
        return {count == 1 ? CombiningTr::tr("1 retry") : CombiningTr::tr("%1 retries").arg(plain), plain};
    case PolicyKind::Hedging: {
        const QString hedges = count == 1 ? CombiningTr::tr("1 hedge") : CombiningTr::tr("%1 hedges").arg(plain);
        if (pipeline.counts.beaten == 0)
            return {hedges, plain};
        return {CombiningTr::tr("%1 · %2 not needed").arg(hedges, countText(pipeline.counts.beaten)), hedges, plain};
    }
    case PolicyKind::TotalTimeout:
    case PolicyKind::AttemptTimeout:
        return {CombiningTr::tr("%1 cut off").arg(plain), plain};
    default:
        return {CombiningTr::tr("%1 turned away").arg(plain), plain};
    }
}

QStringList costTitle(const Snapshot &snapshot)
{
    const uint32_t changed = changedClient(snapshot);
    const PipelineView &mine = snapshot.pipelineOf(changed);
    if (snapshot.totals.offered == 0 || changed == 0)
        return policyCount(mine.config.order.size());
    const PipelineView &usual = snapshot.pipelineOf(0);
    if (mine.counts.sent > usual.counts.sent) {
        const QString more = callCount(mine.counts.sent - usual.counts.sent);
        return {CombiningTr::tr("Your order sends %1 more").arg(more), CombiningTr::tr("Yours: %1 more").arg(more)};
    }
    if (mine.counts.sent < usual.counts.sent) {
        const QString fewer = callCount(usual.counts.sent - mine.counts.sent);
        return {CombiningTr::tr("Your order sends %1 fewer").arg(fewer), CombiningTr::tr("Yours: %1 fewer").arg(fewer)};
    }
    if (mine.config.order == usual.config.order)
        return {CombiningTr::tr("Same order, same calls"), CombiningTr::tr("Same order")};
    return {CombiningTr::tr("Other order, same number of calls"), CombiningTr::tr("Same number of calls")};
}

QStringList costDetail(const Snapshot &snapshot)
{
    const uint32_t changed = changedClient(snapshot);
    if (changed == 0)
        return {};
    const auto usual = snapshot.pipelineOf(0).counts.firstOpened;
    const auto mine = snapshot.pipelineOf(changed).counts.firstOpened;
    if (usual && mine) {
        const Duration gap = *mine - *usual;
        if (gap == Duration::zero())
            return {CombiningTr::tr("the breakers opened together")};
        const QString late = hundredths(std::max(gap, -gap));
        return {gap > Duration::zero() ? CombiningTr::tr("its breaker opened %1 later").arg(late)
                                       : CombiningTr::tr("its breaker opened %1 earlier").arg(late)};
    }
    if (usual)
        return {CombiningTr::tr("its breaker has not opened; the other has"),
                CombiningTr::tr("its breaker has not opened")};
    if (mine)
        return {CombiningTr::tr("its breaker has opened; the other has not"),
                CombiningTr::tr("only its breaker has opened")};
    return hedgesAnywhere(snapshot) ? tailDetail(snapshot, changed) : QStringList{};
}

std::vector<CostLine> costLines(const Snapshot &snapshot)
{
    const auto pipeline = [&](uint32_t i) -> const PipelineView & { return snapshot.pipelineOf(i); };
    const auto client = [&](uint32_t i) -> const ClientView & { return snapshot.clients[i]; };
    std::vector<CostLine> lines{
        costLine(snapshot, {CombiningTr::tr("calls sent to the service"), CombiningTr::tr("calls sent")},
                 [&](uint32_t i) { return countText(pipeline(i).counts.sent); }),
        costLine(snapshot,
                 {CombiningTr::tr("sent for each call of the user"), CombiningTr::tr("sent for each call"),
                  CombiningTr::tr("each")},
                 [&](uint32_t i) { return attemptsText(client(i)); }),
        costLine(snapshot, {CombiningTr::tr("breaker first opened"), CombiningTr::tr("opened")},
                 [&](uint32_t i) { return openedText(pipeline(i)); }),
        costLine(snapshot, {CombiningTr::tr("succeeded so far"), CombiningTr::tr("succeeded")},
                 [&](uint32_t i) { return successText(client(i)); }),
        costLine(snapshot,
                 {CombiningTr::tr("a failure takes, on average"), CombiningTr::tr("a failure takes"),
                  CombiningTr::tr("failure")},
                 [&](uint32_t i) { return failureTimeText(client(i)); }),
    };
    if (hedgesAnywhere(snapshot)) { // what it saves, and what for
        lines[1] = costLine(snapshot, {CombiningTr::tr("99 % of successes within"), CombiningTr::tr("99 % within")},
                            [&](uint32_t i) { return withinText(snapshot, i); });
        lines.insert(lines.begin() + 2,
                     costLine(snapshot, {CombiningTr::tr("attempts beyond the first"), CombiningTr::tr("extra")},
                              [&](uint32_t i) { return extraText(client(i)); }));
    }
    bool falls = false;
    bool misses = false;
    for (uint32_t i = 0; i < snapshot.clients.size(); ++i) {
        const Totals &totals = client(i).totals;
        falls = falls || pipeline(i).config.order.has(PolicyKind::Fallback) || totals.fellBack > 0;
        misses = misses || (totals.fellBack > 0 && totals.fellBack < totals.notSucceeded());
    }
    if (!falls)
        return lines;
    // Where it does not answer all of them, that matters more than the rest.
    const CostLine answered =
        costLine(snapshot, {CombiningTr::tr("failures that the fallback answered"), CombiningTr::tr("fell back")},
                 [&](uint32_t i) {
                     return CombiningTr::tr("%1 of %2")
                         .arg(countText(client(i).totals.fellBack), countText(client(i).totals.notSucceeded()));
                 });
    lines.insert(misses ? lines.begin() + 1 : lines.end(), answered);
    return lines;
}

} // namespace widgets::words
