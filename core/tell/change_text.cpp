// SPDX-License-Identifier: MIT
#include "core/tell/change_text.h"

#include "core/sim/world/knob_address.h"
#include "core/tell/figures.h"

#include <cctype>
#include <utility>

namespace resilience::sim {

namespace {

std::string ordinary(std::string label) // inside a sentence: "Max attempts" -> "max attempts"
{
    if (label.size() > 1 && std::islower(static_cast<unsigned char>(label[1])))
        label[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(label[0])));
    return label;
}

// What the knob is at in that run right before the entry takes effect.
std::optional<double> valueBefore(const Timeline &run, const JournalEntry &entry)
{
    const auto &turn = std::get<TurnKnob>(entry.what);
    if (const auto turned = turnedBefore(run.journal(), entry))
        return turned;
    const World start(run.scenario(), run.seed());
    const KnobSpec &spec = knobs()[turn.knob];
    return spec.applies(start, turn.target) ? std::optional(spec.get(start, turn.target)) : std::nullopt;
}

std::string knobWords(const KnobSpec &spec, std::optional<double> value)
{
    if (!value)
        return "?";
    const bool isNumber = spec.kind == KnobSpec::Kind::Whole || spec.kind == KnobSpec::Kind::Real;
    if (spec.kind == KnobSpec::Kind::Share)
        return decimal(*value * 100) + " %";
    const std::string unit = spec.unit;
    return formatKnobValue(spec, *value) + (isNumber && !unit.empty() ? " " + unit : "");
}

std::string policiesText(const PolicyOrder &order)
{
    std::string text;
    for (const PolicyKind kind : order)
        text += (text.empty() ? "" : " > ") + std::string(name(kind));
    return text.empty() ? "none" : text;
}

std::string faultWords(uint32_t target, FaultKind kind, const Timeline &run)
{
    return ordinary(spec(kind).label) + " of " + std::string(componentsOf(run.scenario())[target].name);
}

std::string whatText(const JournalEntry &entry, const Timeline &run)
{
    if (const auto *set = std::get_if<SetFault>(&entry.what))
        return faultWords(set->target, set->kind, run)
               + (spec(set->kind).hasValue() ? " (" + decimal(set->value) + ")" : std::string());
    if (const auto *clear = std::get_if<ClearFault>(&entry.what))
        return "end of " + faultWords(clear->target, clear->kind, run);
    if (const auto *turn = std::get_if<TurnKnob>(&entry.what)) {
        const std::string owner = KnobAddresses(run.scenario()).nameOf(turn->target);
        return ordinary(knobs()[turn->knob].label) + (owner.empty() ? "" : " of " + owner);
    }
    return "policies: " + policiesText(std::get<SetPolicies>(entry.what).order);
}

// The settings that two scenarios of one step begin with, where they are not the same.
void addStartingKnobs(std::vector<std::string> &all, const Timeline &ours, const Timeline &other)
{
    constexpr size_t kMost = 12;
    if (ours.scenario().step != other.scenario().step)
        return;
    const World mine(ours.scenario(), ours.seed());
    const World theirs(other.scenario(), other.seed());
    for (const KnobSpec &spec : knobs()) {
        if (!spec.applies(mine) || !spec.applies(theirs) || all.size() >= kMost)
            continue;
        const double from = spec.get(theirs);
        const double to = spec.get(mine);
        if (from != to && (spec.matters(mine) || spec.matters(theirs)))
            all.push_back(ordinary(spec.label) + ": " + knobWords(spec, from) + " -> " + knobWords(spec, to));
    }
}

// Of a knob: from what to what; the other run's first.
std::pair<std::optional<double>, std::optional<double>> turnedFromTo(const JournalChange &change, const Timeline &ours,
                                                                     const Timeline &other)
{
    const auto turned = [](const std::optional<JournalEntry> &here) {
        return here ? std::optional(std::get<TurnKnob>(here->what).value) : std::nullopt;
    };
    return {change.other ? turned(change.other) : valueBefore(other, change.entry()),
            change.ours ? turned(change.ours) : valueBefore(ours, change.entry())};
}

} // namespace

std::vector<JournalChange> changesThatMatter(const Timeline &ours, const Timeline &other)
{
    std::vector<JournalChange> changes = journalDifference(ours.journal(), other.journal());
    std::erase_if(changes, [&](const JournalChange &change) {
        if (!std::holds_alternative<TurnKnob>(change.entry().what))
            return false;
        const auto [from, to] = turnedFromTo(change, ours, other);
        return from && from == to;
    });
    return changes;
}

std::vector<std::string> startDifferences(const Timeline &ours, const Timeline &other)
{
    std::vector<std::string> all;
    if (ours.scenario().name != other.scenario().name) {
        all.push_back("scenario " + ours.scenario().name + " instead of " + other.scenario().name);
        addStartingKnobs(all, ours, other);
    } else if (ours.sharedScenario() != other.sharedScenario() && !(ours.scenario() == other.scenario()))
        all.push_back("another version of the scenario " + ours.scenario().name);
    if (ours.seed() != other.seed())
        all.push_back("seed " + std::to_string(ours.seed()) + " instead of " + std::to_string(other.seed()));
    return all;
}

std::string changeText(const JournalChange &change, const Timeline &ours, const Timeline &other)
{
    const JournalEntry &entry = change.entry();
    const Timeline &run = change.ours ? ours : other;
    const std::string when = " at " + momentText(entry.at);
    if (const auto *turn = std::get_if<TurnKnob>(&entry.what)) {
        const KnobSpec &spec = knobs()[turn->knob];
        const auto [from, to] = turnedFromTo(change, ours, other);
        return whatText(entry, run) + ": " + knobWords(spec, from) + " -> " + knobWords(spec, to) + when;
    }
    return (change.ours ? "" : "not here: ") + whatText(entry, run) + when;
}

} // namespace resilience::sim
