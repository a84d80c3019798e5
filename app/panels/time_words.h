// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/time.h"

#include <QString>

namespace app {

// The clock of the run, "00:15.0", with as many decimals as a run of this length needs.
QString clockText(resilience::Time now, resilience::Duration length);
// "1/2 speed", "real time", "10x speed"
QString speedText(double speed);

} // namespace app
