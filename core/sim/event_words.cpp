// SPDX-License-Identifier: MIT
#include "core/sim/event_words.h"

#include <array>
#include <cstddef>

namespace resilience::sim {

const char *word(Rejection why)
{
    switch (why) {
    case Rejection::None:
        return "none";
    case Rejection::Open:
        return "open";
    case Rejection::TrialsTaken:
        return "trials-taken";
    case Rejection::ForcedOpen:
        return "forced-open";
    case Rejection::Throttled:
        return "throttled";
    case Rejection::ExceedsCapacity:
        return "exceeds-capacity";
    case Rejection::QueueFull:
        return "queue-full";
    case Rejection::DeadlinePassed:
        return "deadline-passed";
    case Rejection::BudgetSpent:
        return "budget-spent";
    case Rejection::WaitedInVain:
        return "waited-in-vain";
    case Rejection::Cancelled:
        return "cancelled";
    case Rejection::ProbeRunning:
        return "probe-running";
    }
    return "?";
}

const char *word(Recorded recorded)
{
    constexpr std::array words{"counted", "neutral", "late", "nothing"};
    return words[static_cast<size_t>(recorded)];
}

const char *word(Probe kind)
{
    constexpr std::array words{"startup", "liveness", "readiness"};
    return words[static_cast<size_t>(kind)];
}

const char *word(Health status)
{
    constexpr std::array words{"unknown", "healthy", "degraded", "unhealthy"};
    return words[static_cast<size_t>(status)];
}

const char *word(LockRequest::Kind kind)
{
    constexpr std::array words{"none", "acquire", "extend", "release"};
    return words[static_cast<size_t>(kind)];
}

const char *word(LockReply reply)
{
    constexpr std::array words{"granted", "taken", "not-owner", "unreachable"};
    return words[static_cast<size_t>(reply)];
}

const char *word(LockOutcome outcome)
{
    constexpr std::array words{"none",     "acquired",     "not-acquired", "extended", "not-extended",
                               "released", "not-released", "lost",         "refused"};
    return words[static_cast<size_t>(outcome)];
}

} // namespace resilience::sim
