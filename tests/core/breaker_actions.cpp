// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/breaker_actions.h"

#include "tests/pick.h"

#include <algorithm>
#include <ostream>

using namespace resilience;
using namespace std::chrono_literals;

namespace tests {

namespace {

Duration drawn(int64_t from, int64_t to) { return Duration{pick<int64_t>(from, to)}; }

Ratio drawnShare()
{
    return *rc::gen::element(Ratio::of(0.1), Ratio::of(0.3), Ratio::of(1.0 / 3), Ratio::of(0.5), Ratio::of(2.0 / 3),
                             Ratio::of(0.75), Ratio::of(1.0));
}

CircuitBreakerConfig drawnConfig()
{
    using Kind = OutcomeWindowConfig::Kind;
    CircuitBreakerConfig c;
    c.window.kind = *rc::gen::element(Kind::Consecutive, Kind::Count, Kind::Timed);
    c.window.calls = pick<uint32_t>(1, 40);
    c.window.duration = drawn(10, 120);
    c.failureThreshold = pick<uint32_t>(1, 5);
    c.failureRateThreshold = drawnShare();
    c.minimumCalls = pick<uint32_t>(1, std::min(8U, c.window.calls) + 1);
    c.slowCallDuration = 5ns;
    c.slowCallRateThreshold = drawnShare();
    c.openDuration = drawn(1, 30);
    c.openDurationMultiplier = *rc::gen::element(1.0, 1.5, 2.0); // exact in binary, for as long as a plan lasts
    if (*rc::gen::arbitrary<bool>())
        c.maxOpenDuration = c.openDuration + drawn(0, 200);
    c.halfOpenMaxCalls = pick<uint32_t>(1, 6);
    if (pick(0, 3) == 0)
        c.halfOpenMaxConcurrent = pick<uint32_t>(1, 4);
    c.halfOpenRule = *rc::gen::element(HalfOpenRule::AllSucceed, HalfOpenRule::Rate, HalfOpenRule::RateEarly);
    if (*rc::gen::arbitrary<bool>())
        c.halfOpenMaxDuration = drawn(0, 40);
    c.faultyVariant.waitNotRestarted = pick(0, 10) == 0;
    c.faultyVariant.unlimitedTrials = pick(0, 10) == 0;
    return c;
}

// What people turn while it runs: the same breaker with another wait and other trials.
CircuitBreakerConfig withAnotherPatience(CircuitBreakerConfig config, const CircuitBreakerConfig &other)
{
    config.openDuration = other.openDuration;
    config.maxOpenDuration = other.maxOpenDuration;
    config.halfOpenMaxCalls = other.halfOpenMaxCalls;
    config.halfOpenMaxConcurrent = other.halfOpenMaxConcurrent;
    config.halfOpenMaxDuration = other.halfOpenMaxDuration;
    return config;
}

Action drawnAction()
{
    Action a;
    using Kind = Action::Kind;
    a.kind = *rc::gen::weightedElement<Kind>(
        {{40, Kind::Acquire}, {40, Kind::Report}, {6, Kind::Force}, {3, Kind::Reconfigure}, {4, Kind::Wake}});
    a.jump = *rc::gen::weightedElement<Jump>({{30, Jump::Stay},
                                              {15, Jump::OneLater},
                                              {15, Jump::SomeLater},
                                              {5, Jump::JustBeforeLimit},
                                              {10, Jump::AtLimit},
                                              {5, Jump::JustAfterLimit},
                                              {1, Jump::FarLater},
                                              {3, Jump::Back}});
    a.amount = drawn(0, 30);
    a.which = pick<size_t>(0, 20);
    a.outcome = *rc::gen::weightedElement<Outcome>(
        {{10, Outcome::Success}, {10, Outcome::Failure}, {1, Outcome::Ignored}, {1, Outcome::Cancelled}});
    a.took = drawn(3, 8);
    a.trigger = *rc::gen::elementOf(kBreakerTriggers);
    if (a.kind == Kind::Reconfigure)
        a.config = drawnConfig();
    return a;
}

Time timeOf(const Action &action, const CircuitBreaker &breaker, Time latest)
{
    const Time limit = breaker.openUntil().value_or(breaker.nextDeadline().value_or(latest + action.amount));
    switch (action.jump) {
    case Jump::Stay:
        return latest;
    case Jump::OneLater:
        return latest + 1ns;
    case Jump::SomeLater:
        return latest + action.amount;
    case Jump::JustBeforeLimit:
        return limit - 1ns;
    case Jump::AtLimit:
        return limit;
    case Jump::JustAfterLimit:
        return limit + 1ns;
    case Jump::FarLater:
        return latest + std::chrono::hours{24 * 365};
    case Jump::Back:
        return latest - action.amount;
    }
    return latest;
}

// Shrinking keeps a failing plan's shape; text is for whoever reads it then.
const char *kindName(Action::Kind kind)
{
    const char *names[] = {"acquire", "report", "force", "reconfigure", "wake"};
    return names[static_cast<size_t>(kind)];
}

} // namespace

rc::Gen<CircuitBreakerConfig> breakerConfigs() { return rc::gen::exec(drawnConfig); }

rc::Gen<Plan> plans()
{
    return rc::gen::exec([] {
        Plan plan;
        plan.config = drawnConfig();
        plan.actions = *rc::gen::scale(2.0, rc::gen::container<std::vector<Action>>(rc::gen::exec(drawnAction)));
        for (Action &action : plan.actions)
            if (action.kind == Action::Kind::Reconfigure && action.which > 4)
                action.config = withAnotherPatience(plan.config, action.config);
        return plan;
    });
}

Answer apply(CircuitBreaker &breaker, const Step &step)
{
    Answer answer;
    switch (step.kind) {
    case Action::Kind::Acquire:
        answer.decision = breaker.tryAcquire(step.now);
        break;
    case Action::Kind::Report:
        answer.recorded = breaker.onResult(step.permit, step.outcome, step.took, step.now);
        break;
    case Action::Kind::Force:
        answer.forced = breaker.force(step.trigger, step.now);
        break;
    case Action::Kind::Reconfigure:
        breaker.reconfigure(step.config, step.now);
        break;
    case Action::Kind::Wake:
        breaker.onDeadline(step.now);
        break;
    }
    return answer;
}

void play(const Plan &plan, const std::function<void(const Moment &)> &check)
{
    CircuitBreaker breaker(plan.config);
    std::vector<Permit> out;
    Time latest = kTimeZero;
    for (const Action &action : plan.actions) {
        Step step{action.kind,  timeOf(action, breaker, latest), {}, action.outcome, action.took, action.trigger,
                  action.config};
        if (action.kind == Action::Kind::Report) {
            if (out.empty())
                continue;
            const auto at = out.begin() + static_cast<std::ptrdiff_t>(action.which % out.size());
            step.permit = *at;
            out.erase(at);
        }
        latest = std::max(latest, step.now);
        const CircuitBreaker before = breaker;
        const Answer answer = apply(breaker, step);
        if (step.kind == Action::Kind::Acquire && answer.decision)
            out.push_back(answer.decision.permit);
        check({before, step, answer, breaker, latest, out});
    }
}

void showValue(const CircuitBreakerConfig &c, std::ostream &os)
{
    os << "{window kind " << int(c.window.kind) << ", calls " << c.window.calls << ", ns " << c.window.duration.count()
       << "; failures " << c.failureThreshold << ", rate " << c.failureRateThreshold.share() << ", min "
       << c.minimumCalls << ", slow rate " << c.slowCallRateThreshold.share() << "; open " << c.openDuration.count()
       << " ns x " << c.openDurationMultiplier << " to " << (c.maxOpenDuration ? c.maxOpenDuration->count() : -1)
       << "; trials " << c.halfOpenMaxCalls << ", rule " << int(c.halfOpenRule) << ", patience "
       << c.halfOpenPatience().count() << " ns; slips " << c.faultyVariant.waitNotRestarted
       << c.faultyVariant.unlimitedTrials << "}";
}

void showValue(const Plan &plan, std::ostream &os)
{
    showValue(plan.config, os);
    for (const Action &a : plan.actions) {
        os << "\n  " << kindName(a.kind) << " jump " << int(a.jump) << " (" << a.amount.count() << ") permit "
           << a.which << " outcome " << int(a.outcome) << " took " << a.took.count() << " " << name(a.trigger) << " ";
        if (a.kind == Action::Kind::Reconfigure)
            showValue(a.config, os);
    }
}

} // namespace tests
