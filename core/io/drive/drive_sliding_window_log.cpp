// SPDX-License-Identifier: MIT
#include "core/io/drive/drive_sliding_window_log.h"

#include "core/io/config/limiter_json.h"
#include "core/io/json/schema.h"

namespace resilience::io {

OrError<std::unique_ptr<Drive>> DriveSlidingWindowLog::open(const Json &config)
{
    if (auto error = checkSchema(config, "sliding-window-log"))
        return *error;
    const auto checked = slidingWindowLogFromJson(config);
    if (!checked)
        return checked.error();
    return std::unique_ptr<Drive>(new DriveSlidingWindowLog(*checked));
}

} // namespace resilience::io
