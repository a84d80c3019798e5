// SPDX-License-Identifier: MIT
#pragma once

#include "core/patterns/retry/retry_config.h"
#include "core/runtime/attempt.h"

#include <optional>
#include <type_traits>
#include <utility>

namespace resilience::runtime {

/// function(attempt), or function() where it takes nothing.
template <typename Function> decltype(auto) invokeFor(Function &function, const Attempt &attempt)
{
    if constexpr (std::is_invocable_v<Function &, const Attempt &>)
        return function(attempt);
    else
        return function();
}

/// A function some of whose values are failures (HTTP 503): see judged().
template <typename Function, typename Judge> struct Judged {
    Function function;
    Judge judge;

    decltype(auto) operator()(const Attempt &attempt) { return invokeFor(function, attempt); }
};

/// For Pipeline::call: after each attempt judge(value) says whether the value is a failure, and of which kind, or none:
/// std::optional<Failure>(const T &). It then counts as one for every policy; if it remains the last word it is still
/// the call's value, and CallResult::failure() tells what it was judged to be. What `judge` throws is the attempt's
/// exception.
template <typename Function, typename Judge> auto judged(Function &&function, Judge &&judge)
{
    return Judged<std::decay_t<Function>, std::decay_t<Judge>>{std::forward<Function>(function),
                                                               std::forward<Judge>(judge)};
}

/// What a function thinks of its value; none, as most have no opinion.
template <typename Function, typename T> std::optional<Failure> judgementOf(Function &, const T &) { return {}; }
template <typename Function, typename Judge, typename T>
std::optional<Failure> judgementOf(Judged<Function, Judge> &judged, const T &value)
{
    return judged.judge(value);
}

} // namespace resilience::runtime
