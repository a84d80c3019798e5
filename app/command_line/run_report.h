// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/scenario/summary_json.h"
#include "labs/kit/lab.h"

#include <string>

namespace app {

// What a run came to, in a few lines for people.
std::string runReport(const resilience::io::RunSummary &summary, const resilience::labs::Lab &lab);

} // namespace app
