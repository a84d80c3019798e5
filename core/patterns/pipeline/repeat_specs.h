// SPDX-License-Identifier: MIT
#pragma once

#include "core/patterns/hedging.h"
#include "core/patterns/pipeline/policy_spec.h"
#include "core/patterns/retry.h"

// The policies that make what is inside them more than once.
namespace resilience {

struct RetrySpec {
    static constexpr PolicyKind kKind = PolicyKind::Retry;
    static constexpr PolicyRole kRole = PolicyRole::Retry;
    static constexpr PolicyWords kWords{"retry", "retry", "R", "tries again what has failed"};
    static constexpr const char *kKey = "retry";
    using Core = Retry;
    struct Settings {
        RetryConfig retry;
        bool operator==(const Settings &) const = default;
    };
    static constexpr auto kSettings = &Settings::retry;
};

struct HedgingSpec {
    static constexpr PolicyKind kKind = PolicyKind::Hedging;
    static constexpr PolicyRole kRole = PolicyRole::Hedging;
    static constexpr PolicyWords kWords{"hedging", "hedging", "H", "makes another attempt beside a slow one"};
    static constexpr const char *kKey = "hedging";
    using Core = Hedging;
    struct Settings {
        HedgingConfig hedging;
        bool operator==(const Settings &) const = default;
    };
    static constexpr auto kSettings = &Settings::hedging;
};

} // namespace resilience
