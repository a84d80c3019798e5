// SPDX-License-Identifier: MIT
#pragma once

#include "core/patterns/pipeline/policy_order.h"
#include "core/time.h"

#include <concepts>
#include <cstdint>
#include <tuple>
#include <type_traits>

// What a policy says of itself; whoever handles all policies reads it from there.
namespace resilience {

/// What CallWalk does where a call meets the policy.
enum class PolicyRole : uint8_t {
    Gate, // is asked on the way inwards: lets pass, makes wait or turns away; may be told how it ended
    TimeLimit,
    Retry,
    Hedging,
    Fallback,
};

/// For people.
struct PolicyWords {
    const char *label; // "circuit breaker"
    const char *brief; // "breaker"
    const char *letters; // "CB"
    const char *effect; // what it does: "stops calling what keeps failing"
};

/// A knob for a setting. Without a label there is none.
struct SettingKnob {
    const char *label = "";
    const char *unit = ""; // "", "s", "/s"
    double minimum = 0;
    double maximum = 1;
    double step = 1;
    bool logarithmic = false;
};

/// One setting of a policy: a whole number, a number, a duration or an on/off. Files have it under `key`, knobs too.
/// Durations are in seconds here. Its default is the one that Config has.
template <typename Config, typename T> struct PolicySetting {
    const char *key;
    T Config::*member;
    double least; // that files may hold; of an on/off 0
    double most; // likewise 1
    const char *about; // "Calls at once."
    SettingKnob knob;
};

template <typename Config, typename T>
constexpr PolicySetting<Config, T> setting(const char *key, T Config::*member, double least, double most,
                                           const char *about, const SettingKnob &knob = {})
{
    return {key, member, least, most, about, knob};
}
template <typename Config>
constexpr PolicySetting<Config, bool> setting(const char *key, bool Config::*member, const char *about,
                                              const SettingKnob &knob = {})
{
    return {key, member, 0, 1, about, knob};
}

/// A kind of policy as all others see it: a struct without state, one for each kind, listed in policy_list.h.
///   Core        the policy: a value that is made of its settings and takes new ones by reconfigure()
///   Settings    a struct whose one member are the settings; PipelineConfig has it under that member's name
///   kSettings   a pointer to that member
///   kKey        the key of the settings in files
///   kFields     where the settings are all plain: a tuple of PolicySetting. Else files and knobs have code of their
///   own
template <typename S>
concept PolicySpec = requires
{
    typename S::Core;
    requires std::equality_comparable<typename S::Settings>;
    S::kSettings;
    requires std::same_as<decltype(S::kKind), const PolicyKind>;
    requires std::same_as<decltype(S::kRole), const PolicyRole>;
    requires std::same_as<decltype(S::kWords), const PolicyWords>;
    requires std::convertible_to<decltype(S::kKey), const char *>;
};

/// Whether reading, writing, knobs and words can follow from the list of its settings.
template <typename S>
concept HasPlainSettings = PolicySpec<S> && requires
{
    S::kFields;
};

/// What the settings of a policy are: BulkheadConfig.
template <typename S>
using ConfigOf = std::remove_cvref_t<decltype(std::declval<const typename S::Settings &>().*(S::kSettings))>;

/// visit(setting) for each of them, in their order.
template <HasPlainSettings S, typename Visit> constexpr void forEachSetting(const Visit &visit)
{
    std::apply([&](const auto &...one) { (visit(one), ...); }, S::kFields);
}

/// Durations in seconds, on and off as 1 and 0.
template <typename T> constexpr double settingNumber(const T &value)
{
    if constexpr (std::derived_from<T, Duration>)
        return toSeconds(value);
    else
        return static_cast<double>(value);
}
template <typename T> constexpr T settingOf(double number)
{
    if constexpr (std::derived_from<T, Duration>)
        return fromSeconds(number);
    else if constexpr (std::same_as<T, bool>)
        return number != 0;
    else
        return static_cast<T>(number);
}

} // namespace resilience
