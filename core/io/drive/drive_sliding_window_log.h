// SPDX-License-Identifier: MIT
#pragma once

#include "core/io/drive/drive_limiter.h"
#include "core/patterns/limiters/sliding_window_log.h"

namespace resilience::io {

// The sliding log behind the line protocol.
class DriveSlidingWindowLog : public DriveLimiter<SlidingWindowLog> {
public:
    static OrError<std::unique_ptr<Drive>> open(const Json &config);

private:
    explicit DriveSlidingWindowLog(const SlidingWindowLogConfig &config) : DriveLimiter("sliding-window-log", config) {}
};

} // namespace resilience::io
