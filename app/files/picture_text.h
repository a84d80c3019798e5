// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/json/input_error.h"

#include <optional>
#include <string>

namespace app {

// The session JSON inside an exported picture; an error when there is none. Nothing at all when the file is no picture
// by its name: "png", "svg" or "pdf".
std::optional<resilience::io::OrError<std::string>> textOfPicture(const std::string &path);

} // namespace app
