// SPDX-License-Identifier: MIT
#pragma once

#include "core/patterns/pipeline/breaker_spec.h"
#include "core/patterns/pipeline/bulkhead_spec.h"
#include "core/patterns/pipeline/fallback_spec.h"
#include "core/patterns/pipeline/limiter_spec.h"
#include "core/patterns/pipeline/repeat_specs.h"
#include "core/patterns/pipeline/time_limit_specs.h"

#include <array>
#include <cstddef>
#include <utility>
#include <variant>

namespace resilience {

template <PolicySpec... S> struct PolicyList {
};

/// Every policy that there is, in the order of PolicyKind.
using Policies = PolicyList<FallbackSpec, TotalTimeoutSpec, RetrySpec, RateLimiterSpec, CircuitBreakerSpec,
                            BulkheadSpec, AttemptTimeoutSpec, HedgingSpec>;

namespace detail {

template <PolicySpec... S> constexpr bool areInTheirOrder(PolicyList<S...>)
{
    size_t index = 0;
    return sizeof...(S) == kPolicyKindCount && (... && (static_cast<size_t>(S::kKind) == index++));
}
static_assert(areInTheirOrder(Policies{}));

template <typename Visit, PolicySpec... S> constexpr void forEach(const Visit &visit, PolicyList<S...>)
{
    (visit.template operator()<S>(), ...);
}

template <typename Visit, PolicySpec... S>
constexpr void visitOne(PolicyKind kind, const Visit &visit, PolicyList<S...>)
{
    ((kind == S::kKind ? visit.template operator()<S>() : void()), ...);
}

} // namespace detail

/// visit<Spec>() for every policy, in the order of their kinds: a lambda [&]<typename Spec>() { ... }.
template <typename Visit> constexpr void forEachPolicy(const Visit &visit) { detail::forEach(visit, Policies{}); }
/// The same for that one.
template <typename Visit> constexpr void visitPolicy(PolicyKind kind, const Visit &visit)
{
    detail::visitOne(kind, visit, Policies{});
}

/// What every spec says there, by kind.
template <typename T, typename Read> constexpr std::array<T, kPolicyKindCount> ofEveryPolicy(const Read &read)
{
    std::array<T, kPolicyKindCount> all{};
    forEachPolicy([&]<typename Spec>() { all[static_cast<size_t>(Spec::kKind)] = read.template operator()<Spec>(); });
    return all;
}

inline constexpr auto kPolicyRoles = ofEveryPolicy<PolicyRole>([]<typename Spec>() { return Spec::kRole; });
inline constexpr auto kPolicyWords = ofEveryPolicy<PolicyWords>([]<typename Spec>() { return Spec::kWords; });

constexpr PolicyRole roleOf(PolicyKind kind) { return kPolicyRoles[static_cast<size_t>(kind)]; }
constexpr const PolicyWords &wordsOf(PolicyKind kind) { return kPolicyWords[static_cast<size_t>(kind)]; }

/// A variant of those types, each once.
template <typename Variant, typename... T> struct VariantOfEach {
    using type = Variant;
};
template <typename... Had, typename T, typename... More> struct VariantOfEach<std::variant<Had...>, T, More...> {
    using type = typename VariantOfEach<
        std::conditional_t<(std::same_as<Had, T> || ...), std::variant<Had...>, std::variant<Had..., T>>,
        More...>::type;
};

} // namespace resilience
