// SPDX-License-Identifier: MIT
#pragma once

#include "core/random_stream.h"

namespace resilience::sim {

using resilience::RandomStream;

} // namespace resilience::sim
