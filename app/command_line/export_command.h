// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/command_line/export_request.h"

namespace app {

// `export`: plays a run to its end and writes its pictures and data; the names of the files on stdout, messages on
// stderr. A session is drawn at the moment it was saved at. Needs a QApplication; no display.
// Exit code: 0 done, 1 stopped or not made, 2 bad input, a folder that cannot be written among it.
int runExport(const ExportRequest &request);

} // namespace app
