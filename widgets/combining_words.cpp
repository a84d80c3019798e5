// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/combining_words.h"

#include "widgets/combining_order.h"
#include "widgets/stage_words.h"

#include <QCoreApplication>
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

struct Stage {
    Q_DECLARE_TR_FUNCTIONS(CombiningStage)
};

QString number(uint64_t count) { return QLocale().toString(static_cast<qulonglong>(count)); }
QString none() { return QStringLiteral("–"); }

QString callCount(uint64_t count) { return count == 1 ? Stage::tr("1 call") : Stage::tr("%1 calls").arg(number(count)); }

QStringList policyCount(size_t count)
{
    if (count == 1)
        return {Stage::tr("One policy around a call"), Stage::tr("One policy")};
    return {Stage::tr("%1 policies around one call").arg(count), Stage::tr("%1 policies").arg(count)};
}

const PipelineView &pipelineOf(const Snapshot &snapshot, uint32_t client)
{
    return snapshot.pipelines[snapshot.clients[client].pipeline];
}

QStringList closedValue(const ClientView &client)
{
    const auto &rule = client.rule;
    const auto &window = client.breaker.window;
    if (rule.window.kind == resilience::OutcomeWindowConfig::Kind::Consecutive) {
        const QString run = Stage::tr("%1 of %2").arg(window.consecutiveFailures).arg(rule.failureThreshold);
        return {Stage::tr("CLOSED · %1 failures in a row").arg(run), Stage::tr("CLOSED · %1 in a row").arg(run),
                Stage::tr("CLOSED · %1").arg(run), run};
    }
    const QString share = Stage::tr("%1 of %2").arg(window.failures).arg(window.calls);
    return {Stage::tr("CLOSED · %1 failed").arg(share), Stage::tr("CLOSED · %1").arg(share), share};
}

QStringList breakerValue(const ClientView &client, resilience::Time now)
{
    const BreakerView &breaker = client.breaker;
    switch (breaker.state) {
    case BreakerState::Closed:
        return closedValue(client);
    case BreakerState::HalfOpen: {
        const QString trial =
            Stage::tr("trial %1 of %2").arg(std::max(1U, breaker.trialsGiven)).arg(client.rule.halfOpenMaxCalls);
        return {Stage::tr("HALF-OPEN · %1").arg(trial), trial, Stage::tr("HALF-OPEN")};
    }
    case BreakerState::Open:
    case BreakerState::ForcedOpen: {
        if (!breaker.openUntil)
            return {Stage::tr("OPEN")};
        if (breaker.halfOpenAllowed)
            return {Stage::tr("OPEN · the next call tries"), Stage::tr("OPEN · next tries"), Stage::tr("OPEN")};
        const Duration whole = client.rule.openWait(std::max(1U, breaker.openingsInARow));
        const QString left = countdown(*breaker.openUntil - now, whole);
        return {Stage::tr("OPEN · %1 left").arg(left), Stage::tr("OPEN · %1").arg(left), Stage::tr("OPEN")};
    }
    case BreakerState::Disabled:
        return {Stage::tr("disabled")};
    case BreakerState::MetricsOnly:
        return {Stage::tr("metrics only")};
    }
    return {};
}

QStringList bulkheadValue(const PipelineView &pipeline)
{
    const QString slots_ = Stage::tr("%1 of %2").arg(pipeline.bulkhead.inUse).arg(pipeline.config.bulkhead.maxConcurrent);
    if (pipeline.bulkhead.queued > 0)
        return {Stage::tr("%1 slots · %2 wait").arg(slots_).arg(pipeline.bulkhead.queued), slots_};
    return {Stage::tr("%1 slots").arg(slots_), slots_};
}

QStringList limiterValue(const PipelineView &pipeline)
{
    // The allowance keeps a permit that is complete but for the last binary digit from being missed.
    const auto permits = static_cast<uint64_t>(std::max(0.0, std::floor(pipeline.permits + 1e-9)));
    const QString share = Stage::tr("%1 of %2").arg(permits).arg(resilience::burstOf(pipeline.config.rateLimiter));
    return {Stage::tr("%1 permits").arg(share), share};
}

// Of those that have ended.
std::optional<double> successShare(const Totals &totals)
{
    const uint64_t ended = totals.of(RequestOutcome::Succeeded) + totals.notSucceeded();
    if (ended == 0)
        return std::nullopt;
    return static_cast<double>(totals.of(RequestOutcome::Succeeded)) / static_cast<double>(ended);
}

QString successText(const ClientView &client)
{
    const auto share = successShare(client.totals);
    if (!share)
        return none();
    // Never rounded up to all of them.
    return Stage::tr("%1 %").arg(std::floor(*share * 100 + 1e-9));
}

QString attemptsText(const ClientView &client)
{
    if (client.totals.offered == 0)
        return none();
    return QLocale().toString(static_cast<double>(client.totals.attempts) / static_cast<double>(client.totals.offered), 'f', 2);
}

QString openedText(const PipelineView &pipeline)
{
    if (!pipeline.config.order.has(PolicyKind::CircuitBreaker) && !pipeline.counts.firstOpened)
        return Stage::tr("no breaker");
    return pipeline.counts.firstOpened ? Stage::tr("at %1").arg(moment(*pipeline.counts.firstOpened)) : Stage::tr("not yet");
}

QString failureTimeText(const ClientView &client)
{
    const uint64_t count = client.totals.notSucceeded();
    return count == 0 ? none() : moment(resilience::kTimeZero + client.totals.unsuccessful / static_cast<int64_t>(count));
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
        return Stage::tr("drag a shell to another place");
    return Stage::tr("%1, in a fixed order").arg(clientDetail(snapshot.clients[client]));
}

QStringList policyName(PolicyKind kind)
{
    switch (kind) {
    case PolicyKind::Fallback:
        return {Stage::tr("fallback")};
    case PolicyKind::TotalTimeout:
        return {Stage::tr("total timeout"), Stage::tr("total")};
    case PolicyKind::Retry:
        return {Stage::tr("retry")};
    case PolicyKind::RateLimiter:
        return {Stage::tr("rate limiter"), Stage::tr("limiter")};
    case PolicyKind::CircuitBreaker:
        return {Stage::tr("breaker")};
    case PolicyKind::Bulkhead:
        return {Stage::tr("bulkhead")};
    case PolicyKind::AttemptTimeout:
        return {Stage::tr("attempt timeout"), Stage::tr("timeout")};
    }
    return {};
}

QStringList policyValue(const Snapshot &snapshot, uint32_t client, PolicyKind kind)
{
    const PipelineView &pipeline = pipelineOf(snapshot, client);
    if (!pipeline.config.order.has(kind))
        return {Stage::tr("off")};
    switch (kind) {
    case PolicyKind::Fallback:
        return {Stage::tr("answers instead")};
    case PolicyKind::TotalTimeout:
        return {duration(pipeline.config.totalTimeout)};
    case PolicyKind::Retry:
        return {pipeline.config.retry.maxAttempts == 1 ? Stage::tr("1 attempt")
                                                       : Stage::tr("%1 attempts").arg(pipeline.config.retry.maxAttempts)};
    case PolicyKind::RateLimiter:
        return limiterValue(pipeline);
    case PolicyKind::CircuitBreaker:
        return breakerValue(snapshot.clients[client], snapshot.now);
    case PolicyKind::Bulkhead:
        return bulkheadValue(pipeline);
    case PolicyKind::AttemptTimeout:
        return {duration(pipeline.config.attemptTimeout)};
    }
    return {};
}

uint64_t policyDeedCount(const PipelineView &pipeline, PolicyKind kind)
{
    if (kind == PolicyKind::Fallback)
        return pipeline.counts.fellBack;
    return kind == PolicyKind::Retry ? pipeline.counts.retries : pipeline.counts.turnedAway[static_cast<size_t>(kind)];
}

QStringList policyDeeds(const PipelineView &pipeline, PolicyKind kind)
{
    const uint64_t count = policyDeedCount(pipeline, kind);
    if (count == 0)
        return {};
    const QString plain = number(count);
    switch (kind) {
    case PolicyKind::Fallback:
        return {Stage::tr("%1 answered").arg(plain), plain};
    case PolicyKind::Retry:
        return {count == 1 ? Stage::tr("1 retry") : Stage::tr("%1 retries").arg(plain), plain};
    case PolicyKind::TotalTimeout:
    case PolicyKind::AttemptTimeout:
        return {Stage::tr("%1 cut off").arg(plain), plain};
    default:
        return {Stage::tr("%1 turned away").arg(plain), plain};
    }
}

QStringList costTitle(const Snapshot &snapshot)
{
    const uint32_t changed = changedClient(snapshot);
    const PipelineView &mine = pipelineOf(snapshot, changed);
    if (snapshot.totals.offered == 0 || changed == 0)
        return policyCount(mine.config.order.size());
    const PipelineView &usual = pipelineOf(snapshot, 0);
    if (mine.counts.sent > usual.counts.sent) {
        const QString more = callCount(mine.counts.sent - usual.counts.sent);
        return {Stage::tr("Your order sends %1 more").arg(more), Stage::tr("Yours: %1 more").arg(more)};
    }
    if (mine.counts.sent < usual.counts.sent) {
        const QString fewer = callCount(usual.counts.sent - mine.counts.sent);
        return {Stage::tr("Your order sends %1 fewer").arg(fewer), Stage::tr("Yours: %1 fewer").arg(fewer)};
    }
    if (mine.config.order == usual.config.order)
        return {Stage::tr("Same order, same calls"), Stage::tr("Same order")};
    return {Stage::tr("Another order, as many calls"), Stage::tr("Another order"), Stage::tr("As many calls")};
}

QStringList costDetail(const Snapshot &snapshot)
{
    const uint32_t changed = changedClient(snapshot);
    if (changed == 0)
        return {};
    const auto usual = pipelineOf(snapshot, 0).counts.firstOpened;
    const auto mine = pipelineOf(snapshot, changed).counts.firstOpened;
    if (usual && mine) {
        const Duration gap = *mine - *usual;
        if (gap == Duration::zero())
            return {Stage::tr("the breakers opened together")};
        const QString late = moment(resilience::kTimeZero + std::max(gap, -gap));
        return {gap > Duration::zero() ? Stage::tr("its breaker opened %1 later").arg(late)
                                       : Stage::tr("its breaker opened %1 earlier").arg(late)};
    }
    if (usual)
        return {Stage::tr("its breaker has not opened; the other has"), Stage::tr("its breaker has not opened")};
    if (mine)
        return {Stage::tr("its breaker has opened; the other has not"), Stage::tr("only its breaker has opened")};
    return {};
}

std::vector<CostLine> costLines(const Snapshot &snapshot)
{
    const auto pipeline = [&](uint32_t i) -> const PipelineView & { return pipelineOf(snapshot, i); };
    const auto client = [&](uint32_t i) -> const ClientView & { return snapshot.clients[i]; };
    std::vector<CostLine> lines{
        costLine(snapshot, {Stage::tr("calls sent to the service"), Stage::tr("calls sent")},
                 [&](uint32_t i) { return number(pipeline(i).counts.sent); }),
        costLine(snapshot, {Stage::tr("sent for each call of the user"), Stage::tr("sent for each call"), Stage::tr("each")},
                 [&](uint32_t i) { return attemptsText(client(i)); }),
        costLine(snapshot, {Stage::tr("breaker first opened"), Stage::tr("opened")},
                 [&](uint32_t i) { return openedText(pipeline(i)); }),
        costLine(snapshot, {Stage::tr("succeeded")}, [&](uint32_t i) { return successText(client(i)); }),
        costLine(snapshot, {Stage::tr("a failure takes, on average"), Stage::tr("a failure takes"), Stage::tr("failure")},
                 [&](uint32_t i) { return failureTimeText(client(i)); }),
    };
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
    const CostLine answered = costLine(snapshot, {Stage::tr("failures that the fallback answered"), Stage::tr("fell back")}, [&](uint32_t i) {
        return Stage::tr("%1 of %2").arg(number(client(i).totals.fellBack), number(client(i).totals.notSucceeded()));
    });
    lines.insert(misses ? lines.begin() + 1 : lines.end(), answered);
    return lines;
}

QStringList budgetText(const AttemptBudget &budget)
{
    if (budget.attempts.empty()) {
        if (!budget.limit)
            return {Stage::tr("no timeout at all: a call may wait for ever"), Stage::tr("no timeout")};
        return {Stage::tr("one attempt may use all %1").arg(duration(*budget.limit)), duration(*budget.limit)};
    }
    const QString longest = duration(budget.longest());
    const auto all = budget.attempts.size();
    if (!budget.limit)
        return {Stage::tr("up to %1, and nothing ends it sooner").arg(longest), Stage::tr("up to %1, no limit").arg(longest), longest};
    const QString limit = duration(*budget.limit);
    if (budget.fits())
        return {Stage::tr("%1 of %2: all %3 attempts fit").arg(longest, limit).arg(all),
                Stage::tr("%1 of %2: fits").arg(longest, limit)};
    return {Stage::tr("%1 into %2: only %3 of %4 attempts fit").arg(longest, limit).arg(budget.fitting).arg(all),
            Stage::tr("%1 of %2 attempts fit").arg(budget.fitting).arg(all),
            Stage::tr("%1 of %2 fit").arg(budget.fitting).arg(all)};
}

} // namespace widgets::words
