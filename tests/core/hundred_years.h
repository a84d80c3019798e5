// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/time.h"

namespace tests {

inline constexpr resilience::Duration kHundredYears = std::chrono::hours{24 * 36525};

} // namespace tests
