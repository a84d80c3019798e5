// SPDX-License-Identifier: MIT
#pragma once

#include "core/config_error.h"
#include "core/number_text.h"
#include "core/sim/world/world.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace resilience::sim {

/// A setting that can be turned while the run goes on. Values travel as double; a whole number, a choice's index and an
/// on/off are exact in it.
struct KnobSpec {
    enum class Kind : uint8_t { Whole, Real, Share, Choice, Toggle }; // Share: shown in per cent

    const char *id; // on the command line and in files
    const char *label; // for people
    const char *unit; // "", "s", "/s"
    Kind kind;
    double minimum;
    double maximum;
    double step; // of a slider or spin box
    bool logarithmic; // its slider
    std::vector<const char *> choices; // Choice: the names, in the order of their values
    bool faultyVariant; // teaches a misconception; labelled as such

    double (*get)(const World &); // only where it applies
    void (*set)(World &, double, StepContext &); // throws InvalidConfig; what it causes is told
    bool (*applies)(const World &); // whether there is anything for it to set
    bool (*used)(const World &) = nullptr; // whether that is looked at under the other settings; null = always
};

/// Whether turning it would make a difference now.
inline bool matters(const KnobSpec &knob, const World &world)
{
    return knob.applies(world) && (!knob.used || knob.used(world));
}

/// All knobs; the index is what TurnKnob carries.
std::span<const KnobSpec> knobs();
std::optional<uint32_t> knobNamed(std::string_view id);

/// Reads what a person wrote ("3", "0.5", "rate_early", "on") or says what is wrong with it.
struct KnobValue {
    double value = 0;
    std::optional<ConfigError> error;
};
KnobValue parseKnobValue(const KnobSpec &knob, std::string_view text);
/// The way parseKnobValue reads it, without the unit.
std::string formatKnobValue(const KnobSpec &knob, double value);
/// Range and kind; the pattern's own validation comes when it is set.
std::optional<ConfigError> checkKnobValue(const KnobSpec &knob, double value);

} // namespace resilience::sim
