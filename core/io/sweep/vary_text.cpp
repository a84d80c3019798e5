// SPDX-License-Identifier: MIT
#include "core/io/sweep/vary_text.h"

#include "core/io/json/nearest_name.h"
#include "core/io/scenario/intervention_check.h"
#include "core/number_text.h"
#include "core/sim/world/knobs.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace resilience::io {

namespace {

constexpr uint64_t kMostValues = sim::Sweep::kMostCells;

template <typename Number> std::optional<Number> numberIn(std::string_view text)
{
    Number value{};
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failure != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

std::vector<std::string> piecesOf(const std::string &text, char between)
{
    std::vector<std::string> parts(1);
    for (const char c : text) {
        if (c == between)
            parts.emplace_back();
        else
            parts.back() += c;
    }
    return parts;
}

InputError notSo(const std::string &option, const std::string &text, const std::string &expected)
{
    return {"", option, "\"" + text + "\"", expected, ""};
}

// To nine digits, so that logarithms, which libraries round differently, give the same values everywhere.
double rounded(double value)
{
    std::array<char, 40> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::scientific, 8).ptr;
    return numberIn<double>({text.data(), static_cast<size_t>(end - text.data())}).value_or(value);
}

struct ValueRange {
    double low = 0;
    double high = 0;
    uint64_t count = 1;
    bool logarithmic = false;

    double at(uint64_t i) const
    {
        if (i == 0 || count == 1)
            return low;
        if (i == count - 1)
            return high;
        const double share = static_cast<double>(i) / static_cast<double>(count - 1);
        return rounded(logarithmic ? low * std::pow(high / low, share) : low + (high - low) * share);
    }
};

OrError<ValueRange> parseRange(const std::string &text, const std::string &option)
{
    const std::string form = "LO..HI:N or LO..HI:N:log";
    const auto parts = piecesOf(text, ':');
    const size_t dots = parts[0].find("..");
    if (parts.size() < 2 || parts.size() > 3 || (parts.size() == 3 && parts[2] != "log"))
        return notSo(option, text, form);
    const auto low = numberIn<double>(std::string_view(parts[0]).substr(0, dots));
    const auto high = numberIn<double>(std::string_view(parts[0]).substr(dots + 2));
    const auto count = numberIn<uint64_t>(parts[1]);
    if (!low || !high || !std::isfinite(*low) || !std::isfinite(*high))
        return notSo(option, text, form);
    if (!count || *count < 1 || *count > kMostValues || (*count == 1 && *low != *high))
        return InputError{"", option, parts[1] + " values",
                          (*low == *high ? "1 to " : "2 to ") + std::to_string(kMostValues), ""};
    if (*low > *high)
        return InputError{"", option, "the empty range " + parts[0], "LO..HI with LO at most HI", ""};
    const bool logarithmic = parts.size() == 3;
    if (logarithmic && *low <= 0)
        return InputError{"", option, "the logarithmic range " + parts[0], "one that begins above 0", ""};
    return ValueRange{*low, *high, *count, logarithmic};
}

// The values as words that a knob is turned by.
OrError<std::vector<std::string>> wordsOf(const std::string &text, const sim::KnobSpec &knob, const std::string &option)
{
    if (text.find("..") == std::string::npos)
        return piecesOf(text, ',');
    using Kind = sim::KnobSpec::Kind;
    if (knob.kind == Kind::Choice || knob.kind == Kind::Toggle)
        return InputError{"", option, "the range " + text, "a list, of " + knobRange(knob), ""};
    const auto range = parseRange(text, option);
    if (!range)
        return range.error();
    std::vector<std::string> words;
    for (uint64_t i = 0; i < range->count; ++i) {
        const double value = knob.kind == Kind::Whole ? std::round(range->at(i)) : range->at(i);
        if (const std::string word = shortNumber(value); words.empty() || words.back() != word)
            words.push_back(word);
    }
    return words;
}

} // namespace

OrError<sim::SweepAxis> parseVary(const std::string &text, const sim::KnobAddresses &addresses,
                                  const std::string &option)
{
    const size_t equals = text.rfind('=');
    if (equals == std::string::npos)
        return notSo(option, text, "KNOB=A,B,C or KNOB=LO..HI:N or KNOB=LO..HI:N:log");
    const auto address = knobAddressed(text.substr(0, equals), addresses, option);
    if (!address)
        return address.error();
    const sim::KnobSpec &knob = sim::knobs()[address->knob];
    const auto words = wordsOf(text.substr(equals + 1), knob, option);
    if (!words)
        return words.error();
    sim::SweepAxis axis{address->knob, address->target, {}};
    for (const std::string &word : *words) {
        const sim::KnobValue value = parseKnobValue(knob, word);
        if (value.error)
            return InputError{"", option + " " + value.error->field, value.error->found, value.error->expected, ""};
        if (std::find(axis.values.begin(), axis.values.end(), value.value) != axis.values.end())
            return InputError{"", option + " " + std::string(knob.id), word + " again", "each value once", ""};
        axis.values.push_back(value.value);
    }
    return axis;
}

OrError<SeedRange> parseSeeds(const std::string &text, const std::string &option)
{
    const size_t dots = text.find("..");
    const auto first = numberIn<uint64_t>(std::string_view(text).substr(0, dots));
    const auto last = dots == std::string::npos ? first : numberIn<uint64_t>(std::string_view(text).substr(dots + 2));
    if (!first || !last)
        return notSo(option, text, "seeds, as in 1..200");
    if (*last < *first)
        return InputError{"", option, "the empty range " + text, "FIRST..LAST with FIRST at most LAST", ""};
    if (*last - *first >= sim::Sweep::kMostSeeds)
        return InputError{"", option, "the range " + text,
                          "at most " + std::to_string(sim::Sweep::kMostSeeds) + " seeds", ""};
    return SeedRange{*first, *last - *first + 1};
}

OrError<std::vector<const sim::MetricSpec *>> parseMetrics(const std::string &text, const sim::Scenario &scenario,
                                                           const std::string &option)
{
    const auto valid = sim::metricsOf(scenario);
    std::vector<std::string> names;
    for (const sim::MetricSpec *metric : valid)
        names.emplace_back(metric->id());
    std::vector<const sim::MetricSpec *> chosen;
    for (const std::string &word : piecesOf(text, ',')) {
        const auto place = std::find(names.begin(), names.end(), word);
        if (place == names.end())
            return InputError{"", option, "the unknown metric \"" + word + "\"", oneOf(names),
                              nearestName(word, names)};
        const sim::MetricSpec *metric = valid[static_cast<size_t>(place - names.begin())];
        if (std::find(chosen.begin(), chosen.end(), metric) != chosen.end())
            return InputError{"", option, "\"" + word + "\" again", "each metric once", ""};
        chosen.push_back(metric);
    }
    return chosen;
}

std::optional<InputError> checkSweep(const sim::Sweep &sweep)
{
    const sim::KnobAddresses addresses(*sweep.scenario);
    uint64_t cells = 1;
    for (size_t i = 0; i < sweep.axes.size(); ++i) {
        const sim::SweepAxis &axis = sweep.axes[i];
        for (size_t j = 0; j < i; ++j)
            if (axis.knob == sweep.axes[j].knob && axis.target == sweep.axes[j].target)
                return InputError{"", "--vary", "the knob \"" + addresses.textOf(axis.knob, axis.target) + "\" again",
                                  "each knob once", ""};
        cells *= axis.values.size(); // at most 10,000 times 10,000
        if (cells > sim::Sweep::kMostCells)
            return InputError{"", "--vary", "more than " + std::to_string(sim::Sweep::kMostCells) + " cells",
                              "at most " + std::to_string(sim::Sweep::kMostCells) + " in all", ""};
    }
    if (cells * sweep.seeds > sim::Sweep::kMostRuns)
        return InputError{"", "", std::to_string(cells) + " cells of " + std::to_string(sweep.seeds) + " seeds",
                          "at most " + std::to_string(sim::Sweep::kMostRuns) + " runs in all", ""};
    for (uint64_t cell = 0; cell < cells; ++cell) {
        std::vector<sim::TurnKnob> turns;
        const sim::Journal journal = sweep.journalOf(cell);
        for (const sim::JournalEntry &entry : journal.entries())
            if (const auto *turn = std::get_if<sim::TurnKnob>(&entry.what); turn && entry.at == kTimeZero)
                turns.push_back(*turn);
        if (const auto refused = firstRefusedTurn(*sweep.scenario, turns))
            return refused->at("--vary");
    }
    return std::nullopt;
}

} // namespace resilience::io
