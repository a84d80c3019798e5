// SPDX-License-Identifier: MIT
#include "core/io/scenario/part_settings.h"

#include "core/io/json/seconds_json.h"
#include "core/io/json/take_json.h"

#include <concepts>
#include <set>
#include <tuple>

namespace resilience::io {

namespace {

// Fills what has fields() from an object. What is not given stays as it is.
struct SettingsReader {
    const Json &from;

    void operator()(const char *key, auto &to) const { take(from, key, to); }
    template <Named E> void operator()(const char *key, E &to) const
    {
        std::optional<E> given;
        take(from, key, given);
        to = given.value_or(to);
    }
    template <typename T> void operator()(const char *key, std::vector<T> &to) const
    {
        if (!from.contains(key))
            return;
        to.clear();
        for (const Json &one : from[key])
            T::fields(to.emplace_back(), SettingsReader{one});
    }
};

struct SettingsWriter {
    OrderedJson &to;

    template <typename T>
    requires std::integral<T> || std::floating_point<T> || std::same_as<T, std::string>
    void operator()(const char *key, const T &value) const { to[key] = value; }
    void operator()(const char *key, Duration duration) const { to[key] = secondsNumber(duration); }
    void operator()(const char *key, Ratio ratio) const { to[key] = ratio.share(); }
    template <Named E> void operator()(const char *key, E named) const { to[key] = name(named); }
    template <typename T> void operator()(const char *key, const std::optional<T> &some) const
    {
        if (some)
            (*this)(key, *some);
    }
    template <typename T> void operator()(const char *key, const std::vector<T> &all) const
    {
        for (const T &one : all) {
            OrderedJson value;
            T::fields(one, SettingsWriter{value});
            to[key].push_back(std::move(value));
        }
    }
};

// "a new one among services, nodes and holders"
std::string newName()
{
    std::vector<std::string> lists{"services"};
    forEachSettings(sim::PartSettings{}, [&lists]<typename Settings>(const Settings &) {
        std::apply([&lists](const auto &...components) { (lists.emplace_back(components.key), ...); },
                   Settings::components());
    });
    std::string text = "a new one among " + lists.front();
    for (size_t i = 1; i < lists.size(); ++i)
        text += (i + 1 < lists.size() ? ", " : " and ") + lists[i];
    return text;
}

// Faults name all components alike. `names` has those that were read before.
template <typename Settings>
std::optional<InputError> checkNames(const Settings &settings, const std::string &place, std::set<std::string> &names)
{
    std::optional<InputError> error;
    const auto check = [&](const auto &components) {
        const auto &list = settings.*components.list;
        for (size_t i = 0; i < list.size() && !error; ++i)
            if (!names.insert(list[i].name).second)
                error = InputError{"", below(below(place, components.key), i) + "/name",
                                   "the name \"" + list[i].name + "\" again", newName(), ""};
    };
    std::apply([&](const auto &...components) { (check(components), ...); }, Settings::components());
    return error;
}

} // namespace

std::optional<InputError> readPartSettings(const Json &value, const std::string &place, sim::Scenario &scenario)
{
    std::set<std::string> names;
    for (const sim::Component &component : componentsOf(scenario))
        names.insert(component.name);
    std::optional<InputError> error;
    forEachSettings(scenario, [&]<typename Settings>(Settings &settings) {
        if (error || !value.contains(Settings::kKey))
            return;
        const std::string own = below(place, Settings::kKey);
        Settings::fields(settings, SettingsReader{value[Settings::kKey]});
        if constexpr (requires { settings.settle(); })
            if (const auto wrong = settings.settle())
                error = located(*wrong, own);
        if (!error)
            error = checkNames(settings, own, names);
    });
    return error;
}

void addPartSettings(OrderedJson &value, const sim::Scenario &scenario)
{
    forEachSettings(scenario, [&value]<typename Settings>(const Settings &settings) {
        if (settings.isThere())
            Settings::fields(settings, SettingsWriter{value[Settings::kKey]});
    });
}

bool hasParts(const sim::Scenario &scenario)
{
    bool any = false;
    forEachSettings(scenario, [&any](const auto &settings) { any |= settings.isThere(); });
    return any;
}

std::vector<std::string> partKeys()
{
    std::vector<std::string> keys;
    forEachSettings(sim::PartSettings{},
                    [&keys]<typename Settings>(const Settings &) { keys.emplace_back(Settings::kKey); });
    return keys;
}

} // namespace resilience::io
