// SPDX-License-Identifier: MIT
#include "core/duration_text.h"
#include "core/sim/engine/event.h"
#include "core/sim/engine/scenario.h"

// The lines of probing: see event_field.h.
namespace resilience::sim {

std::optional<std::string> ProbeEnded::line(const Event &event, const Scenario &scenario) const
{
    if (succeeded)
        return std::nullopt;
    return "Probe failed: " + nameOf(event.target, scenario) + " " + resilience::name(kind)
           + (timedOut ? ": no answer within " : ": after ") + durationText(latency);
}

std::string HealthChanged::line(const Event &event, const Scenario &scenario) const
{
    return "Health of " + nameOf(event.target, scenario) + ": " + resilience::name(from) + " → " + resilience::name(to)
           + (live ? "" : ", not live") + (routed ? "" : ", out of rotation");
}

std::string Restarting::line(const Event &event, const Scenario &scenario) const
{
    return "Restarting " + nameOf(event.target, scenario) + ": takes " + durationText(takes);
}

std::string Restarted::line(const Event &event, const Scenario &scenario) const
{
    return "Restarted " + nameOf(event.target, scenario);
}

} // namespace resilience::sim
