// SPDX-License-Identifier: MIT
#pragma once

#include "core/decision.h"
#include "core/patterns/pipeline/policy_order.h"
#include "core/patterns/retry/retry_config.h"
#include "core/time.h"

#include <cstdint>
#include <exception>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>

namespace resilience::runtime {

/// Why the latest attempt did not reach the callable; of hedged attempts, some may be at work.
struct Refusal {
    /// Which kind of policy turned it away: the gate that said no or at which it waited, or the timeout that was over
    /// while it waited elsewhere. None = the caller, who asked to stop, or had no time left.
    std::optional<PolicyKind> by;
    Rejection reason = Rejection::None;
    std::optional<Duration> retryAfter; // as the policy told; none = never by waiting alone, or unknown

    bool operator==(const Refusal &) const = default;
};

/// How a call through a pipeline ended: the callable's value (or its fallback's), or a refusal, or the exception of its
/// last attempt (TimedOut when it came back too late). A callable that returns nothing gives a CallResult<void>, whose
/// value() is empty. A regular value as far as T is one.
template <typename T> class CallResult {
public:
    using Value = std::conditional_t<std::is_void_v<T>, std::monostate, std::remove_cv_t<T>>;
    static_assert(!std::is_reference_v<T>, "a result holds a value; return a pointer instead");

    CallResult(std::in_place_index_t<0>, Value &&value, uint32_t attempts, bool fromFallback = false,
               const std::optional<Failure> &failure = {})
        : m_ending(std::in_place_index<0>, std::move(value)), m_attempts(attempts), m_fromFallback(fromFallback),
          m_failure(failure)
    {
    }
    CallResult(const Refusal &refusal, uint32_t attempts)
        : m_ending(std::in_place_index<1>, refusal), m_attempts(attempts)
    {
    }
    CallResult(std::exception_ptr error, uint32_t attempts)
        : m_ending(std::in_place_index<2>, std::move(error)), m_attempts(attempts)
    {
    }

    bool hasValue() const { return m_ending.index() == 0; }
    explicit operator bool() const { return hasValue(); }

    /// Throws std::bad_variant_access without a value.
    const Value &value() const & { return std::get<0>(m_ending); }
    Value &value() & { return std::get<0>(m_ending); }
    Value &&value() && { return std::get<0>(std::move(m_ending)); }

    /// None unless refused.
    const Refusal *refusal() const { return std::get_if<1>(&m_ending); }
    /// Null unless the last attempt failed; std::rethrow_exception() throws it.
    std::exception_ptr exception() const
    {
        const std::exception_ptr *error = std::get_if<2>(&m_ending);
        return error ? *error : nullptr;
    }

    /// What the value was judged to be, if that was a failure (see judged()); none for every other ending.
    const std::optional<Failure> &failure() const { return m_failure; }

    /// How often the pipeline tried, refused attempts included: one, and one for every retry and hedge.
    uint32_t attempts() const { return m_attempts; }
    /// Whether the value is the fallback's.
    bool fromFallback() const { return m_fromFallback; }

private:
    std::variant<Value, Refusal, std::exception_ptr> m_ending;
    uint32_t m_attempts = 0;
    bool m_fromFallback = false;
    std::optional<Failure> m_failure;
};

} // namespace resilience::runtime
