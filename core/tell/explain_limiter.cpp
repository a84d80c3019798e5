// SPDX-License-Identifier: MIT
#include "core/duration_text.h"
#include "core/tell/explainer.h"

#include <algorithm>

// Why a rate limiter said yes, no or later: each by its own rule.
namespace resilience::sim {

namespace {

// "1 a second", "1 every 4 s"
std::string paceText(const Rate &rate)
{
    const double perSecond = rate.inSeconds();
    if (perSecond >= 1)
        return decimal(perSecond) + " a second";
    return "1 every " + decimal(1 / perSecond) + " s";
}

Duration toldSpacing(const Rate &rate) { return rate.per / static_cast<int64_t>(rate.permits); }

// "window 5-10 s"
std::string windowText(Time start, Duration length)
{
    return "window " + inSeconds(start.time_since_epoch()) + "-"
           + inSeconds(saturatingAdd(start, length).time_since_epoch()) + " s";
}

// How a sliding counter reckons: "0.64 x 5 + 1"
struct Reckoning {
    std::string text;
    double estimate = 0;
    double share = 0; // of the window before that is still in view
};
Reckoning reckon(const SlidingWindowCounter &counter, Time now)
{
    const SlidingWindowCounts counts = counter.view(now);
    const double window = toSeconds(counter.config().window);
    const double share = (window - toSeconds(now - counts.start)) / window;
    return {decimal(share, 3) + " x " + std::to_string(counts.previous) + " + " + std::to_string(counts.present),
            counts.estimate, share};
}

std::string windowsText(const SlidingWindowCounter &counter, Time now)
{
    const SlidingWindowCounts counts = counter.view(now);
    return "This " + windowText(counts.start, counter.config().window) + " has passed "
           + count(counts.present, "call", "calls") + " so far, the one before it " + std::to_string(counts.previous)
           + ". ";
}

// Which moment a limiter speaks of, in an event that was turned away or let through.
struct LimiterRefusal {
    Explainer &why;
    Time free; // when asking again would do, if nobody else asks
    std::string freeAt() const { return momentText(free); }

    void operator()(const TokenBucket &bucket) const
    {
        const TokenBucketConfig &config = bucket.config();
        const std::string tokens = decimalDown(bucket.available(why.event.at));
        why.out.text = "The bucket holds " + tokens + " of " + std::to_string(config.capacity)
                       + " tokens, and a call takes 1. Tokens come back evenly, " + paceText(config.refill)
                       + ": a whole one is there at " + freeAt() + ".";
        why.out.rule = "tokens " + tokens + " < 1";
        if (config.faultyVariant.countsTimeTwice)
            why.out.text += " Broken on purpose: each call that is turned away adds the time since the last permit "
                            "once more, so that it may be sooner.";
    }
    void operator()(const LeakyBucket &bucket) const
    {
        const LeakyBucketConfig &config = bucket.config();
        const double level = bucket.level(why.event.at);
        const std::string capacity = std::to_string(config.capacity);
        why.out.text = "The level stands at " + decimalUp(level) + " of " + capacity
                       + ", and a call raises it by 1: it would overflow. It leaks evenly, " + paceText(config.leak)
                       + ": there is room for a whole one at " + freeAt() + ".";
        why.out.rule = "level " + decimalUp(level) + " + 1 = " + decimalUp(level + 1) + " > " + capacity;
    }
    void operator()(const LeakyQueue &queue) const
    {
        const LeakyQueueConfig &config = queue.config();
        const uint64_t waiting = queue.waiting(why.event.at);
        why.out.text = "Calls leave one by one, " + paceText(config.leak) + ". " + count(waiting, "waits", "wait")
                       + " for " + (waiting == 1 ? "its turn" : "their turns") + " already, and no more than "
                       + std::to_string(config.capacity) + " may. The next place is free at " + freeAt() + ".";
        why.out.rule = "waiting " + std::to_string(waiting) + " + 1 > " + std::to_string(config.capacity);
    }
    void operator()(const FixedWindow &window) const
    {
        const FixedWindowConfig &config = window.config();
        const Time start = window.windowStart(why.event.at);
        const std::string limit = std::to_string(config.limit);
        const std::string used = std::to_string(config.limit - window.available(why.event.at));
        std::string name = windowText(start, config.window);
        why.out.rule = name + ": used " + used + " + 1 > " + limit;
        name[0] = 'W';
        why.out.text = name + ": " + used + " of " + limit + " used. None comes back before the window ends, and then "
                       + (config.limit == 1 ? "it" : "all " + limit) + " at once, at " + freeAt()
                       + ". A burst on both sides of that moment gets through twice.";
    }
    void operator()(const SlidingWindowLog &log) const
    {
        const SlidingWindowLogConfig &config = log.config();
        const uint64_t used = config.limit - log.available(why.event.at);
        const Time oldest = free - config.window;
        const auto from = why.event.at - config.window;
        const EventLog &events = why.timeline.history().log();
        for (uint64_t number = why.event.number; number-- > events.firstNumber();) {
            const Event *other = events.numbered(number);
            if (!other || other->at <= from)
                break;
            if (other->as<Sent>() && other->pipeline == why.event.pipeline)
                why.out.counted.insert(why.out.counted.begin(), number);
        }
        const Event *first = why.out.counted.empty() ? nullptr : events.numbered(why.out.counted.front());
        why.out.text = count(used, "call has", "calls have") + " passed within the last " + durationText(config.window)
                       + ", as many as may. The oldest of them"
                       + (first && first->at == oldest ? ", call " + why.named(*first) + "," : "") + " passed at "
                       + momentText(oldest) + " and leaves the log " + durationText(config.window) + " later, at "
                       + freeAt() + ": then one more may pass.";
        why.out.rule = "in the last " + durationText(config.window) + ": " + std::to_string(used) + " + 1 > "
                       + std::to_string(config.limit);
    }
    void operator()(const SlidingWindowCounter &counter) const
    {
        const SlidingWindowCounterConfig &config = counter.config();
        const Reckoning reckoning = reckon(counter, why.event.at);
        why.out.text =
            windowsText(counter, why.event.at) + "Of the last " + durationText(config.window) + ", "
            + decimal(reckoning.share * 100, 1)
            + " % lie in the one before, so that share of its calls is reckoned in, wherever in it they came: "
              "with this call that is more than "
            + std::to_string(config.limit) + ". Enough has faded at " + freeAt() + ".";
        why.out.rule =
            reckoning.text + " + 1 = " + decimalUp(reckoning.estimate + 1) + " > " + std::to_string(config.limit);
    }
};

struct LimiterPermit {
    Time now;

    std::string operator()(const TokenBucket &bucket) const
    {
        const double tokens = bucket.available(now);
        return "It takes 1 token of " + decimalDown(tokens) + "; the bucket holds at most "
               + std::to_string(bucket.config().capacity) + ".";
    }
    std::string operator()(const LeakyBucket &bucket) const
    {
        const double level = bucket.level(now);
        return "It raises the level from " + decimal(level) + " to " + decimal(level + 1) + " of "
               + std::to_string(bucket.config().capacity) + ".";
    }
    std::string operator()(const LeakyQueue &) const
    {
        return "Nobody is before it in the leaky queue: its turn is at once.";
    }
    std::string operator()(const FixedWindow &window) const
    {
        const uint64_t used = window.config().limit - window.available(now);
        return "It is number " + std::to_string(used + 1) + " of " + std::to_string(window.config().limit) + " in "
               + windowText(window.windowStart(now), window.config().window) + ".";
    }
    std::string operator()(const SlidingWindowLog &log) const
    {
        const uint64_t used = log.config().limit - log.available(now);
        return "It is number " + std::to_string(used + 1) + " of " + std::to_string(log.config().limit)
               + " within the last " + durationText(log.config().window) + ".";
    }
    std::string operator()(const SlidingWindowCounter &counter) const
    {
        const Reckoning reckoning = reckon(counter, now);
        return "With it the sliding counter reckons " + reckoning.text + " + 1 = " + decimalDown(reckoning.estimate + 1)
               + ", no more than " + std::to_string(counter.config().limit) + ".";
    }
};

// Calls `visitor` with the limiter that is in there.
template <typename Visitor> auto visitLimiter(const AnyLimiter &limiter, const Visitor &visitor)
{
    switch (limiter.kind()) {
    case LimiterKind::TokenBucket:
        return visitor(*limiter.as<TokenBucket>());
    case LimiterKind::LeakyBucket:
        return visitor(*limiter.as<LeakyBucket>());
    case LimiterKind::LeakyQueue:
        return visitor(*limiter.as<LeakyQueue>());
    case LimiterKind::FixedWindow:
        return visitor(*limiter.as<FixedWindow>());
    case LimiterKind::SlidingWindowLog:
        return visitor(*limiter.as<SlidingWindowLog>());
    case LimiterKind::SlidingWindowCounter:
        break;
    }
    return visitor(*limiter.as<SlidingWindowCounter>());
}

} // namespace

void Explainer::turnedAwayByLimiter(const Rejected &away)
{
    if (!away.retryAfter) {
        out.text = "It asks for more than the limiter can ever hold: waiting does not help.";
        return;
    }
    visitLimiter(pipeline().rateLimiter(), LimiterRefusal{*this, saturatingAdd(event.at, *away.retryAfter)});
}

std::string Explainer::permitGiven()
{
    return asked(PolicyKind::RateLimiter) ? visitLimiter(pipeline().rateLimiter(), LimiterPermit{event.at})
                                          : std::string();
}

void Explainer::waitsForTurn(const Queued &queued)
{
    const LeakyQueue *queue = pipeline().rateLimiter().as<LeakyQueue>();
    if (!queue || !queued.until)
        return;
    const Duration spacing = toldSpacing(queue->config().leak);
    const Time last = *queued.until - spacing;
    const uint64_t ahead = queue->waiting(event.at);
    out.text =
        "Calls leave one by one, " + paceText(queue->config().leak) + ". "
        + (ahead == 0 ? std::string("Nobody waits before it") : count(ahead, "call waits", "calls wait") + " before it")
        + "; the turn before its own is that of " + momentText(last) + ". It goes on at " + momentText(*queued.until)
        + ", in " + spanText(*queued.until - event.at) + ".";
    out.rule = momentText(last) + " + " + durationText(spacing) + " = " + momentText(*queued.until);
}

} // namespace resilience::sim
