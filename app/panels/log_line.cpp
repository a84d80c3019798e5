// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/log_line.h"

#include "core/sim/duration_text.h"
#include "core/sim/event_words.h"
#include "core/sim/explain/figures.h"
#include "core/sim/transcript.h"

namespace app {

using namespace resilience;
using namespace resilience::sim;

namespace {

const char *lockWords(LockOutcome outcome)
{
    switch (outcome) {
    case LockOutcome::Acquired:
        return "acquired";
    case LockOutcome::NotAcquired:
        return "not acquired";
    case LockOutcome::Extended:
        return "extended";
    case LockOutcome::NotExtended:
        return "not extended";
    case LockOutcome::Released:
        return "released";
    case LockOutcome::NotReleased:
        return "given up, not released everywhere";
    case LockOutcome::Lost:
        return "lost";
    case LockOutcome::Refused:
        return "refused";
    case LockOutcome::None:
        break;
    }
    return "undecided";
}

struct Teller {
    const Event &event;
    const Scenario &scenario;

    std::string number() const { return std::to_string(event.callNumber); }
    std::string holder() const
    {
        const auto &all = scenario.lock.holders;
        return event.client < all.size() ? all[event.client].name : std::string("holder");
    }
    std::string service() const
    {
        const auto &all = scenario.services;
        return event.service < all.size() ? all[event.service].name : std::string("service");
    }

    template <typename Other> std::string operator()(const Other &) const { return {}; }
    std::string operator()(const TurnedAway &away) const
    {
        if (away.by == PolicyKind::RateLimiter)
            return "Throttled " + number() + ": no permit left";
        return "Rejected " + number() + ": by the " + name(away.by);
    }
    std::string operator()(const RetryPlanned &retry) const
    {
        return "Retry " + number() + ": attempt " + std::to_string(retry.attempt) + " in " + spanText(retry.delay);
    }
    std::string operator()(const RetryGivenUp &) const { return "Given up " + number() + ": no further attempt"; }
    std::string operator()(const HedgeBegun &) const { return "Hedge " + number() + ": another attempt beside it"; }
    std::string operator()(const OutOfTime &) const { return "Timeout " + number() + ": no time left"; }
    std::string operator()(const HealthChanged &moved) const
    {
        return "Health of " + service() + ": " + word(moved.from) + " → " + word(moved.to)
               + (moved.routed ? "" : ", gets no traffic");
    }
    std::string operator()(const Restarting &restart) const
    {
        return "Restart of " + service() + ": takes " + durationText(restart.takes);
    }
    std::string operator()(const Restarted &) const { return "Restart of " + service() + ": done"; }
    std::string operator()(const LockDecided &decided) const
    {
        std::string line = "Lock, " + holder() + ": " + lockWords(decided.outcome) + ", "
                           + std::to_string(decided.votes) + (decided.votes == 1 ? " vote" : " votes");
        if (decided.token != 0)
            line += ", token " + std::to_string(decided.token);
        return decided.othersHold ? line + " - another holds it too" : line;
    }
    std::string operator()(const LeaseOver &over) const
    {
        return "Lease of " + holder() + " is over" + (over.known ? "" : ", unknown to it");
    }
    std::string operator()(const WriteTried &write) const
    {
        const std::string token = write.token != 0 ? ", token " + std::to_string(write.token) : std::string();
        return "Write, " + holder() + token + ": " + (write.accepted ? "accepted" : "refused")
               + (write.stale ? ", stale" : "");
    }
    std::string operator()(const WriteHeldBack &) const
    {
        return "Write, " + holder() + ": held back, the lease is over";
    }
};

bool meetsBreaker(const Event &event, const World &world)
{
    const auto &all = world.pipelines();
    if (event.pipeline >= all.size())
        return false;
    const PipelineConfig &config = all[event.pipeline].config();
    return config.order.has(PolicyKind::CircuitBreaker) || config.known.has(PolicyKind::CircuitBreaker);
}

} // namespace

std::vector<std::string> logLines(const Event &event, const World &world, const Scenario &scenario)
{
    std::vector<std::string> lines;
    const auto add = [&](const std::optional<std::string> &line) {
        if (line && !line->empty())
            lines.push_back(*line);
    };
    const auto *away = event.as<TurnedAway>();
    const bool byAnother = away && away->by != PolicyKind::CircuitBreaker;
    if (!byAnother && (event.as<Finished>() || away || event.as<Transitioned>())) {
        add(consoleLine(event, scenario));
        if (event.as<Transitioned>() || meetsBreaker(event, world))
            add(breakerLine(event));
    } else {
        add(std::visit(Teller{event, scenario}, event.detail));
    }
    return lines;
}

} // namespace app
