// SPDX-License-Identifier: MIT
#include "core/io/drive/drive_fixed_window.h"

#include "core/io/config/limiter_json.h"
#include "core/io/json/schema.h"

namespace resilience::io {

OrError<std::unique_ptr<Drive>> DriveFixedWindow::open(const Json &config)
{
    if (auto error = checkSchema(config, "fixed-window"))
        return *error;
    const auto checked = fixedWindowFromJson(config);
    if (!checked)
        return checked.error();
    return std::unique_ptr<Drive>(new DriveFixedWindow(*checked));
}

} // namespace resilience::io
