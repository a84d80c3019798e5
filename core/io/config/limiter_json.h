// SPDX-License-Identifier: MIT
#pragma once

#include "core/io/json/json_text.h"
#include "core/patterns/limiters/fixed_window.h"
#include "core/patterns/limiters/leaky_bucket.h"
#include "core/patterns/limiters/sliding_window_counter.h"
#include "core/patterns/limiters/sliding_window_log.h"
#include "core/patterns/limiters/token_bucket.h"

namespace resilience::io {

// Each reads a value that the limiter's own schema has passed (token-bucket.schema.json and so on), and has its
// validate() judge the rest. Rates are numbers per second there, see Rate::perSecond(). `place` is where the value
// stands in its file.
OrError<TokenBucketConfig> tokenBucketFromJson(const Json &value, const std::string &place = "");
OrError<LeakyBucketConfig> leakyBucketFromJson(const Json &value, const std::string &place = "");
OrError<FixedWindowConfig> fixedWindowFromJson(const Json &value, const std::string &place = "");
OrError<SlidingWindowLogConfig> slidingWindowLogFromJson(const Json &value, const std::string &place = "");
OrError<SlidingWindowCounterConfig> slidingWindowCounterFromJson(const Json &value, const std::string &place = "");

} // namespace resilience::io
