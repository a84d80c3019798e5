// SPDX-License-Identifier: MIT
#include "core/io/drive/drive_leaky_bucket.h"

#include "core/io/config/limiter_json.h"
#include "core/io/json/schema.h"

namespace resilience::io {

OrError<std::unique_ptr<Drive>> DriveLeakyBucket::open(const Json &config)
{
    if (auto error = checkSchema(config, "leaky-bucket"))
        return *error;
    const auto checked = leakyBucketFromJson(config);
    if (!checked)
        return checked.error();
    return std::unique_ptr<Drive>(new DriveLeakyBucket(*checked));
}

} // namespace resilience::io
