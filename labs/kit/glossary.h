// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace resilience::labs {

struct Lab;

// A word of the field, and what it means.
struct Term {
    std::string word;
    std::string meaning;
};

// Words that several steps need. Throws std::out_of_range for one that is not there.
std::vector<Term> commonTerms(std::initializer_list<std::string_view> words);

// Those that a step needs, in alphabetical order.
std::vector<Term> glossaryOf(const Lab &lab);

} // namespace resilience::labs
