// SPDX-License-Identifier: MIT
#pragma once

#include "core/io/json/seconds_json.h"
#include "core/io/json/take_json.h"
#include "core/patterns/pipeline/policy_spec.h"

namespace resilience::io {

// Reads the settings that a policy lists itself from a value that its schema has passed; validate() has the last word.
// `place` is where it stands.
template <HasPlainSettings Spec>
OrError<ConfigOf<Spec>> plainSettingsFromJson(const Json &value, const std::string &place = {})
{
    ConfigOf<Spec> config;
    forEachSetting<Spec>([&](const auto &one) { take(value, one.key, config.*one.member); });
    const auto error = config.validate();
    if (!error)
        return config;
    bool isOfOne = false; // or of several together
    forEachSetting<Spec>([&](const auto &one) { isOfOne |= error->field == one.key; });
    return isOfOne ? located(*error, place) : InputError{"", place, error->found, error->expected, ""};
}

inline double jsonOf(Duration value) { return secondsNumber(value); }
template <typename T> T jsonOf(const T &value) requires std::is_arithmetic_v<T> { return value; }

template <HasPlainSettings Spec> OrderedJson plainSettingsToJson(const ConfigOf<Spec> &config)
{
    OrderedJson value = OrderedJson::object();
    forEachSetting<Spec>([&](const auto &one) { value[one.key] = jsonOf(config.*one.member); });
    return value;
}

} // namespace resilience::io
