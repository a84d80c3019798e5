// SPDX-License-Identifier: MIT
#pragma once

#include "core/ratio.h"
#include "core/time.h"

#include <cstdint>
#include <string>
#include <vector>

// Numbers as sentences have them: as many digits as a reader can use, and never so rounded that the sentence is wrong.
namespace resilience::sim {

std::string count(uint64_t n, const char *one, const char *many); // "1 failure", "3 failures"
std::string percent(uint64_t hits, uint64_t total); // "12.5 %"
std::string percent(Ratio ratio);

// At most `digits` digits after the point, without zeros at the end: "0.62", "5", and "5.0" for what is close to 5 and
// not it. To the nearest, down or up.
std::string decimal(double value, int digits = 2);
std::string decimalDown(double value, int digits = 2);
std::string decimalUp(double value, int digits = 2);
// A duration in seconds, for formulas: "0.5", "2.642".
std::string inSeconds(Duration duration);

// A span that was measured, to three digits: "674 ms", "2.64 s", "12.4 s".
std::string spanText(Duration span);
// ... to as many digits as it takes to tell it from `other`, up to the nanosecond.
std::string spanText(Duration span, Duration other);
// A moment of a run: "8.1 s", "10.0 s", "5.02 s"; below a second "0.012 s".
std::string momentText(Time moment);

std::string listText(const std::vector<std::string> &items); // "a", "a and b", "a, b and c"

} // namespace resilience::sim
