// SPDX-License-Identifier: MIT
#pragma once

#include "core/names.h"
#include "core/patterns/pipeline/policy_list.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace resilience::sim {

/// In place of an index: none.
inline constexpr uint32_t kNobody = UINT32_MAX;

/// The six ways in which an original request ends. The same six words stand in legend, log, chart and summary.
enum class RequestOutcome : uint8_t { Succeeded, Failed, TimedOut, ShortCircuited, Rejected, Throttled };
inline constexpr size_t kOutcomeCount = 6;
inline constexpr std::array kRequestOutcomes{RequestOutcome::Succeeded, RequestOutcome::Failed,
                                             RequestOutcome::TimedOut,  RequestOutcome::ShortCircuited,
                                             RequestOutcome::Rejected,  RequestOutcome::Throttled};

} // namespace resilience::sim
namespace resilience {
template <> struct Names<sim::RequestOutcome> {
    static constexpr std::array all{"succeeded", "failed", "timed_out", "short_circuited", "rejected", "throttled"};
};
} // namespace resilience
namespace resilience::sim {

/// How a call ends that a policy of that kind stops; none where it stops none.
constexpr std::optional<RequestOutcome> outcomeOf(PolicyKind kind)
{
    if (roleOf(kind) == PolicyRole::TimeLimit)
        return RequestOutcome::TimedOut;
    if (roleOf(kind) != PolicyRole::Gate)
        return std::nullopt;
    return kind == PolicyKind::RateLimiter      ? RequestOutcome::Throttled
           : kind == PolicyKind::CircuitBreaker ? RequestOutcome::ShortCircuited
                                                : RequestOutcome::Rejected;
}

} // namespace resilience::sim
