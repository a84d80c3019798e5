// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

namespace resilience {

/// A file of this project built into the program; see core/embed_text.cmake.
struct EmbeddedText {
    std::string name; // relative to the embedded folder
    std::string text;
};

} // namespace resilience
