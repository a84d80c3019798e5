// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/patterns/circuit_breaker.h"
#include "core/runtime/shared_circuit_breaker.h"
#include "tests/bench/subject.h"

#include <memory>

using namespace resilience;
using namespace std::chrono_literals;
using runtime::BreakerPermit;
using runtime::SharedCircuitBreaker;

namespace {

CircuitBreakerConfig windowOf(OutcomeWindowConfig::Kind kind)
{
    CircuitBreakerConfig config;
    config.window.kind = kind; // the defaults: 5 in a row, the last 100 calls, the last 10 s
    config.openDuration = 1h; // open throughout the measurement
    return config;
}

void addPermitted(bench::Subjects &subjects, const bench::Subject &subject, OutcomeWindowConfig::Kind kind)
{
    subjects.addPlain(subject, [breaker = CircuitBreaker(windowOf(kind)), now = at(1h)]() mutable {
        now += 100ns;
        const Decision decision = breaker.tryAcquire(now);
        return breaker.onResult(decision.permit, Outcome::Success, 50ns, now) == Recorded::Counted;
    });
    subjects.addThreaded(subject, [breaker = std::make_shared<SharedCircuitBreaker>(windowOf(kind))] {
        BreakerPermit permit = breaker->tryAcquire();
        return permit.report(Outcome::Success) == Recorded::Counted;
    });
}

} // namespace

void bench::addBreakers(Subjects &subjects)
{
    using Kind = OutcomeWindowConfig::Kind;
    addPermitted(subjects, {"breaker (in a row), permitted", 2, true, {"cockatiel"}}, Kind::Consecutive);
    addPermitted(subjects, {"breaker (last calls), permitted", 2, true, {"cockatiel"}}, Kind::Count);
    addPermitted(subjects, {"breaker (last seconds), permitted", 2, true, {"cockatiel", "opossum"}}, Kind::Timed);

    const Subject rejected{"breaker, rejected", 2, true, {"cockatiel", "opossum"}};
    CircuitBreaker open(windowOf(Kind::Consecutive));
    open.force(BreakerTrigger::ForceOpen, at(1h));
    subjects.addPlain(rejected, [open, now = at(1h)]() mutable {
        now += 100ns;
        return open.tryAcquire(now).rejection == Rejection::Open;
    });
    const auto shared = std::make_shared<SharedCircuitBreaker>(windowOf(Kind::Consecutive));
    shared->force(BreakerTrigger::ForceOpen);
    subjects.addThreaded(rejected, [shared] { return shared->tryAcquire().decision().rejection == Rejection::Open; });
}
