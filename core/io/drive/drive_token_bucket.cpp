// SPDX-License-Identifier: MIT
#include "core/io/drive/drive_token_bucket.h"

#include "core/io/config/limiter_json.h"
#include "core/io/json/schema.h"

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
