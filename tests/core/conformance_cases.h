// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace tests {

// One entry of conformance_cases.json that our configuration can express.
struct ConformanceCase {
    std::string id;
    std::string pattern;
    std::string ourSpec; // "agrees", "agrees on ...", "differs: ..."
    nlohmann::json ours; // the peer's configuration in our words
    std::string start; // a state to be forced before the first step, or empty
    nlohmann::json steps; // the peer's, or ours where we differ
    bool ourSteps = false; // they are ours
    std::vector<std::string> notCompared;
    std::string sameFinalStateWith; // a half-open rule that must end in the same state, or empty
};

struct LeftOutCase {
    std::string id;
    std::string reason;
};

struct ConformanceCases {
    std::vector<ConformanceCase> used;
    std::vector<LeftOutCase> leftOut;
};

// Throws when the file cannot be read or an entry lacks a member.
ConformanceCases readConformanceCases();

} // namespace tests
