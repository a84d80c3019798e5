// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "labs/lab.h"

namespace resilience::labs {

Lab combiningLab();

} // namespace resilience::labs
