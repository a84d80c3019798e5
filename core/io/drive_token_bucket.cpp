// SPDX-License-Identifier: MIT
#include "core/io/drive_token_bucket.h"

#include "core/io/limiter_json.h"
#include "core/io/schema.h"

namespace resilience::io {

OrError<std::unique_ptr<Drive>> DriveTokenBucket::open(const Json &config)
{
    if (auto error = checkSchema(config, "token-bucket"))
        return *error;
    const auto checked = tokenBucketFromJson(config);
    if (!checked)
        return checked.error();
    return std::unique_ptr<Drive>(new DriveTokenBucket(*checked));
}

} // namespace resilience::io
