// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/refusal_check.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace tests {

std::string refusalProblem(const std::string &message)
{
    constexpr size_t kBearable = 4000;
    const auto isControl = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
    if (message.find("found ") == std::string::npos)
        return "a refusal that does not say what was found: " + message;
    if (message.size() > kBearable)
        return "a refusal of " + std::to_string(message.size()) + " bytes: " + message.substr(0, kBearable);
    if (std::any_of(message.begin(), message.end(), isControl))
        return "a refusal with a control character: " + message;
    try {
        (void)nlohmann::json(message).dump();
    } catch (const nlohmann::json::type_error &) {
        return "a refusal that is not UTF-8: " + message;
    }
    return {};
}

} // namespace tests
