// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/patterns/limiters/fixed_window.h"
#include "core/patterns/limiters/leaky_bucket.h"
#include "core/patterns/limiters/leaky_queue.h"
#include "core/patterns/limiters/sliding_window_counter.h"
#include "core/patterns/limiters/sliding_window_log.h"
#include "core/patterns/limiters/token_bucket.h"
#include "core/runtime/guarded.h"
#include "core/runtime/shared_token_bucket.h"
#include "tests/bench/subject.h"

#include <memory>

using namespace resilience;
using namespace std::chrono_literals;
using runtime::Guarded;
using runtime::SharedTokenBucket;

namespace {

constexpr uint64_t kPlenty = 1'000'000'000;
constexpr Rate kFast{1'000'000'000, 1s};
constexpr Duration kLong = 24h * 300;
constexpr Rate kNever{1, kLong};

// What a limiter is asked to say; every one of them has either to spare, or one permit that is taken.
enum class Answer { Permitted, Rejected };

bench::Subject subject(const char *limiter, Answer answer)
{
    return {std::string(limiter) + (answer == Answer::Permitted ? ", permitted" : ", rejected"), 2, true, {}};
}

template <typename Core>
void addPlain(bench::Subjects &subjects, const bench::Subject &subject, Answer answer, Core core)
{
    if (answer == Answer::Rejected)
        core.tryAcquire(at(1h));
    subjects.addPlain(subject, [core, answer, now = at(1h)]() mutable {
        now += 100ns;
        return core.tryAcquire(now).permitted() == (answer == Answer::Permitted);
    });
}

template <typename Core> void add(bench::Subjects &subjects, const char *limiter, Answer answer, const Core &core)
{
    addPlain(subjects, subject(limiter, answer), answer, core);
    const auto shared = std::make_shared<Guarded<Core>>(core);
    const auto ask = [shared] { return shared->with([](Core &core, Time now) { return core.tryAcquire(now); }); };
    if (answer == Answer::Rejected)
        ask();
    subjects.addThreaded(subject(limiter, answer),
                         [ask, answer] { return ask().permitted() == (answer == Answer::Permitted); });
}

void addTokenBucket(bench::Subjects &subjects, Answer answer, const TokenBucketConfig &config)
{
    bench::Subject named = subject("token bucket", answer);
    named.peers = {"x/time/rate"};
    addPlain(subjects, named, answer, TokenBucket(config));
    const auto shared = std::make_shared<SharedTokenBucket>(config);
    if (answer == Answer::Rejected)
        shared->tryAcquire().use();
    subjects.addThreaded(named, [shared, answer] {
        runtime::TokenPermit permit = shared->tryAcquire();
        permit.use();
        return bool(permit) == (answer == Answer::Permitted);
    });
}

} // namespace

void bench::addLimiters(Subjects &subjects)
{
    addTokenBucket(subjects, Answer::Permitted, {kPlenty, kFast, std::nullopt});
    addTokenBucket(subjects, Answer::Rejected, {1, kNever, std::nullopt});
    add(subjects, "leaky bucket", Answer::Permitted, LeakyBucket({kPlenty, kFast, 0}));
    add(subjects, "leaky bucket", Answer::Rejected, LeakyBucket({1, kNever, 0}));
    add(subjects, "leaky queue", Answer::Permitted, LeakyQueue({kPlenty, kFast}));
    add(subjects, "leaky queue", Answer::Rejected, LeakyQueue({0, kNever}));
    add(subjects, "fixed window", Answer::Permitted, FixedWindow({kPlenty, 1s}));
    add(subjects, "fixed window", Answer::Rejected, FixedWindow({1, kLong}));
    add(subjects, "sliding log", Answer::Permitted, SlidingWindowLog({1'000'000, 1ms}));
    add(subjects, "sliding log", Answer::Rejected, SlidingWindowLog({1, kLong}));
    add(subjects, "sliding counter", Answer::Permitted, SlidingWindowCounter({kPlenty, 1s}));
    add(subjects, "sliding counter", Answer::Rejected, SlidingWindowCounter({1, kLong}));
}
