// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/patterns/retry.h"
#include "core/patterns/retry/backoff.h"
#include "core/patterns/retry/retry_budget.h"
#include "core/runtime/guarded.h"
#include "core/runtime/steady_time.h"
#include "tests/bench/subject.h"

#include <memory>

using namespace resilience;
using namespace std::chrono_literals;
using runtime::Guarded;

namespace {

// The wait before retry 1 to 8, over and over, drawn from 0 to base x 2^(n-1).
BackoffConfig fullJitter()
{
    BackoffConfig config;
    config.jitter = Jitter::Full;
    return config;
}

Retry retries()
{
    RetryConfig config;
    config.backoff = fullJitter();
    return Retry(config);
}

// A call begins, fails, and is told when to try again.
bool decide(Retry &retry, Time now)
{
    RetryCall call = retry.begin(now, {true, false});
    return retry.onResult(call, Outcome::Failure, {ErrorKind::Timeout, std::nullopt, std::nullopt}, now).again();
}

// A request goes out, and a retry of it.
bool spend(RetryBudget &budget, Time now)
{
    budget.onRequest(now);
    return budget.tryAcquire(now).permitted();
}

// Ten retries in an hour, one in each tenth of it, and none are left.
RetryBudget spentBy(Time now)
{
    RetryBudget budget({Ratio::of(0), 10.0 / 3600, 1h});
    for (int tenth = 9; tenth >= 0; --tenth)
        budget.tryAcquire(now - 6min * tenth);
    return budget;
}

} // namespace

void bench::addRetries(Subjects &subjects)
{
    const Subject delay{"backoff, one delay", 2, true, {"cockatiel"}};
    subjects.addPlain(delay, [backoff = Backoff(fullJitter()), n = uint64_t{0}]() mutable {
        return backoff.draw(1 + n++ % 8).delay >= 0ns;
    });
    const auto backoff = std::make_shared<Guarded<Backoff>>(Backoff(fullJitter()));
    subjects.addThreaded(delay, [backoff, n = uint64_t{0}]() mutable {
        return backoff->with([&](Backoff &core) { return core.draw(1 + n++ % 8).delay; }) >= 0ns;
    });

    const Subject decision{"retry, begin and decide", 2, true, {}};
    subjects.addPlain(decision, [retry = retries(), now = at(1h)]() mutable {
        now += 100ns;
        return decide(retry, now);
    });
    subjects.addThreaded(decision,
                         [retry = std::make_shared<Guarded<Retry>>(retries())] { return retry->with(decide); });

    const Subject permitted{"retry budget, permitted", 2, true, {}};
    const RetryBudget ample({Ratio::of(1), 1'000'000, 1h});
    subjects.addPlain(permitted, [budget = ample, now = at(1h)]() mutable {
        now += 100ns;
        return spend(budget, now);
    });
    subjects.addThreaded(permitted,
                         [budget = std::make_shared<Guarded<RetryBudget>>(ample)] { return budget->with(spend); });

    const Subject rejected{"retry budget, rejected", 2, true, {}};
    subjects.addPlain(rejected, [budget = spentBy(at(2h)), now = at(2h)]() mutable {
        now += 100ns;
        return !budget.tryAcquire(now).permitted();
    });
    const Time now = runtime::steadyNow();
    subjects.addThreaded(rejected, [budget = std::make_shared<Guarded<RetryBudget>>(spentBy(now))] {
        return !budget->with([](RetryBudget &core, Time now) { return core.tryAcquire(now).permitted(); });
    });
}
