// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command_line/arguments.h"

#include "core/io/json/nearest_name.h"

#include <algorithm>

namespace app {

using resilience::io::InputError;
using resilience::io::OrError;

namespace {

InputError unknownOption(const std::string &name, std::span<const OptionSpec> options)
{
    std::vector<std::string> valid;
    for (const OptionSpec &option : options)
        valid.push_back(option.name);
    return {"", "", "the unknown option \"" + name + "\"", resilience::io::oneOf(valid),
            resilience::io::nearestName(name, valid)};
}

} // namespace

OrError<Arguments> Arguments::parse(std::span<const std::string> words, std::span<const OptionSpec> options)
{
    Arguments result;
    bool optionsEnded = false;
    for (size_t i = 0; i < words.size(); ++i) {
        const std::string &word = words[i];
        if (!optionsEnded && word == "--") {
            optionsEnded = true;
            continue;
        }
        if (optionsEnded || !word.starts_with("-") || word == "-") {
            result.m_positional.push_back(word);
            continue;
        }
        const size_t equals = word.find('=');
        const std::string name = word.substr(0, equals);
        const auto option = std::find_if(options.begin(), options.end(), [&](const auto &o) { return o.name == name; });
        if (option == options.end())
            return unknownOption(name, options);
        std::vector<std::string> &values = result.m_values[name];
        if (option->kind != OptionSpec::Kind::Values && !values.empty())
            return InputError{"", name, "it twice", "it once", ""};
        if (option->kind == OptionSpec::Kind::Flag) {
            if (equals != std::string::npos)
                return InputError{"", name, "the value " + word.substr(equals + 1), "no value", ""};
            values.emplace_back();
        } else if (equals != std::string::npos) {
            values.push_back(word.substr(equals + 1));
        } else if (i + 1 < words.size() && !words[i + 1].starts_with("--")) {
            values.push_back(words[++i]);
        } else {
            return InputError{"", name, "nothing", "a value", ""};
        }
    }
    return result;
}

std::optional<std::string> Arguments::value(const std::string &option) const
{
    const auto it = m_values.find(option);
    return it == m_values.end() ? std::nullopt : std::optional(it->second.front());
}

std::vector<std::string> Arguments::values(const std::string &option) const
{
    const auto it = m_values.find(option);
    return it == m_values.end() ? std::vector<std::string>{} : it->second;
}

} // namespace app
