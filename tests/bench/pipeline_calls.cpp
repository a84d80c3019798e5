// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/runtime/pipeline.h"
#include "tests/bench/subject.h"

#include <memory>

using namespace resilience;
using namespace std::chrono_literals;
using runtime::AnyPolicy;
using runtime::CallOptions;
using runtime::RetryPolicy;
using runtime::SharedBulkhead;
using runtime::SharedCircuitBreaker;
using runtime::SharedFallback;
using runtime::SharedTokenBucket;
using runtime::TimeoutPolicy;

namespace {

// Never empty.
TokenBucketConfig ample()
{
    TokenBucketConfig config;
    config.capacity = 1'000'000;
    config.refill = {1'000'000, 1ms};
    return config;
}

// The guarded patterns of a nest, each asked for itself.
struct ByHand {
    runtime::Clock clock;
    runtime::Guarded<Retry> retry{Retry()};
    SharedTokenBucket bucket{ample()};
    SharedCircuitBreaker breaker;
    SharedBulkhead bulkhead;
};

template <typename Inside> bool retryAndBreaker(ByHand &with, const Inside &inside)
{
    const Time now = with.clock.now();
    const Deadline deadline = Deadline::in(1s, now);
    const RetryCall call =
        with.retry.with([&](const Retry &core) { return core.begin(now, {.idempotent = true}, deadline); });
    const Decision decision = with.breaker.tryAcquireAt(now);
    const bool good = inside(now);
    const Time ended = with.clock.now();
    with.breaker.reportAt(decision.permit, Outcome::Success, ended - now, ended);
    return good && decision.permitted() && call.attempts == 1 && !deadline.isOver(ended);
}

bool limiterAndBulkhead(ByHand &with, Time now)
{
    const Decision token = with.bucket.tryAcquireAt(now);
    const runtime::BulkheadPermit slot = with.bulkhead.acquire();
    return token.permitted() && bool(slot);
}

void addPipeline(bench::Subjects &subjects, const char *what, std::vector<AnyPolicy> policies)
{
    const auto pipeline = std::make_shared<runtime::Pipeline>(runtime::PipelineConfig{.policies = std::move(policies)});
    subjects.addThreaded({what, 2, false, {}},
                         [pipeline, options = CallOptions{.operation = {.idempotent = true}}, answer = 7] {
                             return pipeline->call([&] { return answer; }, options).hasValue();
                         });
}

} // namespace

void bench::addPipelines(Subjects &subjects)
{
    const auto breaker = [] { return std::make_shared<SharedCircuitBreaker>(); };
    addPipeline(subjects, kPipelineAlone, {});
    addPipeline(subjects, kPipelineOfThree, {TimeoutPolicy{1s}, RetryPolicy{}, breaker()});
    addPipeline(subjects, kPipelineOfAll,
                {std::make_shared<SharedFallback>(Fallback()), TimeoutPolicy{5s}, RetryPolicy{},
                 runtime::AnySharedLimiter(std::make_shared<SharedTokenBucket>(ample())), breaker(),
                 std::make_shared<SharedBulkhead>(), TimeoutPolicy{1s}});
    const auto with = std::make_shared<ByHand>();
    subjects.addThreaded({kThreeByHand, 2, false, {}},
                         [with] { return retryAndBreaker(*with, [](Time) { return true; }); });
    subjects.addThreaded({kAllByHand, 2, false, {}}, [with] {
        return retryAndBreaker(*with, [&](Time now) { return limiterAndBulkhead(*with, now); });
    });
}
