// SPDX-License-Identifier: MIT
#include "core/duration_text.h"
#include "core/sim/engine/event.h"
#include "core/sim/engine/scenario.h"

#include <cctype>

// The lines of a lock: see event_field.h.
namespace resilience::sim {

std::string LockDecided::line(const Event &event, const Scenario &scenario) const
{
    std::string line = outcome == LockOutcome::None ? "Undecided" : resilience::name(outcome);
    line[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(line[0])));
    line += " by " + nameOf(event.actor, scenario) + ": " + std::to_string(votes) + (votes == 1 ? " vote" : " votes");
    if (validity)
        line += ", valid for " + durationText(*validity);
    if (token > 0)
        line += ", token " + std::to_string(token);
    return line + (othersHold ? "; somebody else holds it too" : "");
}

std::string LeaseOver::line(const Event &event, const Scenario &scenario) const
{
    return "Lease of " + nameOf(event.actor, scenario) + " is over" + (known ? "" : ", unnoticed");
}

std::string WriteTried::line(const Event &event, const Scenario &scenario) const
{
    const std::string with = token > 0 ? ", token " + std::to_string(token) : "";
    return "Write by " + nameOf(event.actor, scenario) + (accepted ? " accepted" : " refused") + with
           + (stale ? ": stale" : "");
}

std::string WriteHeldBack::line(const Event &event, const Scenario &scenario) const
{
    return "Write by " + nameOf(event.actor, scenario) + " held back: its lease is over";
}

std::string NodeRestarted::line(const Event &event, const Scenario &scenario) const
{
    return nameOf(event.target, scenario) + " restarted with empty hands";
}

} // namespace resilience::sim
