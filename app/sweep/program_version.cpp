// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sweep/program_version.h"

namespace app {

const char *programVersion() { return RESILIENCE_LAB_VERSION; }

} // namespace app
