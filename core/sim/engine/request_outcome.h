// SPDX-License-Identifier: MIT
#pragma once

#include "core/names.h"

#include <array>
#include <cstddef>
#include <cstdint>

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

} // namespace resilience::sim
