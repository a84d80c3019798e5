// SPDX-License-Identifier: MIT
#pragma once

#include "core/fingerprint.h"

namespace resilience::sim {

using resilience::Fingerprint;

} // namespace resilience::sim
