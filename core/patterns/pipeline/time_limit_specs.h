// SPDX-License-Identifier: MIT
#pragma once

#include "core/patterns/pipeline/policy_spec.h"
#include "core/time.h"

namespace resilience {

struct TotalTimeoutSpec {
    static constexpr PolicyKind kKind = PolicyKind::TotalTimeout;
    static constexpr PolicyRole kRole = PolicyRole::TimeLimit;
    static constexpr PolicyWords kWords{"total timeout", "total", "TT", "bounds the call with all its attempts"};
    static constexpr const char *kKey = "total_timeout";
    using Core = Duration;
    struct Settings {
        GivenDuration totalTimeout = std::chrono::seconds{5}; // > 0. Bounds whatever lies inside: usually all of it
        bool operator==(const Settings &) const = default;
    };
    static constexpr auto kSettings = &Settings::totalTimeout;
};

struct AttemptTimeoutSpec {
    static constexpr PolicyKind kKind = PolicyKind::AttemptTimeout;
    static constexpr PolicyRole kRole = PolicyRole::TimeLimit;
    static constexpr PolicyWords kWords{"attempt timeout", "timeout", "T", "gives up on a single attempt"};
    static constexpr const char *kKey = "timeout";
    using Core = Duration;
    struct Settings {
        GivenDuration attemptTimeout = std::chrono::seconds{1}; // > 0. Usually innermost: a single attempt
        bool operator==(const Settings &) const = default;
    };
    static constexpr auto kSettings = &Settings::attemptTimeout;
};

} // namespace resilience
