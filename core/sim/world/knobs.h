// SPDX-License-Identifier: MIT
#pragma once

#include "core/config_error.h"
#include "core/number_text.h"
#include "core/sim/world/knob_owner.h"
#include "core/sim/world/world.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace resilience::sim {

/// One owner in a world: a knob sees and turns the setting of one at a time.
struct KnobScope {
    const World &world;
    uint32_t owner = 0; // its place among the clients, services or pipelines; 0 where there is only one
};
struct KnobHand {
    World &world;
    uint32_t owner;
    StepContext &context;
    operator KnobScope() const { return {world, owner}; } // NOLINT(google-explicit-constructor)
};

/// A setting that can be turned while the run goes on, for all that have it or for one of them (KnobTarget). Values
/// travel as double; a whole number, a choice's index and an on/off are exact in it.
struct KnobSpec {
    enum class Kind : uint8_t { Whole, Real, Share, Choice, Toggle }; // Share: shown in per cent
    enum class ForAll : uint8_t {
        TheSame, // turned for all, each gets the value
        InProportion, // the first gets the value, and the others keep their proportion to it
    };

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

    // Of one owner.
    double (*valueOf)(const KnobScope &); // only where it applies
    void (*turn)(const KnobHand &, double); // only where it applies; throws InvalidConfig; what it causes is told
    bool (*isThere)(const KnobScope &); // whether there is anything for it to set
    bool (*isUsed)(const KnobScope &) = nullptr; // whether that is looked at under its other settings; null = always

    ForAll forAll = ForAll::TheSame;
    KnobOwner owner = KnobOwner::Pipeline; // what it belongs to
    std::string path{}; // after its owner's name, where it is turned for one: "retry.max_attempts"

    /// Whether somebody of the target has such a setting.
    bool applies(const World &world, KnobTarget target = {}) const;
    /// The value, of several that of the first that has it. Precondition: it applies.
    double get(const World &world, KnobTarget target = {}) const;
    /// Whether all that have it have that value.
    bool isEverywhere(double value, const World &world, KnobTarget target = {}) const;
    /// Gives it to all of the target that have it. Throws InvalidConfig, and then leaves the world half turned.
    void set(World &world, double value, StepContext &context, KnobTarget target = {}) const;
    /// Whether turning it would make a difference now.
    bool matters(const World &world, KnobTarget target = {}) const;
};

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
