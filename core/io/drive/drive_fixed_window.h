// SPDX-License-Identifier: MIT
#pragma once

#include "core/io/drive/drive_limiter.h"
#include "core/patterns/limiters/fixed_window.h"

namespace resilience::io {

// The fixed window behind the line protocol.
class DriveFixedWindow : public DriveLimiter<FixedWindow> {
public:
    static OrError<std::unique_ptr<Drive>> open(const Json &config);

private:
    explicit DriveFixedWindow(const FixedWindowConfig &config) : DriveLimiter("fixed-window", config) {}
};

} // namespace resilience::io
