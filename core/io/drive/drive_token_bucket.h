// SPDX-License-Identifier: MIT
#pragma once

#include "core/io/drive/drive_limiter.h"
#include "core/patterns/limiters/token_bucket.h"

namespace resilience::io {

// The token bucket behind the line protocol.
class DriveTokenBucket : public DriveLimiter<TokenBucket> {
public:
    static OrError<std::unique_ptr<Drive>> open(const Json &config);

private:
    explicit DriveTokenBucket(const TokenBucketConfig &config) : DriveLimiter("token-bucket", config) {}
};

} // namespace resilience::io
