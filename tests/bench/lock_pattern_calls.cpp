// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/patterns/health_check.h"
#include "core/patterns/idempotency_store.h"
#include "core/patterns/lock/lock_node.h"
#include "core/runtime/guarded.h"
#include "tests/bench/subject.h"

#include <memory>

using namespace resilience;
using namespace std::chrono_literals;
using runtime::Guarded;

namespace {

// A probe goes out and comes back well.
bool probe(HealthCheck &check, Time now)
{
    const Decision decision = check.tryAcquire(Probe::Readiness, now);
    return check.onResult(Probe::Readiness, decision.permit, Outcome::Success, 1ms, now) == Recorded::Counted;
}

bool lockAndUnlock(LockNode &node, Time now)
{
    return node.acquire(7, 10s, now) == LockReply::Granted && node.release(7, now) == LockReply::Granted;
}

// A new request is taken on, answered, and forgotten 100 us later.
constexpr IdempotencyConfig kShortMemory{.capacity = 10'000, .keepAnswers = 100us};

bool doOnce(IdempotencyStore<int> &store, uint64_t request, Time now)
{
    const auto claim = store.claim({0, request}, 1, now);
    return claim && store.complete({0, request}, claim.serial, 3, now);
}

} // namespace

void bench::addLockPatterns(Subjects &subjects)
{
    const Subject health{"health check, one probe", 1, true, {}};
    subjects.addPlain(health, [check = HealthCheck(), now = at(1h)]() mutable {
        now += 100ns;
        return probe(check, now);
    });
    subjects.addThreaded(
        health, [check = std::make_shared<Guarded<HealthCheck>>(HealthCheck())] { return check->with(probe); });

    const Subject lock{"lock node, acquire and release", 1, true, {}};
    subjects.addPlain(lock, [node = LockNode(), now = at(1h)]() mutable {
        now += 100ns;
        return lockAndUnlock(node, now);
    });
    subjects.addThreaded(
        lock, [node = std::make_shared<Guarded<LockNode>>(LockNode())] { return node->with(lockAndUnlock); });

    const Subject once{"idempotency, claim and complete", 1, true, {}};
    using Store = IdempotencyStore<int>;
    subjects.addPlain(once, [store = Store(kShortMemory), request = uint64_t{0}, now = at(1h)]() mutable {
        now += 100ns;
        return doOnce(store, ++request, now);
    });
    const auto shared = std::make_shared<Guarded<Store>>(Store(kShortMemory));
    const auto request = std::make_shared<uint64_t>(0);
    subjects.addThreaded(once, [shared, request] {
        return shared->with([&](Store &store, Time now) { return doOnce(store, ++*request, now); });
    });
}
