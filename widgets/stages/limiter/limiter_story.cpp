// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stages/limiter/limiter_story.h"

#include "widgets/stages/limiter/limiter_words.h"

#include <algorithm>

namespace widgets {

using namespace resilience;
using namespace resilience::sim;

uint64_t LimiterStory::passedWithin(Time from, Time to) const
{
    return static_cast<uint64_t>(std::count_if(marks.begin(), marks.end(), [from, to](const Mark &mark) {
        return mark.passed && mark.at > from && mark.at <= to;
    }));
}

LimiterStory storyOf(const Snapshot &snapshot, uint32_t client)
{
    LimiterStory story;
    std::vector<std::pair<const Event *, int>> changes; // of the queue
    for (const Event &event : snapshot.events) {
        if (event.actor != resilience::sim::Subject::client(client) || event.request == 0)
            continue;
        const auto *away = event.as<Rejected>();
        const auto *queued = event.as<Queued>();
        const auto *went = event.as<Admitted>();
        if (event.as<Sent>())
            story.marks.push_back({event.at, true, event.number});
        else if (away && away->by == PolicyKind::RateLimiter)
            story.marks.push_back({event.at, false, event.number});
        else if (queued && queued->at == PolicyKind::RateLimiter)
            changes.emplace_back(&event, 1);
        else if (went && went->at == PolicyKind::RateLimiter)
            changes.emplace_back(&event, -1);
    }
    // Backwards from those who wait now: that is right however far the log reaches.
    uint64_t waiting = words::waitingForTurn(snapshot, snapshot.clients[client].pipeline);
    for (auto change = changes.rbegin(); change != changes.rend(); ++change) {
        story.queue.push_back({change->first->at, waiting, change->first->number});
        waiting = change->second > 0 ? waiting - std::min<uint64_t>(waiting, 1) : waiting + 1;
    }
    story.waitingBefore = waiting;
    std::reverse(story.queue.begin(), story.queue.end());
    return story;
}

Time toldSince(const Snapshot &snapshot)
{
    const Time kept = snapshot.now - std::min(Snapshot::kEventsFor, snapshot.now - kTimeZero);
    return snapshot.events.size() < Snapshot::kEvents ? kept : std::max(kept, snapshot.events.front().at);
}

uint64_t boundWithin(const AnyLimiterConfig &config)
{
    switch (kindOf(config)) {
    case LimiterKind::TokenBucket:
    case LimiterKind::LeakyBucket:
    case LimiterKind::LeakyQueue:
        return 2 * burstOf(config);
    default:
        return burstOf(config);
    }
}

LimiterCrowd largestCrowd(const LimiterStory &story, Duration window)
{
    LimiterCrowd largest;
    std::vector<Time> passed;
    size_t first = 0;
    for (const LimiterStory::Mark &mark : story.marks) {
        if (!mark.passed)
            continue;
        passed.push_back(mark.at);
        while (mark.at - passed[first] >= window)
            ++first;
        if (passed.size() - first > largest.count)
            largest = {passed[first], mark.at, passed.size() - first};
    }
    return largest;
}

} // namespace widgets
