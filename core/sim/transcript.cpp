// SPDX-License-Identifier: MIT
#include "core/sim/transcript.h"

#include "core/sim/duration_text.h"

#include <algorithm>
#include <cctype>

namespace resilience::sim {

namespace {

std::string upper(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return char(std::toupper(c)); });
    return text;
}

std::string verdictNote(const Finished &finished)
{
    const bool success = finished.outcome == RequestOutcome::Succeeded;
    if (finished.recorded == Recorded::Late)
        return success ? "late success, not counted" : "late failure, not counted";
    if (finished.state == BreakerState::HalfOpen)
        return success ? "half-open-success" : "half-open-failure";
    const std::string slow = finished.slow ? ", slow" : "";
    if (success)
        return "success" + slow;
    return "failure(" + std::to_string(std::max(finished.window.consecutiveFailures, finished.window.failures)) + ")" + slow;
}

template <typename Line> void appendLines(std::string &text, const Timeline &timeline, Line line)
{
    const EventLog &log = timeline.history().log();
    for (uint64_t number = log.firstNumber(); number <= timeline.lastEvent(); ++number)
        if (const Event *event = log.numbered(number))
            if (const auto entry = line(*event))
                text += *entry + "\n";
}

} // namespace

std::optional<std::string> consoleLine(const Event &event, const World &world)
{
    const std::string number = std::to_string(event.request);
    if (const auto *finished = event.as<Finished>()) {
        switch (finished->outcome) {
        case RequestOutcome::Succeeded: return "Success " + number + ": " + durationText(finished->took);
        case RequestOutcome::TimedOut: return "Timeout " + number + ": no answer within " + durationText(finished->took);
        default:
            return "Failure " + number + ": " + (finished->refused ? "Connection refused" : "Internal server error");
        }
    }
    if (const auto *away = event.as<TurnedAway>()) {
        const std::string name = world.services()[event.service].config().name;
        return "Fast fail: " + name + " circuit is " + upper(resilience::name(away->state));
    }
    return std::nullopt;
}

std::optional<std::string> breakerLine(const Event &event)
{
    if (const auto *moved = event.as<Transitioned>())
        return std::string("  → TRANSITION: ") + name(moved->move.from) + " → " + name(moved->move.to);
    if (const auto *away = event.as<TurnedAway>())
        return std::string("  [") + name(away->state) + "] fast-fail";
    if (const auto *finished = event.as<Finished>())
        return std::string("  [") + name(finished->state) + "] " + verdictNote(*finished);
    return std::nullopt;
}

std::string transcript(const Timeline &timeline)
{
    const World &world = timeline.world();
    std::string text;
    for (uint32_t client = 0; client < world.clients().size(); ++client) {
        const auto ofClient = [client](const Event &event) { return event.client == client; };
        appendLines(text, timeline, [&](const Event &event) {
            return ofClient(event) ? consoleLine(event, world) : std::nullopt;
        });
        const BreakerView view = world.breakerOf(client).view(world.now());
        text += std::string("State: ") + name(view.state) + "\n";
        appendLines(text, timeline, [&](const Event &event) { return ofClient(event) ? breakerLine(event) : std::nullopt; });
    }
    return text;
}

} // namespace resilience::sim
