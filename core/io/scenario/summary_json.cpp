// SPDX-License-Identifier: MIT
#include "core/io/scenario/summary_json.h"

#include "core/io/json/json_text.h"
#include "core/io/json/seconds_json.h"

namespace resilience::io {

namespace {

OrderedJson totalsToValue(const sim::Totals &totals)
{
    OrderedJson value{{"offered", totals.offered}};
    for (const sim::RequestOutcome outcome : sim::kRequestOutcomes)
        value[name(outcome)] = totals.of(outcome);
    value["in_flight"] = totals.inFlight;
    value["attempts"] = totals.attempts;
    value["late"] = totals.late;
    value["fell_back"] = totals.fellBack;
    if (totals.notTaken > 0)
        value["not_taken"] = totals.notTaken;
    if (totals.notSent > 0)
        value["not_sent"] = totals.notSent;
    return value;
}

OrderedJson breakerToValue(const BreakerCounters &counters)
{
    return {{"state", name(counters.state)},
            {"transitions", counters.transitions},
            {"opened", counters.opened},
            {"closed", counters.closed},
            {"permitted", counters.permitted},
            {"rejected", counters.rejected},
            {"trials", counters.trials},
            {"slow", counters.slow},
            {"late", counters.late}};
}

OrderedJson breakersToValue(const std::vector<BreakerCounters> &breakers)
{
    BreakerCounters sum;
    sum.state = breakers.front().state;
    OrderedJson each;
    for (const BreakerCounters &one : breakers) {
        sum.permitted += one.permitted;
        sum.rejected += one.rejected;
        sum.trials += one.trials;
        sum.transitions += one.transitions;
        sum.opened += one.opened;
        sum.closed += one.closed;
        sum.late += one.late;
        sum.slow += one.slow;
        each[one.owner] = breakerToValue(one);
    }
    OrderedJson value = breakerToValue(sum);
    if (breakers.size() > 1)
        value["clients"] = std::move(each);
    return value;
}

OrderedJson toValue(const RetryCounters &retry)
{
    OrderedJson givenUp = OrderedJson::object();
    for (size_t i = 1; i < RetryCounters::kReasons; ++i)
        givenUp[name(static_cast<RetryVerdict::Reason>(i))] = retry.givenUp[i];
    return {{"retries", retry.retries}, {"attempts", retry.attempts}, {"given_up", std::move(givenUp)}};
}

OrderedJson toValue(const GateCounters &gate) { return {{"permitted", gate.permitted}, {"rejected", gate.rejected}}; }

OrderedJson toValue(const BulkheadCounters &bulkhead)
{
    return {{"permitted", bulkhead.permitted},
            {"rejected", bulkhead.rejected},
            {"queued", bulkhead.queued},
            {"expired", bulkhead.expired}};
}

OrderedJson toValue(const TimeoutCounters &timeout)
{
    return {{"attempts", timeout.attempts}, {"waits", timeout.waits}};
}

OrderedJson toValue(const FallbackCounters &fallback) { return {{"answered", fallback.answered}}; }

OrderedJson toValue(const HealthCounters &health)
{
    return {{"probes", health.probes}, {"failed", health.failed}, {"restarts", health.restarts}};
}

OrderedJson toValue(const LockCounters &lock)
{
    return {{"acquired", lock.acquired},
            {"not_acquired", lock.notAcquired},
            {"writes_accepted", lock.writesAccepted},
            {"writes_refused", lock.writesRefused},
            {"stale_accepted", lock.staleAccepted}};
}

OrderedJson patternsToValue(const RunCounters &counters)
{
    OrderedJson value = OrderedJson::object();
    if (!counters.breakers().empty())
        value["circuit-breaker"] = breakersToValue(counters.breakers());
    const auto add = [&value](const char *pattern, const auto &part) {
        if (part)
            value[pattern] = toValue(*part);
    };
    add("retry", counters.retry());
    for (const GateCounters &gate : counters.gates())
        value[name(gate.kind)] = toValue(gate);
    add("bulkhead", counters.bulkhead());
    add("timeout", counters.timeout());
    add("fallback", counters.fallback());
    add("health-check", counters.healthCheck());
    add("distributed-lock", counters.distributedLock());
    return value;
}

} // namespace

std::string summaryToJson(const RunSummary &summary)
{
    OrderedJson value{{"step", summary.step},
                      {"scenario", summary.scenario},
                      {"seed", summary.seed},
                      {"until", secondsNumber(summary.until)},
                      {"fingerprint", summary.fingerprint},
                      {"totals", totalsToValue(summary.totals)}};
    if (summary.clients.size() > 1)
        for (const auto &[client, totals] : summary.clients)
            value["clients"][client] = totalsToValue(totals);
    value["goals"] = OrderedJson::object();
    for (const auto &[id, met] : summary.goals)
        value["goals"][id] = met;
    value["patterns"] = patternsToValue(summary.counters);
    return toText(value);
}

} // namespace resilience::io
