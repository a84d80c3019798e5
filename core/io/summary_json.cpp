// SPDX-License-Identifier: MIT
#include "core/io/summary_json.h"

#include "core/io/json_text.h"
#include "core/io/seconds_json.h"

namespace resilience::io {

namespace {

OrderedJson totalsToValue(const sim::Totals &totals)
{
    OrderedJson value{{"offered", totals.offered}};
    for (const sim::RequestOutcome outcome : sim::kRequestOutcomes)
        value[key(outcome)] = totals.of(outcome);
    value["in_flight"] = totals.inFlight;
    value["attempts"] = totals.attempts;
    value["late"] = totals.late;
    return value;
}

OrderedJson countersToValue(const BreakerCounters &counters)
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
    sum.state = breakers.empty() ? BreakerState::Closed : breakers.front().state;
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
        each[one.client] = countersToValue(one);
    }
    OrderedJson value = countersToValue(sum);
    if (breakers.size() > 1)
        value["clients"] = std::move(each);
    return value;
}

} // namespace

void BreakerCounters::add(const sim::Event &event)
{
    if (const auto *sent = event.as<sim::Sent>()) {
        ++permitted;
        trials += sent->trial > 0;
    } else if (event.as<sim::TurnedAway>()) {
        ++rejected;
    } else if (const auto *moved = event.as<sim::Transitioned>()) {
        ++transitions;
        opened += moved->move.to == BreakerState::Open;
        closed += moved->move.to == BreakerState::Closed;
    } else if (const auto *finished = event.as<sim::Finished>()) {
        late += finished->recorded == Recorded::Late;
        slow += finished->slow;
    }
}

std::string summaryToJson(const RunSummary &summary)
{
    OrderedJson goals = OrderedJson::object();
    for (const auto &[id, met] : summary.goals)
        goals[id] = met;
    return toText({{"step", summary.step},
                   {"scenario", summary.scenario},
                   {"seed", summary.seed},
                   {"until", secondsNumber(summary.until)},
                   {"fingerprint", summary.fingerprint},
                   {"totals", totalsToValue(summary.totals)},
                   {"goals", std::move(goals)},
                   {"patterns", {{"circuit-breaker", breakersToValue(summary.breakers)}}}});
}

} // namespace resilience::io
