// SPDX-License-Identifier: MIT
#pragma once

#include "core/patterns/circuit_breaker.h"
#include "core/patterns/pipeline/policy_spec.h"

namespace resilience {

struct CircuitBreakerSpec {
    static constexpr PolicyKind kKind = PolicyKind::CircuitBreaker;
    static constexpr PolicyRole kRole = PolicyRole::Gate;
    static constexpr PolicyWords kWords{"circuit breaker", "breaker", "CB", "stops calling what keeps failing"};
    static constexpr const char *kKey = "circuit_breaker";
    using Core = CircuitBreaker;
    struct Settings {
        CircuitBreakerConfig circuitBreaker;
        bool operator==(const Settings &) const = default;
    };
    static constexpr auto kSettings = &Settings::circuitBreaker;
};

} // namespace resilience
