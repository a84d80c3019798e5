// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/random_stream.h"

#include <string>
#include <string_view>

namespace tests {

// The document with something done to one of its values: gone, doubled, moved, put in another's place, a number or a
// text changed. Still JSON, but for one time in twenty, where bytes are changed instead (mutatedLine), as they always
// are in a text that is not JSON.
std::string mutatedJson(std::string_view text, resilience::RandomStream &random);

} // namespace tests
