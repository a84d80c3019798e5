// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace app {

const char *programVersion(); // "0.1.0"

} // namespace app
