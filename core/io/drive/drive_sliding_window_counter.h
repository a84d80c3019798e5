// SPDX-License-Identifier: MIT
#pragma once

#include "core/io/drive/drive_limiter.h"
#include "core/patterns/limiters/sliding_window_counter.h"

namespace resilience::io {

// The sliding counter behind the line protocol.
class DriveSlidingWindowCounter : public DriveLimiter<SlidingWindowCounter> {
public:
    static OrError<std::unique_ptr<Drive>> open(const Json &config);

private:
    explicit DriveSlidingWindowCounter(const SlidingWindowCounterConfig &config)
        : DriveLimiter("sliding-window-counter", config)
    {
    }
};

} // namespace resilience::io
