// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/conformance_cases.h"

#include <fstream>

namespace tests {

ConformanceCases readConformanceCases()
{
    std::ifstream file(CASES_FOLDER "conformance_cases.json");
    const auto all = nlohmann::json::parse(file);
    ConformanceCases cases;
    for (const auto &entry : all.at("cases")) {
        const bool ourSteps = entry.contains("our_steps");
        cases.used.push_back({entry.at("id"), entry.at("pattern"), entry.at("our_spec"), entry.at("ours"),
                              entry.value("start", ""), entry.at(ourSteps ? "our_steps" : "steps"), ourSteps,
                              entry.value("not_compared", std::vector<std::string>{}),
                              entry.value("same_final_state_with", "")});
    }
    for (const auto &entry : all.at("left_out"))
        cases.leftOut.push_back({entry.at("id"), entry.at("reason")});
    return cases;
}

} // namespace tests
