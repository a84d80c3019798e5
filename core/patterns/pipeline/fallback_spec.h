// SPDX-License-Identifier: MIT
#pragma once

#include "core/patterns/fallback.h"
#include "core/patterns/pipeline/policy_spec.h"

namespace resilience {

struct FallbackSpec {
    static constexpr PolicyKind kKind = PolicyKind::Fallback;
    static constexpr PolicyRole kRole = PolicyRole::Fallback;
    static constexpr PolicyWords kWords{"fallback", "fallback", "F", "answers when all else has failed"};
    static constexpr const char *kKey = "fallback";
    using Core = Fallback;
    struct Settings {
        FallbackConfig fallback;
        bool operator==(const Settings &) const = default;
    };
    static constexpr auto kSettings = &Settings::fallback;
    static constexpr std::tuple kFields{
        setting("on_failure", &FallbackConfig::onFailure, ""),
        setting("on_timeout", &FallbackConfig::onTimeout, ""),
        setting("on_rejection", &FallbackConfig::onRejection, "By the own breaker, limiter or bulkhead."),
    };
};

} // namespace resilience
