// SPDX-License-Identifier: MIT
#pragma once

#include "core/io/json/input_error.h"

#include <cstddef>
#include <string>

namespace resilience::io {

inline constexpr size_t kMaxFileBytes = 1024 * 1024;

// The whole of a regular file of at most kMaxFileBytes. A larger one is refused by its size, without reading it;
// directories, devices and pipes are refused too.
OrError<std::string> readTextFile(const std::string &path);

} // namespace resilience::io
