// SPDX-License-Identifier: MIT
#pragma once

#include "core/config_error.h"
#include "core/io/json/json_text.h"
#include "core/names.h"
#include "core/rate.h"
#include "core/ratio.h"
#include "core/time.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>

namespace resilience::io {

// Each takes the value of a key that may be missing; what is not given stays as it is. Durations are seconds there.
inline void take(const Json &from, const char *key, Duration &to)
{
    to = from.contains(key) ? fromSeconds(from[key].get<double>()) : to;
}
inline void take(const Json &from, const char *key, std::optional<GivenDuration> &to)
{
    to = from.contains(key) ? fromSeconds(from[key].get<double>()) : to;
}
inline void take(const Json &from, const char *key, Ratio &to)
{
    to = from.contains(key) ? Ratio::of(from[key].get<double>()) : to;
}
inline void take(const Json &from, const char *key, Rate &to) // a second
{
    to = from.contains(key) ? Rate::perSecond(from[key].get<double>()) : to;
}
inline void take(const Json &from, const char *key, uint32_t &to)
{
    to = from.contains(key) ? from[key].get<uint32_t>() : to;
}
inline void take(const Json &from, const char *key, std::optional<uint32_t> &to)
{
    to = from.contains(key) ? from[key].get<uint32_t>() : to;
}
inline void take(const Json &from, const char *key, uint64_t &to)
{
    to = from.contains(key) ? from[key].get<uint64_t>() : to;
}
inline void take(const Json &from, const char *key, std::optional<uint64_t> &to)
{
    to = from.contains(key) ? from[key].get<uint64_t>() : to;
}
inline void take(const Json &from, const char *key, double &to)
{
    to = from.contains(key) ? from[key].get<double>() : to;
}
inline void take(const Json &from, const char *key, bool &to) { to = from.contains(key) ? from[key].get<bool>() : to; }
// Of a named enumeration, whose names the schema holds to.
template <Named E> void take(const Json &from, const char *key, std::optional<E> &to)
{
    to = from.contains(key) ? named<E>(from[key].get<std::string>()) : to;
}
template <Named E> void take(const Json &from, const char *key, E &to)
{
    to = from.contains(key) ? named<E>(from[key].get<std::string>()).value_or(to) : to;
}
inline void take(const Json &from, const char *key, std::string &to)
{
    to = from.contains(key) ? from[key].get<std::string>() : to;
}

// What a pattern says of its own settings, at the place where they stand: its "window.size" is /window/size.
inline InputError located(const ConfigError &error, const std::string &place)
{
    std::string field = error.field;
    std::replace(field.begin(), field.end(), '.', '/');
    return {"", place + "/" + field, error.found, error.expected, ""};
}

} // namespace resilience::io
