// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/command_line/arguments.h"
#include "app/export/export_options.h"

#include <vector>

namespace app {

// The options that only `export` has: --out, which must be there, --formats, --at, --theme, --dpi and --size.
const std::vector<OptionSpec> &exportOptionSpecs();
resilience::io::OrError<ExportOptions> parseExportOptions(const Arguments &arguments);

} // namespace app
