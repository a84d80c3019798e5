// SPDX-License-Identifier: MIT
#pragma once

#include "core/patterns/decision.h"
#include "core/time.h"

#include <array>
#include <cstdint>

namespace resilience::sim {

// The six ways in which an original request ends. The same six words stand in legend, log, chart and summary.
enum class RequestOutcome : uint8_t { Succeeded, Failed, TimedOut, ShortCircuited, Rejected, Throttled };
inline constexpr size_t kOutcomeCount = 6;
inline constexpr std::array kRequestOutcomes{RequestOutcome::Succeeded,      RequestOutcome::Failed,
                                             RequestOutcome::TimedOut,       RequestOutcome::ShortCircuited,
                                             RequestOutcome::Rejected,       RequestOutcome::Throttled};

// "succeeded", "timed_out", ...: as in the summary.
constexpr const char *key(RequestOutcome outcome)
{
    constexpr std::array keys{"succeeded", "failed", "timed_out", "short_circuited", "rejected", "throttled"};
    return keys[static_cast<size_t>(outcome)];
}

// Where one attempt is on its way.
enum class Leg : uint8_t {
    Outbound,  // from the client to the service
    Serving,   // inside the service
    Inbound,   // the answer is on its way back
    Lost,      // the service will never answer
};

// One attempt on its way. It stays here until its answer is back, even if its client gave up on it before.
struct Request {
    uint64_t id = 0;      // 1, 2, 3, ... in the order offered; the same for every attempt of one original
    uint32_t client = 0;  // index
    uint32_t service = 0; // index
    uint32_t attempt = 1;
    Permit permit{};
    Time sentAt{};
    Time timeoutAt{};       // when the client gives up
    Leg leg = Leg::Outbound;
    Time legStart{};
    Time legEnd{};          // kTimeMax when Lost
    bool failed = false;  // what the answer says, from Inbound on
    bool refused = false; // ... and that nobody was there to give another
    bool abandoned = false; // its client has timed out; the answer will be late

    bool operator==(const Request &) const = default;
};

// Counts of originals by how they ended. offered == the six outcomes + inFlight, at every event.
struct Totals {
    uint64_t offered = 0;
    std::array<uint64_t, kOutcomeCount> ended{};
    uint64_t inFlight = 0;
    uint64_t attempts = 0; // attempts that reached out to a service
    uint64_t late = 0;     // answers that came after their client had given up

    uint64_t of(RequestOutcome outcome) const { return ended[static_cast<size_t>(outcome)]; }
    bool operator==(const Totals &) const = default;
};

} // namespace resilience::sim
