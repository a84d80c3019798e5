// SPDX-License-Identifier: MIT
#include "core/sim/world/knob_access.h"
#include "core/sim/world/knob_families.h"

namespace resilience::sim {

namespace {

using Kind = KnobSpec::Kind;
using Window = OutcomeWindowConfig::Kind;

constexpr PolicyKind kBreaker = PolicyKind::CircuitBreaker;
constexpr auto hasBreaker = &KnobAccess::has<kBreaker>;

template <typename Change> void changeRule(const KnobHand &hand, Change change)
{
    KnobAccess::changePipeline(hand, [&](PipelineConfig &config) { change(config.circuitBreaker); });
}

const CircuitBreakerConfig &rule(const KnobScope &scope) { return KnobAccess::pipeline(scope).config().circuitBreaker; }

bool countsInARow(const KnobScope &w) { return rule(w).window.kind == Window::Consecutive; }
bool countsCalls(const KnobScope &w) { return rule(w).window.kind == Window::Count; }
bool countsTime(const KnobScope &w) { return rule(w).window.kind == Window::Timed; }
bool hasWindow(const KnobScope &w) { return !countsInARow(w); }
// The rates decide in half-open, too, unless every trial has to succeed.
bool hasRates(const KnobScope &w) { return hasWindow(w) || rule(w).halfOpenRule != HalfOpenRule::AllSucceed; }

double hold(const KnobScope &scope)
{
    switch (KnobAccess::pipeline(scope).breaker().state()) {
    case BreakerState::ForcedOpen:
        return 1;
    case BreakerState::Disabled:
        return 2;
    case BreakerState::MetricsOnly:
        return 3;
    default:
        return 0;
    }
}

void setHold(const KnobHand &hand, double value)
{
    constexpr BreakerTrigger triggers[]{BreakerTrigger::Release, BreakerTrigger::HoldOpen, BreakerTrigger::Disable,
                                        BreakerTrigger::WatchOnly};
    KnobAccess::flow(hand.world).force(hand.owner, triggers[static_cast<int>(value)], hand.context);
}

} // namespace

std::vector<KnobSpec> breakerKnobs()
{
    // clang-format off
    return {
        {"failure_threshold", "Failure threshold", "", Kind::Whole, 1, 10, 1, false, {}, false,
         [](const KnobScope &w) { return double(rule(w).failureThreshold); },
         [](const KnobHand &w, double v) { changeRule(w, [&](auto &r) { r.failureThreshold = uint32_t(v); }); }, hasBreaker, countsInARow},
        {"open_duration", "Open duration", "s", Kind::Real, 0.01, 60, 0.5, true, {}, false,
         [](const KnobScope &w) { return toSeconds(rule(w).openDuration); },
         [](const KnobHand &w, double v) { changeRule(w, [&](auto &r) { r.openDuration = fromSeconds(v); }); }, hasBreaker},
        {"half_open_max_calls", "Trial calls", "", Kind::Whole, 1, 10, 1, false, {}, false,
         [](const KnobScope &w) { return double(rule(w).halfOpenMaxCalls); },
         [](const KnobHand &w, double v) { changeRule(w, [&](auto &r) { r.halfOpenMaxCalls = uint32_t(v); }); }, hasBreaker},
        {"half_open_max_concurrent", "Trial calls at once", "", Kind::Whole, 1, 10, 1, false, {}, false,
         [](const KnobScope &w) { return double(rule(w).halfOpenMaxConcurrent.value_or(rule(w).halfOpenMaxCalls)); },
         [](const KnobHand &w, double v) { changeRule(w, [&](auto &r) { r.halfOpenMaxConcurrent = uint32_t(v); }); }, hasBreaker},
        {"window_type", "Window", "", Kind::Choice, 0, 2, 1, false, choicesOf<OutcomeWindowConfig::Kind>(), false,
         [](const KnobScope &w) { return double(rule(w).window.kind); },
         [](const KnobHand &w, double v) { changeRule(w, [&](auto &r) { r.window.kind = Window(int(v)); }); }, hasBreaker},
        {"window_calls", "Window size (count)", "calls", Kind::Whole, 1, 1000, 1, true, {}, false,
         [](const KnobScope &w) { return double(rule(w).window.calls); },
         [](const KnobHand &w, double v) { changeRule(w, [&](auto &r) { r.window.calls = uint32_t(v); }); }, hasBreaker, countsCalls},
        {"window_duration", "Window size (time)", "s", Kind::Real, 0.01, 600, 0.5, true, {}, false,
         [](const KnobScope &w) { return toSeconds(rule(w).window.duration); },
         [](const KnobHand &w, double v) { changeRule(w, [&](auto &r) { r.window.duration = fromSeconds(v); }); }, hasBreaker, countsTime},
        {"failure_rate_threshold", "Failure rate threshold", "", Kind::Share, 0.01, 1, 0.05, false, {}, false,
         [](const KnobScope &w) { return rule(w).failureRateThreshold.share(); },
         [](const KnobHand &w, double v) { changeRule(w, [&](auto &r) { r.failureRateThreshold = Ratio::of(v); }); }, hasBreaker, hasRates},
        {"minimum_calls", "Minimum calls", "", Kind::Whole, 1, 1000, 1, true, {}, false,
         [](const KnobScope &w) { return double(rule(w).minimumCalls); },
         [](const KnobHand &w, double v) { changeRule(w, [&](auto &r) { r.minimumCalls = uint32_t(v); }); }, hasBreaker, hasWindow},
        {"slow_call_duration", "A call is slow after", "s", Kind::Real, 0.01, 120, 0.1, true, {}, false,
         [](const KnobScope &w) { return toSeconds(rule(w).slowCallDuration); },
         [](const KnobHand &w, double v) { changeRule(w, [&](auto &r) { r.slowCallDuration = fromSeconds(v); }); }, hasBreaker, hasRates},
        {"slow_call_rate_threshold", "Slow call rate threshold", "", Kind::Share, 0.01, 1, 0.05, false, {}, false,
         [](const KnobScope &w) { return rule(w).slowCallRateThreshold.share(); },
         [](const KnobHand &w, double v) { changeRule(w, [&](auto &r) { r.slowCallRateThreshold = Ratio::of(v); }); }, hasBreaker, hasRates},
        {"open_duration_multiplier", "Each further wait longer by", "x", Kind::Real, 1, 10, 0.25, false, {}, false,
         [](const KnobScope &w) { return rule(w).openDurationMultiplier; },
         [](const KnobHand &w, double v) { changeRule(w, [&](auto &r) { r.openDurationMultiplier = v; }); }, hasBreaker},
        {"half_open_rule", "Trial rule", "", Kind::Choice, 0, 2, 1, false, choicesOf<HalfOpenRule>(), false,
         [](const KnobScope &w) { return double(rule(w).halfOpenRule); },
         [](const KnobHand &w, double v) { changeRule(w, [&](auto &r) { r.halfOpenRule = HalfOpenRule(int(v)); }); }, hasBreaker},
        {"half_open_max_duration", "Patience in half-open", "s", Kind::Real, 0, 600, 0.5, false, {}, false,
         [](const KnobScope &w) { return toSeconds(rule(w).halfOpenPatience()); },
         [](const KnobHand &w, double v) { changeRule(w, [&](auto &r) { r.halfOpenMaxDuration = fromSeconds(v); }); }, hasBreaker},
        {"hold", "Operator's hold", "", Kind::Choice, 0, 3, 1, false, {"auto", "open", "disabled", "metrics-only"}, false,
         hold, setHold, hasBreaker},
        {"broken_wait_not_restarted", "Wait not restarted after a failed trial", "", Kind::Toggle, 0, 1, 1, false, {}, true,
         [](const KnobScope &w) { return double(rule(w).faultyVariant.waitNotRestarted); },
         [](const KnobHand &w, double v) { changeRule(w, [&](auto &r) { r.faultyVariant.waitNotRestarted = v != 0; }); }, hasBreaker},
        {"broken_unlimited_trials", "Unlimited trial calls", "", Kind::Toggle, 0, 1, 1, false, {}, true,
         [](const KnobScope &w) { return double(rule(w).faultyVariant.unlimitedTrials); },
         [](const KnobHand &w, double v) { changeRule(w, [&](auto &r) { r.faultyVariant.unlimitedTrials = v != 0; }); }, hasBreaker},
    };
    // clang-format on
}

} // namespace resilience::sim
