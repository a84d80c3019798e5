// SPDX-License-Identifier: MIT
#include "core/duration_text.h"
#include "core/tell/transcript.h"

#include <algorithm>
#include <cctype>

namespace resilience::sim {

namespace {

using Line = std::optional<std::string>;

std::string upper(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return char(std::toupper(c)); });
    return text;
}

// One operator() a kind of event about calls that somebody prints.
struct Console {
    const Event &event;
    const Scenario &scenario;

    // What people call it, where that is known: the same call has the same number on each side.
    std::string number() const { return std::to_string(event.callNumber > 0 ? event.callNumber : event.request); }
    // Its own name is all that a first attempt needs.
    std::string attempt() const
    {
        return number() + (event.attempt > 1 ? ", attempt " + std::to_string(event.attempt) : "");
    }
    std::string component() const { return nameOf(event.target, scenario); }
    std::string ending() const { return event.ends && event.ends->fellBack ? "; the fallback answers" : ""; }

    Line operator()(const Finished &finished) const
    {
        switch (finished.outcome) {
        case RequestOutcome::Succeeded:
            return "Success " + attempt() + ": " + durationText(finished.took);
        case RequestOutcome::TimedOut:
            return "Timeout " + attempt() + ": no answer within " + durationText(finished.took) + ending();
        default:
            return "Failure " + attempt() + ": "
                   + (finished.refused  ? "Connection refused"
                      : finished.broken ? "Connection lost"
                                        : "Internal server error")
                   + ending();
        }
    }
    Line operator()(const Rejected &away) const
    {
        if (away.by == PolicyKind::CircuitBreaker)
            return "Fast fail: " + component() + " circuit is " + upper(resilience::name(away.state)) + ending();
        if (away.by == PolicyKind::RateLimiter)
            return "Throttled " + number() + ": "
                   + (away.retryAfter ? "a permit is free in " + durationText(*away.retryAfter) : "no permit")
                   + ending();
        if (away.by != PolicyKind::Bulkhead)
            return "Turned away " + number() + ": by the " + wordsOf(away.by).label + ending();
        const char *why = away.why == Rejection::WaitedInVain     ? "no slot came free in time"
                          : away.why == Rejection::DeadlinePassed ? "no time left to wait for a slot"
                                                                  : "bulkhead is full";
        return "Rejected " + number() + ": " + why + ending();
    }
    Line operator()(const Queued &queued) const
    {
        return "Waiting " + number() + ": " + (queued.at == PolicyKind::Bulkhead ? "for a slot" : "for its turn");
    }
    Line operator()(const Admitted &went) const
    {
        return "Going on " + number() + ": " + (went.at == PolicyKind::Bulkhead ? "got a slot" : "its turn has come")
               + " after " + durationText(went.waited);
    }
    Line operator()(const RetryPlanned &planned) const
    {
        return "Retry " + number() + ": attempt " + std::to_string(planned.attempt) + " in "
               + durationText(planned.delay);
    }
    Line operator()(const RetryGivenUp &given) const
    {
        return "Giving up " + number() + ": " + resilience::name(given.why) + ending();
    }
    Line operator()(const OutOfTime &) const
    {
        return "Timeout " + number() + ": out of time while waiting" + ending();
    }
    Line operator()(const HedgeBegun &hedge) const
    {
        return "Hedge " + number() + ": attempt " + std::to_string(hedge.hedge) + " beside it"
               + (hedge.afterFailure ? ", one has failed" : "");
    }
    Line operator()(const Cancelled &cancelled) const
    {
        return "Cancelled " + attempt() + (cancelled.beaten ? ": another attempt has answered" : "");
    }

    // Whatever else has something to say says it itself.
    template <typename Other> Line operator()(const Other &other) const
    {
        if constexpr (requires { other.line(event, scenario); })
            return other.line(event, scenario);
        else
            return std::nullopt;
    }
};

} // namespace

std::optional<std::string> consoleLine(const Event &event, const Scenario &scenario)
{
    Line line = std::visit(Console{event, scenario}, event.detail);
    if (line && event.caller)
        line->insert(0, nameOf(event.caller, scenario) + ": ");
    return line;
}

} // namespace resilience::sim
