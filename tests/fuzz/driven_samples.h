// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace tests {

// A pattern as the line protocol drives it, and requests that it understands.
struct DrivenSample {
    std::string pattern;
    std::vector<std::string> configs; // the first is for properties: small limits, so that a short talk reaches them
    std::string always; // a request that is never refused, whatever was said before
    std::vector<std::string> requests; // without "t"; they work on each other's ids. Some are refused, now or always
};

// One for every pattern that can be driven.
const std::vector<DrivenSample> &drivenSamples();
// Of that pattern; null when there is none.
const DrivenSample *drivenSample(const std::string &pattern);

// The request at that time: {"t":T,...}.
std::string requestAt(const std::string &t, const std::string &request);

} // namespace tests
