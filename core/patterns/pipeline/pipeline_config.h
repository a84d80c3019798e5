// SPDX-License-Identifier: MIT
#pragma once

#include "core/config_error.h"
#include "core/patterns/pipeline/policy_list.h"
#include "core/patterns/retry/retry_budget.h"
#include "core/random_stream.h"

#include <optional>
#include <type_traits>
#include <variant>

namespace resilience {

/// The settings of every policy of a list, each under the name that its spec gives it.
template <typename List> struct SettingsOf;
template <PolicySpec... S> struct SettingsOf<PolicyList<S...>> : S::Settings... {
    bool operator==(const SettingsOf &) const = default;
};

/// The settings of every policy, in use or not, so that one can be switched on later: `bulkhead`, `retry` and so on,
/// see the specs in policy_list.h.
struct PipelineConfig : SettingsOf<Policies> {
    PolicyOrder order; // those in use, outermost first
    /// Those meant for it, in use or not, where they would come; only for who switches them on and off.
    PolicyOrder configured;
    std::optional<RetryBudgetConfig> retryBudget; // counts retries and hedges; none = no budget

    /// The first field out of its range, or none. Policies that are not in use are checked too.
    std::optional<ConfigError> validate() const;
    /// With every policy in use among those configured.
    PipelineConfig completed() const;
    bool operator==(const PipelineConfig &) const = default;
};

/// A time limit in a nest; the kind is only its name.
struct TimeLimitSettings {
    GivenDuration limit = std::chrono::seconds{1}; // > 0
    PolicyKind kind = PolicyKind::AttemptTimeout; // or TotalTimeout
};
struct RetrySettings {
    RetryConfig config;
    RandomStream random; // for the jitter; each its own
};

namespace detail {

template <typename S>
using NestSettings = std::conditional_t<S::kRole == PolicyRole::TimeLimit, TimeLimitSettings,
                                        std::conditional_t<S::kRole == PolicyRole::Retry, RetrySettings, ConfigOf<S>>>;
template <typename List> struct Nest;
template <typename... S> struct Nest<PolicyList<S...>> {
    using Settings = typename VariantOfEach<std::variant<>, NestSettings<S>...>::type;
    using Cores = typename VariantOfEach<std::variant<>, typename S::Core...>::type;
};

} // namespace detail

/// One policy of a nest in which each kind may occur any number of times: its settings.
using PolicySettings = detail::Nest<Policies>::Settings;
/// The policy itself; a time limit is a Duration.
using PolicyCore = detail::Nest<Policies>::Cores;

} // namespace resilience
