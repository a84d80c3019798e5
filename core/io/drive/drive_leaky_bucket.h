// SPDX-License-Identifier: MIT
#pragma once

#include "core/io/drive/drive_limiter.h"
#include "core/patterns/limiters/leaky_bucket.h"

namespace resilience::io {

// The leaky bucket, as a meter, behind the line protocol.
class DriveLeakyBucket : public DriveLimiter<LeakyBucket> {
public:
    static OrError<std::unique_ptr<Drive>> open(const Json &config);

private:
    explicit DriveLeakyBucket(const LeakyBucketConfig &config) : DriveLimiter("leaky-bucket", config) {}
};

} // namespace resilience::io
