// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/patterns/bulkhead.h"
#include "core/runtime/shared_bulkhead.h"
#include "tests/bench/subject.h"

#include <memory>

using namespace resilience;
using namespace std::chrono_literals;
using runtime::BulkheadPermit;
using runtime::SharedBulkhead;

namespace {

constexpr BulkheadConfig kOneSlot{.maxConcurrent = 1, .maxQueue = 0, .maxWait = 0ns};

// A shared bulkhead whose only slot is taken.
struct Taken {
    SharedBulkhead bulkhead{kOneSlot};
    BulkheadPermit slot = bulkhead.acquire();
};

} // namespace

void bench::addBulkhead(Subjects &subjects)
{
    const Subject permitted{"bulkhead, permitted", 2, true, {"cockatiel", "opossum"}};
    subjects.addPlain(permitted, [bulkhead = Bulkhead(), now = at(1h)]() mutable {
        now += 100ns;
        const Admission admission = bulkhead.tryAcquire(now);
        return bulkhead.release(admission.ticket, now) == Returned::Slot;
    });
    subjects.addThreaded(permitted, [bulkhead = std::make_shared<SharedBulkhead>()] {
        const BulkheadPermit permit = bulkhead->acquire();
        return bool(permit);
    });

    const Subject rejected{"bulkhead, rejected", 2, true, {"cockatiel", "opossum"}};
    Bulkhead full(kOneSlot);
    full.tryAcquire(at(1h));
    subjects.addPlain(rejected, [full, now = at(1h)]() mutable {
        now += 100ns;
        return full.tryAcquire(now).rejection == Rejection::QueueFull;
    });
    subjects.addThreaded(rejected, [taken = std::make_shared<Taken>()] {
        return taken->bulkhead.acquire().rejection() == Rejection::QueueFull;
    });
}
