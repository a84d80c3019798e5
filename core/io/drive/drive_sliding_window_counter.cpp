// SPDX-License-Identifier: MIT
#include "core/io/drive/drive_sliding_window_counter.h"

#include "core/io/config/limiter_json.h"
#include "core/io/json/schema.h"

namespace resilience::io {

OrError<std::unique_ptr<Drive>> DriveSlidingWindowCounter::open(const Json &config)
{
    if (auto error = checkSchema(config, "sliding-window-counter"))
        return *error;
    const auto checked = slidingWindowCounterFromJson(config);
    if (!checked)
        return checked.error();
    return std::unique_ptr<Drive>(new DriveSlidingWindowCounter(*checked));
}

} // namespace resilience::io
