// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "labs/kit/lab.h"

namespace resilience::labs {

Lab combiningLab();

} // namespace resilience::labs
