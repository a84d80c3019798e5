// SPDX-License-Identifier: MIT
#include "core/sim/knobs.h"

#include "core/sim/knob_access.h"

#include <array>
#include <charconv>
#include <cmath>

namespace resilience::sim {

namespace {

using Kind = KnobSpec::Kind;
using Window = OutcomeWindowConfig::Kind;

template <typename Change> void changeRule(World &world, Change change) { KnobAccess::changeRule(world, change); }

const CircuitBreakerConfig &rule(const World &world) { return world.clients().front().breaker.config(); }

std::vector<KnobSpec> makeKnobs()
{
    return {
        {"failure_threshold", "Failure threshold", "", Kind::Whole, 1, 10, 1, false, {}, false,
         [](const World &w) { return double(rule(w).failureThreshold); },
         [](World &w, double v) { changeRule(w, [&](auto &r) { r.failureThreshold = uint32_t(v); }); }},
        {"open_duration", "Open duration", "s", Kind::Real, 0.01, 60, 0.5, true, {}, false,
         [](const World &w) { return toSeconds(rule(w).openDuration); },
         [](World &w, double v) { changeRule(w, [&](auto &r) { r.openDuration = fromSeconds(v); }); }},
        {"half_open_max_calls", "Trial calls", "", Kind::Whole, 1, 10, 1, false, {}, false,
         [](const World &w) { return double(rule(w).halfOpenMaxCalls); },
         [](World &w, double v) { changeRule(w, [&](auto &r) { r.halfOpenMaxCalls = uint32_t(v); }); }},
        {"window_type", "Window", "", Kind::Choice, 0, 2, 1, false, {"consecutive", "count", "time"}, false,
         [](const World &w) { return double(rule(w).window.kind); },
         [](World &w, double v) { changeRule(w, [&](auto &r) { r.window.kind = Window(int(v)); }); }},
        {"window_calls", "Window size (count)", "calls", Kind::Whole, 1, 1000, 1, true, {}, false,
         [](const World &w) { return double(rule(w).window.calls); },
         [](World &w, double v) { changeRule(w, [&](auto &r) { r.window.calls = uint32_t(v); }); }},
        {"window_duration", "Window size (time)", "s", Kind::Real, 0.01, 600, 0.5, true, {}, false,
         [](const World &w) { return toSeconds(rule(w).window.duration); },
         [](World &w, double v) { changeRule(w, [&](auto &r) { r.window.duration = fromSeconds(v); }); }},
        {"failure_rate_threshold", "Failure rate threshold", "", Kind::Real, 0.01, 1, 0.05, false, {}, false,
         [](const World &w) { return rule(w).failureRateThreshold.share(); },
         [](World &w, double v) { changeRule(w, [&](auto &r) { r.failureRateThreshold = Ratio::of(v); }); }},
        {"minimum_calls", "Minimum calls", "", Kind::Whole, 1, 1000, 1, true, {}, false,
         [](const World &w) { return double(rule(w).minimumCalls); },
         [](World &w, double v) { changeRule(w, [&](auto &r) { r.minimumCalls = uint32_t(v); }); }},
        {"slow_call_duration", "A call is slow after", "s", Kind::Real, 0.01, 120, 0.1, true, {}, false,
         [](const World &w) { return toSeconds(rule(w).slowCallDuration); },
         [](World &w, double v) { changeRule(w, [&](auto &r) { r.slowCallDuration = fromSeconds(v); }); }},
        {"slow_call_rate_threshold", "Slow call rate threshold", "", Kind::Real, 0.01, 1, 0.05, false, {}, false,
         [](const World &w) { return rule(w).slowCallRateThreshold.share(); },
         [](World &w, double v) { changeRule(w, [&](auto &r) { r.slowCallRateThreshold = Ratio::of(v); }); }},
        {"open_duration_multiplier", "Each further wait longer by", "x", Kind::Real, 1, 10, 0.25, false, {}, false,
         [](const World &w) { return rule(w).openDurationMultiplier; },
         [](World &w, double v) { changeRule(w, [&](auto &r) { r.openDurationMultiplier = v; }); }},
        {"half_open_rule", "Trial rule", "", Kind::Choice, 0, 2, 1, false, {"all_succeed", "rate", "rate_early"}, false,
         [](const World &w) { return double(rule(w).halfOpenRule); },
         [](World &w, double v) { changeRule(w, [&](auto &r) { r.halfOpenRule = HalfOpenRule(int(v)); }); }},
        {"half_open_max_duration", "Patience in half-open", "s", Kind::Real, 0, 600, 0.5, false, {}, false,
         [](const World &w) { return toSeconds(rule(w).halfOpenPatience()); },
         [](World &w, double v) { changeRule(w, [&](auto &r) { r.halfOpenMaxDuration = fromSeconds(v); }); }},
        {"hold", "Operator's hold", "", Kind::Choice, 0, 3, 1, false, {"auto", "open", "disabled", "metrics-only"}, false,
         &KnobAccess::hold, &KnobAccess::setHold},
        {"arrival_rate", "Calls per second", "/s", Kind::Real, 0.1, 1000, 0.5, true, {}, false,
         [](const World &w) { return w.clients().front().config().arrivals.rate; }, &KnobAccess::setRate},
        {"timeout", "Client timeout", "s", Kind::Real, 0.01, 60, 0.1, true, {}, false,
         [](const World &w) { return toSeconds(w.clients().front().config().timeout); }, &KnobAccess::setTimeout},
        {"service_latency", "Service latency", "s", Kind::Real, 0.001, 60, 0.05, true, {}, false,
         [](const World &w) { return toSeconds(w.services().front().config().latency); }, &KnobAccess::setServiceLatency},
        {"broken_wait_not_restarted", "Wait not restarted after a failed trial", "", Kind::Toggle, 0, 1, 1, false, {}, true,
         [](const World &w) { return double(rule(w).slips.waitNotRestarted); },
         [](World &w, double v) { changeRule(w, [&](auto &r) { r.slips.waitNotRestarted = v != 0; }); }},
        {"broken_unlimited_trials", "Unlimited trial calls", "", Kind::Toggle, 0, 1, 1, false, {}, true,
         [](const World &w) { return double(rule(w).slips.unlimitedTrials); },
         [](World &w, double v) { changeRule(w, [&](auto &r) { r.slips.unlimitedTrials = v != 0; }); }},
    };
}

std::string choicesText(const KnobSpec &knob)
{
    std::string text = "one of";
    for (const char *choice : knob.choices)
        text += std::string(text == "one of" ? " " : ", ") + choice;
    return text;
}

std::string rangeText(const KnobSpec &knob)
{
    if (knob.kind == Kind::Choice)
        return choicesText(knob);
    if (knob.kind == Kind::Toggle)
        return "on or off";
    return std::string(knob.kind == Kind::Whole ? "a whole number from " : "a number from ") + shortNumber(knob.minimum)
         + " to " + shortNumber(knob.maximum) + (*knob.unit ? std::string(" ") + knob.unit : "");
}

} // namespace

std::string shortNumber(double value)
{
    std::array<char, 32> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
    return {text.data(), end};
}

std::span<const KnobSpec> knobs()
{
    static const std::vector<KnobSpec> all = makeKnobs();
    return all;
}

std::optional<uint32_t> knobNamed(std::string_view id)
{
    for (uint32_t i = 0; i < knobs().size(); ++i)
        if (id == knobs()[i].id)
            return i;
    return std::nullopt;
}

KnobValue parseKnobValue(const KnobSpec &knob, std::string_view text)
{
    const ConfigError wrong{knob.id, '"' + std::string(text) + '"', rangeText(knob)};
    for (size_t i = 0; i < knob.choices.size(); ++i)
        if (text == knob.choices[i])
            return {double(i), std::nullopt};
    if (knob.kind == Kind::Choice)
        return {0, wrong};
    if (knob.kind == Kind::Toggle) {
        if (text == "on" || text == "true" || text == "1")
            return {1, std::nullopt};
        if (text == "off" || text == "false" || text == "0")
            return {0, std::nullopt};
        return {0, wrong};
    }
    double value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failure != std::errc{} || end != text.data() + text.size())
        return {0, wrong};
    return {value, checkKnobValue(knob, value)};
}

std::string formatKnobValue(const KnobSpec &knob, double value)
{
    if (knob.kind == Kind::Choice)
        return knob.choices[static_cast<size_t>(value)];
    if (knob.kind == Kind::Toggle)
        return value != 0 ? "on" : "off";
    return shortNumber(value);
}

std::optional<ConfigError> checkKnobValue(const KnobSpec &knob, double value)
{
    const bool whole = knob.kind == Kind::Real || value == std::floor(value);
    if (std::isfinite(value) && whole && value >= knob.minimum && value <= knob.maximum)
        return std::nullopt;
    return ConfigError{knob.id, shortNumber(value), rangeText(knob)};
}

} // namespace resilience::sim
