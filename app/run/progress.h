// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <vector>

namespace app {

// How a question was answered, in words, for the list below the goals.
struct GivenAnswer {
    std::string given; // "3rd"
    bool right = false;
    std::string verdict; // what the run said, and why
    bool operator==(const GivenAnswer &) const = default;
};

// What somebody has come to in one lab. Everything is named, not numbered: a later version may have other goals.
struct Progress {
    std::vector<std::string> goals; // ids of those that were met
    std::string page; // title of the page of the guide that was open; "" = the first
    std::map<std::string, GivenAnswer> answers; // by the id of the question
    bool operator==(const Progress &) const = default;
};

} // namespace app
