// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace resilience::labs {

// A word of the field, and what it means.
struct Term {
    std::string word;
    std::string meaning;
};

// Those that a step needs, in alphabetical order. `lab` is its id.
std::vector<Term> glossaryOf(const std::string &lab);

} // namespace resilience::labs
