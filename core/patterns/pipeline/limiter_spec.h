// SPDX-License-Identifier: MIT
#pragma once

#include "core/patterns/any_limiter.h"
#include "core/patterns/pipeline/policy_spec.h"

namespace resilience {

struct RateLimiterSpec {
    static constexpr PolicyKind kKind = PolicyKind::RateLimiter;
    static constexpr PolicyRole kRole = PolicyRole::Gate;
    static constexpr PolicyWords kWords{"rate limiter", "limiter", "L", "lets so many calls a second pass"};
    static constexpr const char *kKey = "rate_limiter";
    using Core = AnyLimiter;
    struct Settings {
        AnyLimiterConfig rateLimiter;
        bool operator==(const Settings &) const = default;
    };
    static constexpr auto kSettings = &Settings::rateLimiter;
};

} // namespace resilience
