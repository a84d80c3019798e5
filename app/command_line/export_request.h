// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/export/export_options.h"
#include "app/run/run_request.h"

#include <string>

namespace app {

// What `export` was asked for. The options are within their ranges; that `options.at` lies within the run is for
// whoever has prepared it to check.
struct ExportRequest {
    RunRequest run;
    std::string folder; // --out
    ExportOptions options;
};

} // namespace app
