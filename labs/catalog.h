// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "labs/kit/lab.h"

namespace resilience::labs {

// All labs, in the order of the steps.
const std::vector<Lab> &catalog();
const Lab *labWithId(const std::string &id);

} // namespace resilience::labs
