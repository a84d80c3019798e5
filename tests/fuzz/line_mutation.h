// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/random_stream.h"

#include <cstddef>
#include <string>

namespace tests {

// Uniform in [0, end); end > 0.
size_t below(resilience::RandomStream &random, size_t end);

// The request of a pattern that comes nearest to a conversation: one of its samples at some time, whole.
std::string validLine(const std::string &pattern, resilience::RandomStream &random);
// Up to 200 bytes, any but the newline.
std::string rawLine(resilience::RandomStream &random);

// A number or a text in quotes that lies at some limit.
std::string anyValueText(resilience::RandomStream &random);

// The line with something done to it, once: bytes lost, doubled, changed or put in, a number or a text in it replaced
// by one that lies at some limit, or its end cut off. No newline comes in.
std::string mutatedLine(std::string line, resilience::RandomStream &random);

} // namespace tests
