// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/option_values.h"

#include "core/io/scenario/intervention_check.h"
#include "core/sim/world/knobs.h"

#include <charconv>
#include <cmath>
#include <vector>

namespace app {

using namespace resilience;
using io::InputError;
using io::OrError;

namespace {

constexpr double kLongest = 1e6; // seconds, as in scenario.schema.json

// The whole text as a number, if it is one.
template <typename Number> std::optional<Number> number(const std::string &text)
{
    Number value{};
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failure != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

InputError wrong(const std::string &option, const std::string &text, const std::string &expected)
{
    return {"", option, "\"" + text + "\"", expected, ""};
}

std::vector<std::string> split(const std::string &text)
{
    std::vector<std::string> parts(1);
    for (const char c : text) {
        if (c == ':')
            parts.emplace_back();
        else
            parts.back() += c;
    }
    return parts;
}

struct FaultPlace {
    Time at;
    sim::FaultKind kind;
    uint32_t target = 0; // index among the components
    std::vector<std::string> parts;
};

OrError<FaultPlace> parsePlace(const std::string &text, const sim::Scenario &scenario, const std::string &option,
                               const char *form, size_t mostParts)
{
    FaultPlace place{{}, {}, 0, split(text)};
    if (place.parts.size() < 2 || place.parts.size() > mostParts)
        return wrong(option, text, form);
    const auto time = parseTime(place.parts[0], option);
    if (!time)
        return time.error();
    place.at = at(*time);
    const auto kind = io::faultKindNamed(place.parts[1], option);
    if (!kind)
        return kind.error();
    place.kind = *kind;
    if (place.parts.size() > 2 && !place.parts[2].empty()) {
        const auto target = io::componentNamed(place.parts[2], scenario, option);
        if (!target)
            return target.error();
        place.target = *target;
    }
    if (const auto error = io::checkFaultTarget(place.kind, place.target, scenario, option))
        return *error;
    return place;
}

} // namespace

OrError<Duration> parseTime(const std::string &text, const std::string &option)
{
    const auto seconds = number<double>(text);
    if (!seconds || !(*seconds >= 0 && *seconds <= kLongest))
        return wrong(option, text, "seconds, 0 to 1000000");
    return fromSeconds(*seconds);
}

OrError<Duration> parseLength(const std::string &text, const std::string &option)
{
    const auto length = parseTime(text, option);
    if (!length || *length == Duration::zero())
        return wrong(option, text, "seconds, more than 0, at most 1000000");
    return *length;
}

OrError<uint64_t> parseSeed(const std::string &text, const std::string &option)
{
    if (const auto seed = number<uint64_t>(text))
        return *seed;
    return wrong(option, text, "a whole number, 0 to 18446744073709551615");
}

OrError<int> parseWhole(const std::string &text, int least, int most, const std::string &option)
{
    const auto value = number<int>(text);
    if (value && *value >= least && *value <= most)
        return *value;
    return wrong(option, text, "a whole number, " + std::to_string(least) + " to " + std::to_string(most));
}

OrError<sim::JournalEntry> parseFault(const std::string &text, const sim::Scenario &scenario)
{
    const std::string option = "--fault";
    const auto place = parsePlace(text, scenario, option, "T:KIND[:TARGET[:VALUE]]", 4);
    if (!place)
        return place.error();
    double value = spec(place->kind).defaultValue;
    if (place->parts.size() > 3) {
        const auto given = number<double>(place->parts[3]);
        if (!given)
            return wrong(option, place->parts[3], "a number");
        if (const auto error = io::checkFaultValue(place->kind, *given, option))
            return *error;
        value = *given;
    }
    return sim::JournalEntry{place->at, 0, sim::SetFault{place->target, place->kind, value}};
}

OrError<sim::JournalEntry> parseClear(const std::string &text, const sim::Scenario &scenario)
{
    const auto place = parsePlace(text, scenario, "--clear", "T:KIND[:TARGET]", 3);
    if (!place)
        return place.error();
    return sim::JournalEntry{place->at, 0, sim::ClearFault{place->target, place->kind}};
}

OrError<sim::TurnKnob> parseSetting(const std::string &text, const sim::KnobAddresses &addresses)
{
    const std::string option = "--set";
    const size_t equals = text.rfind('=');
    if (equals == std::string::npos)
        return wrong(option, text, "KNOB=VALUE");
    const auto knob = io::knobAddressed(text.substr(0, equals), addresses, option);
    if (!knob)
        return knob.error();
    const sim::KnobValue value = parseKnobValue(sim::knobs()[knob->knob], text.substr(equals + 1));
    if (value.error)
        return InputError{"", option + " " + value.error->field, value.error->found, value.error->expected, ""};
    return sim::TurnKnob{knob->knob, value.value, knob->target};
}

} // namespace app
