// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/stage/stage_header.h"

namespace widgets {

// The state of the breaker in words, what decides about its next change, and what comes next.
StageHeaderWords breakerHeaderWords(const StageContext &context);

} // namespace widgets
