// SPDX-License-Identifier: MIT
#include "core/sim/world/knobs.h"

#include "core/number_text.h"
#include "core/sim/engine/knob_id.h"
#include "core/sim/world/knob_families.h"

#include <array>
#include <charconv>
#include <cmath>

namespace resilience::sim {

namespace {

using Kind = KnobSpec::Kind;

struct KnobFamily {
    std::vector<KnobSpec> (*make)();
    KnobOwner owner;
    std::string_view prefix; // of its paths
};
constexpr KnobFamily kFamilies[]{
    {breakerKnobs, KnobOwner::Pipeline, "circuit-breaker."},
    {trafficKnobs, KnobOwner::Client, ""},
    {retryKnobs, KnobOwner::Pipeline, "retry."},
    {limiterKnobs, KnobOwner::Pipeline, "rate-limiter."},
    {bulkheadKnobs, KnobOwner::Pipeline, "bulkhead."},
    {poolKnobs, KnobOwner::Pools, ""},
    {policyKnobs, KnobOwner::Pipeline, ""},
    {serviceKnobs, KnobOwner::Service, ""},
    {healthKnobs, KnobOwner::Prober, ""},
    {lockKnobs, KnobOwner::Lock, ""},
    {hedgingKnobs, KnobOwner::Pipeline, "hedging."},
    {gateKnobs, KnobOwner::Pipeline, ""},
};

// A service's need not say that they are a service's.
std::string pathOf(const KnobFamily &family, std::string_view id)
{
    constexpr std::string_view ofService = "service_";
    if (family.owner == KnobOwner::Service && id.starts_with(ofService))
        id.remove_prefix(ofService.size());
    return std::string(family.prefix).append(id);
}

std::vector<KnobSpec> makeKnobs()
{
    std::vector<KnobSpec> all;
    for (const KnobFamily &family : kFamilies)
        for (KnobSpec &knob : family.make()) {
            knob.owner = family.owner;
            if (knob.path.empty())
                knob.path = pathOf(family, knob.id);
            all.push_back(std::move(knob));
        }
    return all;
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

std::span<const KnobSpec> knobs()
{
    static const std::vector<KnobSpec> all = makeKnobs();
    return all;
}

const char *knobId(uint32_t knob) { return knobs()[knob].id; }

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
    const bool whole = knob.kind == Kind::Real || knob.kind == Kind::Share || value == std::floor(value);
    if (std::isfinite(value) && whole && value >= knob.minimum && value <= knob.maximum)
        return std::nullopt;
    return ConfigError{knob.id, shortNumber(value), rangeText(knob)};
}

} // namespace resilience::sim
