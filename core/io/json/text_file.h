// SPDX-License-Identifier: MIT
#pragma once

#include "core/io/json/input_error.h"

#include <cstddef>
#include <string>

namespace resilience::io {

inline constexpr size_t kMaxFileBytes = 1024 * 1024; // of a scenario or a session

// The whole of a regular file of at most `most` bytes. A larger one is refused by its size, without reading it;
// directories, devices and pipes are refused too. `expected` is for the message.
OrError<std::string> readWholeFile(const std::string &path, size_t most, const std::string &expected);
// ... of at most kMaxFileBytes.
OrError<std::string> readTextFile(const std::string &path);

} // namespace resilience::io
